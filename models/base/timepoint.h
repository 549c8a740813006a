// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace halfshake {

using Duration = std::chrono::nanoseconds;

/// Nanoseconds since the Unix epoch, UTC, on the incident's reference clock: what views show and analyses compare.
using TimePoint = std::chrono::sys_time<Duration>;

/// The clock that wrote one piece of evidence. It may be wrong, so its instants do not compare with TimePoint;
/// ClockAlignment converts them.
struct EvidenceClock
{
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<EvidenceClock>;
    static constexpr bool is_steady = false;
};

/// An instant as the evidence states it: nanoseconds since the Unix epoch, UTC, by that evidence's own clock.
using EvidenceTime = EvidenceClock::time_point;

/// Half open: a range contains its start and not its end.
template<typename Time>
struct BasicTimeRange
{
    Time start{};
    Time end{};

    [[nodiscard]] constexpr Duration duration() const noexcept { return end - start; }
    [[nodiscard]] constexpr bool isEmpty() const noexcept { return end <= start; }
    [[nodiscard]] constexpr bool contains(Time time) const noexcept { return start <= time && time < end; }

    constexpr bool operator==(const BasicTimeRange&) const noexcept = default;
};

using TimeRange = BasicTimeRange<TimePoint>;
using EvidenceTimeRange = BasicTimeRange<EvidenceTime>;

} // namespace halfshake
