// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/clockprofile.h"

#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <span>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

constexpr Duration tolerance = 5ms;
constexpr std::size_t leastPairs = 16;
constexpr std::size_t mostPairs = 512;
constexpr std::size_t mostStretches = 64;
/// A clock that is kept does not run faster or slower than this; adjtime(2) changes it by half as much.
constexpr double mostDrift = 0.001;

using Pairs = std::span<const TimedInterval>;

/// Some pairs in a row and the offset they agree on.
struct Stretch
{
    Pairs pairs;
    OffsetVote vote;

    [[nodiscard]] EvidenceTime middle() const { return pairs[pairs.size() / 2].time; }
};

OffsetVote voteOf(Pairs pairs)
{
    std::vector<OffsetInterval> intervals;
    intervals.reserve(pairs.size());
    for (const auto& pair : pairs)
        intervals.push_back(pair.interval);
    return voteOffset(intervals, tolerance);
}

std::vector<Stretch> stretchesOf(Pairs pairs)
{
    const auto size = std::clamp(pairs.size() / mostStretches, leastPairs, mostPairs);
    std::vector<Stretch> stretches;
    for (std::size_t first = 0; first + size <= pairs.size(); first += size) {
        const bool isLast = first + 2 * size > pairs.size();
        const auto part = pairs.subspan(first, isLast ? pairs.size() - first : size);
        const auto vote = voteOf(part);
        if (vote.agreeing * 5 >= part.size() && vote.agreeing > 2 * vote.runnerUp)
            stretches.push_back({part, vote});
    }
    return stretches;
}

bool areAlike(const Stretch& left, const Stretch& right)
{
    const auto slack = sum(sum(left.vote.uncertainty, right.vote.uncertainty), tolerance);
    return magnitude(difference(left.vote.offset, right.vote.offset)) <= slack;
}

bool isDrift(const Stretch& left, const Stretch& right)
{
    const auto change = magnitude(difference(right.vote.offset, left.vote.offset));
    const auto slack = sum(sum(left.vote.uncertainty, right.vote.uncertainty), tolerance);
    const auto time = static_cast<double>(between(left.middle(), right.middle()).count());
    return static_cast<double>(difference(change, slack).count()) <= mostDrift * time;
}

bool agrees(const TimedInterval& pair, Duration offset)
{
    return pair.interval.lowest <= sum(offset, tolerance) && pair.interval.highest >= difference(offset, tolerance);
}

/// A stretch alone with its offset between two that agree holds a step or pairs by chance.
void removeOutliers(std::vector<Stretch>& stretches)
{
    for (std::size_t i = 1; i + 1 < stretches.size();) {
        const bool isAlone = !areAlike(stretches[i - 1], stretches[i]) && !areAlike(stretches[i], stretches[i + 1]);
        const bool isBetweenAlike = areAlike(stretches[i - 1], stretches[i + 1]);
        const bool isMixed = !isDrift(stretches[i - 1], stretches[i]) && !isDrift(stretches[i], stretches[i + 1]);
        if (isAlone && (isBetweenAlike || isMixed))
            stretches.erase(stretches.begin() + static_cast<std::ptrdiff_t>(i));
        else
            ++i;
    }
}

/// The moment that tells best which pairs are before the step and which after it.
EvidenceTime momentOfStep(Pairs pairs, Duration before, Duration after)
{
    std::ptrdiff_t score = 0;
    std::ptrdiff_t best = 0;
    auto moment = pairs.front().time;
    for (const auto& pair : pairs) {
        score += (agrees(pair, before) ? 1 : 0) - (agrees(pair, after) ? 1 : 0);
        if (score > best) {
            best = score;
            moment = pair.time + Duration{1};
        }
    }
    return moment;
}

std::vector<ClockKnot> knotsOf(const std::vector<Stretch>& stretches)
{
    std::vector<ClockKnot> knots;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const auto& here = stretches[i];
        const bool isStep = i > 0 && !isDrift(stretches[i - 1], here);
        if (isStep) {
            const auto& before = stretches[i - 1];
            const auto* const last = here.pairs.data() + here.pairs.size();
            const Pairs both{before.pairs.data(), static_cast<std::size_t>(last - before.pairs.data())};
            const auto moment = std::max(momentOfStep(both, before.vote.offset, here.vote.offset),
                knots.empty() ? EvidenceTime{} : knots.back().at);
            knots.push_back({moment, before.vote.offset});
            knots.push_back({moment, here.vote.offset});
        }
        if (knots.empty() || here.middle() >= knots.back().at)
            knots.push_back({here.middle(), here.vote.offset});
    }
    return knots;
}

} // namespace

std::optional<ClockProfile> profileClock(std::vector<TimedInterval> pairs)
{
    std::ranges::stable_sort(pairs, {}, &TimedInterval::time);
    auto stretches = stretchesOf(pairs);
    removeOutliers(stretches);
    if (stretches.size() < 2)
        return {};
    const auto [least, most] =
        std::ranges::minmax_element(stretches, {}, [](const Stretch& stretch) { return stretch.vote.offset; });
    if (areAlike(*least, *most))
        return {};
    ClockProfile profile;
    profile.knots = knotsOf(stretches);
    profile.offset = offsetAt(profile.knots, pairs[pairs.size() / 2].time);
    for (const auto& stretch : stretches) {
        profile.uncertainty = std::max(profile.uncertainty, sum(stretch.vote.uncertainty, tolerance));
        profile.pairs += stretch.vote.agreeing;
    }
    return profile;
}

} // namespace halfshake
