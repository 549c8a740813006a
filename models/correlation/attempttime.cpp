// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/attempttime.h"

#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <cmath>

namespace halfshake {

TimeWindow startOf(const RequestIdentity& requests, const DistinctAttempt& attempt, const ClockAlignment& clocks)
{
    const auto& row = requests.attemptRow(attempt);
    const auto evidence = requests.logs[requests.mostPrecise(attempt).log].evidence();
    const auto uncertainty = clocks.offsetOf(evidence).uncertainty;
    // the log states the end, from which starts are reckoned back
    const auto stated = requests.requestRow(attempt).loggedAt;
    return {.earliest = clocks.toIncident(evidence, row.startEarliest, stated),
        .latest = clocks.toIncident(evidence, row.startLatest, stated),
        .isKnown = row.isStartKnown && row.startEarliest <= row.startLatest,
        .lead = sum(usualLead, uncertainty),
        .lag = sum(usualLag, uncertainty)};
}

TimeWindow endOf(const RequestIdentity& requests, const DistinctAttempt& attempt, const ClockAlignment& clocks)
{
    const auto& row = requests.attemptRow(attempt);
    auto window = startOf(requests, attempt, clocks);
    if (window.isKnown && row.responseTime) {
        window.earliest = moved(window.earliest, *row.responseTime);
        window.latest = moved(window.latest, *row.responseTime);
        return window;
    }
    const auto& request = requests.requestRow(attempt);
    const auto evidence = requests.logs[requests.mostPrecise(attempt).log].evidence();
    const auto end = clocks.toIncident(evidence, request.loggedAt);
    const auto length = request.requestTime.value_or(Duration{0});
    window.earliest = moved(end, difference(Duration{0}, length));
    window.latest = moved(end, request.resolution);
    window.isKnown = false;
    return window;
}

std::vector<TimeWindow> startsOf(const RequestIdentity& requests, const ClockAlignment& clocks)
{
    std::vector<TimeWindow> starts;
    starts.reserve(requests.attempts.size());
    for (const auto& attempt : requests.attempts)
        starts.push_back(startOf(requests, attempt, clocks));
    return starts;
}

double distanceCost(const TimeWindow& window, TimePoint time)
{
    if (time >= window.earliest && time <= window.latest)
        return 0;
    const bool isEarly = time < window.earliest;
    const auto distance = isEarly ? between(time, window.earliest) : between(window.latest, time);
    const auto scale = std::max(isEarly ? window.lead : window.lag, Duration{1});
    const double units = static_cast<double>(distance.count()) / static_cast<double>(scale.count());
    // a heavy tail: a busy event loop is late by any time
    return units <= 4 ? units : 4 + 2 * std::log(units / 4);
}

} // namespace halfshake
