// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <limits>

namespace halfshake {

// Damaged evidence states any instant and any length: sums and differences stop at the ends of what fits.

[[nodiscard]] constexpr Duration sum(Duration left, Duration right)
{
    Duration::rep result = 0;
    if (!__builtin_add_overflow(left.count(), right.count(), &result))
        return Duration{result};
    return right.count() > 0 ? Duration::max() : Duration::min();
}

[[nodiscard]] constexpr Duration difference(Duration left, Duration right)
{
    Duration::rep result = 0;
    if (!__builtin_sub_overflow(left.count(), right.count(), &result))
        return Duration{result};
    return right.count() < 0 ? Duration::max() : Duration::min();
}

/// \a time moved by \a duration.
template<typename Clock>
[[nodiscard]] constexpr std::chrono::time_point<Clock, Duration> moved(
    std::chrono::time_point<Clock, Duration> time, Duration duration)
{
    return std::chrono::time_point<Clock, Duration>{sum(time.time_since_epoch(), duration)};
}

/// From \a from to \a to; negative where \a to is earlier.
template<typename Clock>
[[nodiscard]] constexpr Duration between(
    std::chrono::time_point<Clock, Duration> from, std::chrono::time_point<Clock, Duration> to)
{
    return difference(to.time_since_epoch(), from.time_since_epoch());
}

[[nodiscard]] constexpr Duration magnitude(Duration duration)
{
    return duration.count() < 0 ? difference(Duration{0}, duration) : duration;
}

} // namespace halfshake
