// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/rankedcapture.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace halfshake {

namespace {

bool isTakenOnEveryInterface(const Capture& capture)
{
    return !capture.interfaces.empty()
        && std::ranges::all_of(capture.interfaces, [](const CaptureInterface& interface) {
               return interface.linkType == std::to_underlying(LinkType::LinuxSll)
                   || interface.linkType == std::to_underlying(LinkType::LinuxSll2);
           });
}

int distanceFromProxy(VantagePoint vantage)
{
    switch (vantage) {
    case VantagePoint::Client:
        return 0;
    case VantagePoint::Middle:
    case VantagePoint::Unknown:
        return 1;
    case VantagePoint::Server:
        return 2;
    }
    return 1;
}

RankedCapture rankedCapture(const Capture& capture, const std::unordered_set<Endpoint>& upstreams)
{
    RankedCapture point{.capture = &capture, .isEveryInterface = isTakenOnEveryInterface(capture)};
    std::unordered_set<Endpoint> seen;
    std::map<VantagePoint, std::uint32_t> votes;
    for (const auto& attempt : capture.attempts) {
        if (!upstreams.empty() && !upstreams.contains(attempt.server))
            continue;
        ++point.upstreamConnections;
        seen.insert(attempt.server);
        if (attempt.vantage != VantagePoint::Unknown)
            ++votes[attempt.vantage];
    }
    const auto most = std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
    point.vantage = most != votes.end() ? most->first : capture.vantage;
    point.upstreams = static_cast<std::uint32_t>(seen.size());
    return point;
}

} // namespace

std::vector<RankedCapture> capturesByNearness(
    const std::vector<std::shared_ptr<const Capture>>& captures, const std::unordered_set<Endpoint>& upstreams)
{
    std::vector<RankedCapture> points;
    std::uint32_t mostUpstreams = 0;
    for (const auto& capture : captures) {
        if (!capture)
            continue;
        points.push_back(rankedCapture(*capture, upstreams));
        mostUpstreams = std::max(mostUpstreams, points.back().upstreams);
    }
    const auto key = [mostUpstreams](const RankedCapture& point) {
        const bool sawFew = point.upstreams * 2 < mostUpstreams;
        return std::tuple(sawFew, distanceFromProxy(point.vantage), point.isEveryInterface, ~point.upstreamConnections,
            point.capture->evidence);
    };
    std::ranges::stable_sort(points, {}, key);
    return points;
}

} // namespace halfshake
