// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/attempttimes.h"

#include <algorithm>
#include <chrono>

namespace halfshake {

namespace {

using std::chrono::milliseconds;

/// What a difference of two clock readings cut to whole milliseconds may be off by. Sums of consecutive response times
/// are such a difference too.
constexpr milliseconds rounding{1};

/// How long after nginx read its clock the SYN may leave (measured in the recorded incidents: up to 0.3 ms).
constexpr milliseconds eventLoopTurn{1};

/// How far the sum of response times may exceed the request time by rounding and by the two clocks nginx measures with
/// (measured: -1 to +1 ms).
Duration roundingAllowance(std::size_t attempts)
{
    return milliseconds{attempts + 2};
}

} // namespace

void setStartIntervals(std::span<UpstreamAttempt> attempts, const ProxyRequest& request)
{
    if (!request.requestTime)
        return;
    Duration remaining{0};
    for (const auto& attempt : attempts)
        remaining += attempt.responseTime.value_or(Duration{0});

    const auto slack = *request.requestTime - remaining;
    // the wall clock was stepped, or the event loop was blocked: neither end can be trusted more than that
    const auto widening = slack < -roundingAllowance(attempts.size()) ? -slack : Duration{0};
    auto elapsed = Duration{0};
    for (auto& attempt : attempts) {
        const bool isFirst = &attempt == &attempts.front(); // its earliest start is that of the request
        const auto forwards = request.loggedAt - *request.requestTime + elapsed;
        const auto backwards = request.loggedAt - remaining;
        attempt.startEarliest = std::min(forwards, backwards) - widening - (isFirst ? Duration{0} : rounding);
        attempt.startLatest = std::max(forwards, backwards) + request.resolution + rounding + eventLoopTurn + widening;
        attempt.isStartKnown = true;
        const auto duration = attempt.responseTime.value_or(Duration{0});
        elapsed += duration;
        remaining -= duration;
    }
}

} // namespace halfshake
