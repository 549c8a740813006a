// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/offsetvote.h"

#include "models/correlation/timearithmetic.h"

#include <algorithm>

namespace halfshake {

namespace {

/// The number of intervals that contain an offset changes here.
struct Edge
{
    Duration at;
    std::int32_t change;
};

struct Stretch
{
    Duration first{0};
    Duration last{0};
};

std::vector<Edge> edgesOf(const std::vector<OffsetInterval>& intervals, Duration tolerance)
{
    std::vector<Edge> edges;
    edges.reserve(intervals.size() * 2);
    for (const auto& interval : intervals) {
        edges.push_back({difference(interval.lowest, tolerance), 1});
        edges.push_back({sum(interval.highest, tolerance), -1});
    }
    // an interval contains both its ends, so openings come before closings
    std::ranges::sort(edges, [](const Edge& left, const Edge& right) {
        return left.at != right.at ? left.at < right.at : left.change > right.change;
    });
    return edges;
}

std::int32_t mostOverlapping(const std::vector<Edge>& edges)
{
    std::int32_t count = 0;
    std::int32_t most = 0;
    for (const auto& edge : edges) {
        count += edge.change;
        most = std::max(most, count);
    }
    return most;
}

/// The first longest stretch in which at least \a threshold intervals overlap and somewhere \a most do.
Stretch plateau(const std::vector<Edge>& edges, std::int32_t threshold, std::int32_t most)
{
    Stretch best;
    Stretch current;
    bool isFound = false;
    bool reachesMost = false;
    std::int32_t count = 0;
    for (const auto& edge : edges) {
        const auto before = count;
        count += edge.change;
        if (before < threshold && count >= threshold) {
            current.first = edge.at;
            reachesMost = false;
        }
        reachesMost = reachesMost || count == most;
        if (before < threshold || count >= threshold || !reachesMost)
            continue;
        current.last = edge.at;
        if (!isFound || difference(current.last, current.first) > difference(best.last, best.first))
            best = current;
        isFound = true;
    }
    return best;
}

std::int32_t mostOutside(const std::vector<Edge>& edges, Stretch around)
{
    std::int32_t count = 0;
    std::int32_t most = 0;
    for (const auto& edge : edges) {
        count += edge.change;
        if (edge.at < around.first || edge.at > around.last)
            most = std::max(most, count);
    }
    return most;
}

} // namespace

OffsetVote voteOffset(const std::vector<OffsetInterval>& intervals, Duration tolerance)
{
    OffsetVote vote;
    if (intervals.empty())
        return vote;

    const auto edges = edgesOf(intervals, tolerance);
    const auto most = mostOverlapping(edges);
    const auto found = plateau(edges, most - most / 200, most);
    const auto half = difference(found.last, found.first) / 2;
    vote.offset = sum(found.first, half);
    vote.uncertainty = half;
    vote.agreeing = static_cast<std::uint32_t>(most);

    Duration widest{0};
    for (const auto& interval : intervals) {
        if (interval.lowest <= sum(vote.offset, tolerance) && interval.highest >= difference(vote.offset, tolerance))
            widest = std::max(widest, difference(interval.highest, interval.lowest));
    }
    // an interval that holds the winner reaches this far from it at most
    const auto reach = sum(widest, 2 * tolerance);
    const Stretch around{difference(found.first, reach), sum(found.last, reach)};
    vote.runnerUp = static_cast<std::uint32_t>(mostOutside(edges, around));
    return vote;
}

} // namespace halfshake
