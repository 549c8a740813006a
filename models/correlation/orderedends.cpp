// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/orderedends.h"

#include <algorithm>
#include <ranges>

namespace halfshake {

namespace {

/// A way through the log that leaves this many more requests unexplained than the best one is given up.
constexpr std::uint32_t mostMissed = 6;
/// A log with more undecided ways at once is not decided by its order.
constexpr std::size_t mostWays = 2'000;

/// The best way through the requests so far that chose this end last.
struct Way
{
    PossibleEnd last;
    std::uint32_t missed = 0; ///< Requests it explains by none of their ends.
};

using Ends = std::vector<PossibleEnd>;
/// By request, then by its possible ends: how many requests the best way misses that comes to this end.
using Missed = std::vector<std::vector<std::uint32_t>>;

bool mayFollow(const PossibleEnd& previous, const PossibleEnd& next, bool isForward)
{
    if (previous.connection == next.connection && next.connection != PossibleEnd::known)
        return false;
    return isForward ? previous.earliest <= next.latest : next.earliest <= previous.latest;
}

void keepBest(std::vector<Way>& ways)
{
    const auto best = std::ranges::min(ways, {}, &Way::missed).missed;
    std::erase_if(ways, [&](const Way& way) { return way.missed > best + mostMissed; });
    if (ways.size() > mostWays) {
        std::ranges::nth_element(ways, ways.begin() + mostWays, {}, &Way::missed);
        ways.resize(mostWays);
    }
}

/// \a requests in the order walked; the result likewise.
template<typename Requests>
Missed walk(const Requests& requests, bool isForward)
{
    Missed missed;
    std::vector<Way> ways;
    std::uint32_t missedByAll = 0; // by the way that has chosen nothing yet
    for (const Ends& ends : requests) {
        auto& reached = missed.emplace_back();
        std::vector<Way> chosen;
        for (const auto& end : ends) {
            auto least = missedByAll;
            for (const auto& way : ways) {
                if (way.missed < least && mayFollow(way.last, end, isForward))
                    least = way.missed;
            }
            reached.push_back(least);
            chosen.push_back({end, least});
        }
        if (ends.empty())
            continue;
        ++missedByAll;
        for (auto& way : ways)
            ++way.missed;
        ways.insert(ways.end(), chosen.begin(), chosen.end());
        keepBest(ways);
    }
    return missed;
}

} // namespace

std::vector<std::optional<PossibleEnd>> orderedEnds(std::span<const std::vector<PossibleEnd>> inFileOrder)
{
    const auto forward = walk(inFileOrder, true);
    auto backward = walk(std::views::reverse(inFileOrder), false);
    std::ranges::reverse(backward);

    auto best = std::numeric_limits<std::uint32_t>::max();
    for (std::size_t r = 0; r < forward.size(); ++r) {
        for (std::size_t i = 0; i < forward[r].size(); ++i)
            best = std::min(best, forward[r][i] + backward[r][i]);
    }
    std::vector<std::optional<PossibleEnd>> remaining(inFileOrder.size());
    for (std::size_t r = 0; r < forward.size(); ++r) {
        for (std::size_t i = 0; i < forward[r].size(); ++i) {
            if (forward[r][i] + backward[r][i] != best)
                continue;
            const auto& end = inFileOrder[r][i];
            auto& span = remaining[r];
            span = span ? PossibleEnd{std::min(span->earliest, end.earliest), std::max(span->latest, end.latest)} : end;
        }
    }
    return remaining;
}

} // namespace halfshake
