// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/attempttimes.h"

#include <algorithm>
#include <chrono>

namespace halfshake {

namespace {

using std::chrono::milliseconds;

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
        const auto earliest = request.loggedAt - *request.requestTime + elapsed;
        const auto latest = request.loggedAt - remaining;
        attempt.startEarliest = std::min(earliest, latest) - widening;
        attempt.startLatest = std::max(earliest, latest) + request.resolution + widening;
        attempt.isStartKnown = true;
        const auto duration = attempt.responseTime.value_or(Duration{0});
        elapsed += duration;
        remaining -= duration;
    }
}

} // namespace halfshake
