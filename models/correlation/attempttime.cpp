// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/attempttime.h"

#include "models/correlation/timearithmetic.h"

#include <cmath>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

constexpr Duration roundingError = 2ms;
constexpr Duration usualLag = 5ms;

} // namespace

TimeWindow startOf(const RequestIdentity& requests, const DistinctAttempt& attempt, const ClockAlignment& clocks)
{
    const auto& row = requests.attemptRow(attempt);
    const auto evidence = requests.logs[requests.mostPrecise(attempt).log].evidence();
    return {clocks.toIncident(evidence, row.startEarliest), clocks.toIncident(evidence, row.startLatest),
        row.isStartKnown && row.startEarliest <= row.startLatest, clocks.offsetOf(evidence).uncertainty};
}

TimeWindow endOf(const RequestIdentity& requests, const DistinctAttempt& attempt, const ClockAlignment& clocks)
{
    const auto& row = requests.attemptRow(attempt);
    const auto start = startOf(requests, attempt, clocks);
    if (start.isKnown && row.responseTime)
        return {
            moved(start.earliest, *row.responseTime), moved(start.latest, *row.responseTime), true, start.uncertainty};
    const auto& request = requests.requestRow(attempt);
    const auto evidence = requests.logs[requests.mostPrecise(attempt).log].evidence();
    const auto end = clocks.toIncident(evidence, request.loggedAt);
    const auto length = request.requestTime.value_or(Duration{0});
    return {moved(end, difference(Duration{0}, length)), moved(end, request.resolution), false,
        clocks.offsetOf(evidence).uncertainty};
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
    const auto scale = sum(isEarly ? roundingError : usualLag, window.uncertainty);
    const double units = static_cast<double>(distance.count()) / static_cast<double>(scale.count());
    // a heavy tail: a busy event loop is late by any time
    return units <= 4 ? units : 4 + 2 * std::log(units / 4);
}

} // namespace halfshake
