// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/strongindex.h"
#include "models/base/timepoint.h"

#include <cstdint>

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
};

} // namespace halfshake
