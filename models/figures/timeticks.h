// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <QString>

#include <vector>

namespace halfshake {

/// One mark of a time axis.
struct TimeTick
{
    TimePoint time;
    QString label; ///< UTC, as many digits as the step needs; the date where the day changes.
};

/// At most \a most ticks at round instants of UTC: 1, 2, 5 times a power of ten up to a second, then the usual parts of
/// minutes, hours and days.
[[nodiscard]] std::vector<TimeTick> timeTicks(TimeRange range, int most);

} // namespace halfshake
