// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <cstdint>
#include <vector>

namespace halfshake {

/// What one pair of events says about an offset between two clocks: it lies in [lowest, highest].
struct OffsetInterval
{
    Duration lowest{0};
    Duration highest{0};
};

/// The offset that most pairs agree on.
struct OffsetVote
{
    Duration offset{0};
    Duration uncertainty{0}; ///< Half the stretch that nearly as many pairs agree on.
    std::uint32_t agreeing = 0; ///< Pairs whose interval contains the offset.
    std::uint32_t runnerUp = 0; ///< The most pairs that agree on any offset clearly apart from it.
};

/// Finds the offset inside most intervals, each widened by \a tolerance at both ends. O(n log n).
[[nodiscard]] OffsetVote voteOffset(const std::vector<OffsetInterval>& intervals, Duration tolerance);

} // namespace halfshake
