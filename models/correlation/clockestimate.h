// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/strongindex.h"
#include "models/base/timepoint.h"
#include "models/timeline/clockalignment.h"

#include <cstdint>
#include <vector>

namespace halfshake {

/// The clock of one evidence against another's, as the data shows it.
struct ClockEstimate
{
    EvidenceId evidence;
    EvidenceId against;
    Duration offset{0}; ///< evidence's clock minus against's; positive: evidence is ahead.
    Duration uncertainty{0}; ///< Plus or minus.
    std::uint32_t pairs = 0; ///< Events seen by both that agree with the offset.
    bool isReliable = false; ///< Enough agreeing pairs to be applied.
    Duration residual{0}; ///< Half of the agreeing pairs lie within this distance of the offset; 0 = not measured.
    std::vector<ClockKnot> knots = {}; ///< Where the clock drifts or was set, by evidence's clock; empty: it does not.
};

} // namespace halfshake
