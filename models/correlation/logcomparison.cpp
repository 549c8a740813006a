// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/logcomparison.h"

#include "models/correlation/offsetvote.h"
#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

constexpr Duration tolerance = 1ms;
/// Logs of one proxy differ by a zone at most; a day apart are different requests with the same id.
constexpr Duration widestZone = 14h + 30min;
constexpr std::uint32_t fewestPairs = 3;

/// A key that one entry of the log has alone, and that entry.
using UniqueKey = std::pair<std::uint64_t, std::uint32_t>;

std::vector<UniqueKey> uniqueKeys(const LogIndex& index)
{
    std::vector<UniqueKey> keys;
    const auto& requests = index.log().requests;
    for (std::uint32_t i = 0; i < requests.size(); ++i) {
        const auto id = index.hash(requests[i].requestId);
        if (const auto key = id != 0 ? id : index.hash(requests[i].target))
            keys.emplace_back(key, i);
    }
    std::ranges::sort(keys);
    std::vector<UniqueKey> unique;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const bool repeats = (i > 0 && keys[i - 1].first == keys[i].first)
            || (i + 1 < keys.size() && keys[i + 1].first == keys[i].first);
        if (!repeats)
            unique.push_back(keys[i]);
    }
    return unique;
}

/// The ends lie in [t, t + resolution) of either log.
OffsetInterval intervalOf(const ProxyRequest& request, const ProxyRequest& against)
{
    const auto apart = between(against.loggedAt, request.loggedAt);
    return {difference(apart, against.resolution), sum(apart, request.resolution)};
}

ClockEstimate estimate(const LogIndex& index, const std::vector<UniqueKey>& keys, const LogIndex& against,
    const std::vector<UniqueKey>& keysAgainst)
{
    std::vector<OffsetInterval> intervals;
    for (auto left = keys.begin(), right = keysAgainst.begin(); left != keys.end() && right != keysAgainst.end();) {
        if (left->first < right->first) {
            ++left;
        } else if (right->first < left->first) {
            ++right;
        } else {
            const auto& request = index.log().requests[left++->second];
            const auto& other = against.log().requests[right++->second];
            if (magnitude(between(other.loggedAt, request.loggedAt)) <= widestZone && request.status == other.status)
                intervals.push_back(intervalOf(request, other));
        }
    }
    const auto vote = voteOffset(intervals, tolerance);
    return {.evidence = index.evidence(),
        .against = against.evidence(),
        .offset = vote.offset,
        .uncertainty = sum(vote.uncertainty, tolerance),
        .pairs = vote.agreeing,
        .isReliable = vote.agreeing >= fewestPairs && vote.agreeing * 2 > intervals.size()};
}

} // namespace

std::vector<ClockEstimate> compareLogClocks(const std::vector<LogIndex>& logs)
{
    std::vector<const LogIndex*> order;
    for (const auto& index : logs) {
        if (!index.log().requests.empty())
            order.push_back(&index);
    }
    std::ranges::stable_sort(order, {}, &LogIndex::resolution);
    std::vector<std::vector<UniqueKey>> keys;
    std::vector<ClockEstimate> estimates;
    for (std::size_t i = 0; i < order.size(); ++i) {
        keys.push_back(uniqueKeys(*order[i]));
        for (std::size_t against = 0; against < i; ++against) {
            const auto found = estimate(*order[i], keys[i], *order[against], keys[against]);
            if (!found.isReliable)
                continue;
            estimates.push_back(found);
            break;
        }
    }
    return estimates;
}

} // namespace halfshake
