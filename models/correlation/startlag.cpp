// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/startlag.h"

#include "models/correlation/timearithmetic.h"

#include <algorithm>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t fewestMeasured = 20;
constexpr Duration coarseResolution = 100ms;
/// Clock stamps are not better than this.
constexpr Duration leastLag = 500us;

/// All but the worst hundredth stay below it.
Duration usualWorst(std::vector<Duration>& distances)
{
    const auto place = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() * 99 / 100);
    std::ranges::nth_element(distances, place);
    return std::max(leastLag, *place);
}

struct Distances
{
    std::vector<Duration> before;
    std::vector<Duration> after;
};

} // namespace

std::vector<std::optional<StartLag>> measureStartLags(
    const RequestSearch& search, const std::vector<MatchedRequest>& matches)
{
    std::vector<Distances> distances(search.requests.logs.size());
    for (std::size_t a = 0; a < matches.size(); ++a) {
        const auto& match = matches[a];
        const auto& start = search.starts[a];
        if (!match.isFound() || match.recognition == Recognition::Time || !start.isKnown)
            continue;
        const auto log = search.requests.mostPrecise(search.requests.attempts[a]).log;
        const auto opening = search.wire.requests[match.request].opening;
        distances[log].before.push_back(std::max(between(opening, start.earliest), Duration{0}));
        distances[log].after.push_back(std::max(between(start.latest, opening), Duration{0}));
    }
    std::vector<std::optional<StartLag>> lags(distances.size());
    for (std::size_t l = 0; l < distances.size(); ++l) {
        const bool isFine = search.requests.logs[l].resolution() < coarseResolution;
        if (isFine && distances[l].before.size() >= fewestMeasured)
            lags[l] = StartLag{usualWorst(distances[l].before), usualWorst(distances[l].after)};
    }
    return lags;
}

void applyStartLags(
    const RequestIdentity& requests, const std::vector<std::optional<StartLag>>& lags, std::vector<TimeWindow>& starts)
{
    for (std::size_t a = 0; a < starts.size(); ++a) {
        const auto& lag = lags[requests.mostPrecise(requests.attempts[a]).log];
        if (!lag)
            continue;
        starts[a].lead = lag->lead;
        starts[a].lag = lag->lag;
    }
}

} // namespace halfshake
