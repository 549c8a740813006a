// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/offsetvote.h"
#include "models/timeline/clockalignment.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace halfshake {

/// What one pair of events says about the offset between two clocks at one moment of the first.
struct TimedInterval
{
    EvidenceTime time;
    OffsetInterval interval;
};

/// How one clock went against another.
struct ClockProfile
{
    std::vector<ClockKnot> knots;
    Duration offset{0}; ///< In the middle.
    Duration uncertainty{0};
    std::uint32_t pairs = 0; ///< That agree with it.
};

/// Finds drift and steps: the offset is voted for stretch by stretch. Nothing where too few pairs are there to tell,
/// and where one offset does for all of them.
[[nodiscard]] std::optional<ClockProfile> profileClock(std::vector<TimedInterval> pairs);

} // namespace halfshake
