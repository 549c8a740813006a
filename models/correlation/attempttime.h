// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/requestidentity.h"
#include "models/timeline/clockalignment.h"

#include <vector>

namespace halfshake {

/// When something happened, as far as a log can tell; both ends included.
struct TimeWindow
{
    TimePoint earliest;
    TimePoint latest;
    bool isKnown = false;
    /// How far outside it may well have happened after all: before, and after. Clocks err, times are rounded, and a
    /// proxy's event loop is late where it is busy.
    Duration lead{0};
    Duration lag{0};
};

/// From rounding alone, and of a proxy that is not busy (reference: proxy-logs 0.5).
inline constexpr Duration usualLead = std::chrono::milliseconds{2};
inline constexpr Duration usualLag = std::chrono::milliseconds{5};

/// When an attempt began, by the most precise log that has it.
[[nodiscard]] TimeWindow startOf(
    const RequestIdentity& requests, const DistinctAttempt& attempt, const ClockAlignment& clocks);

/// When an attempt ended; where the log does not say, some time within its request.
[[nodiscard]] TimeWindow endOf(
    const RequestIdentity& requests, const DistinctAttempt& attempt, const ClockAlignment& clocks);

/// startOf() every attempt.
[[nodiscard]] std::vector<TimeWindow> startsOf(const RequestIdentity& requests, const ClockAlignment& clocks);

/// How little \a time fits \a window, in units of a log-likelihood: 0 inside, growing with the distance.
[[nodiscard]] double distanceCost(const TimeWindow& window, TimePoint time);

} // namespace halfshake
