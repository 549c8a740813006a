// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/strongindex.h"
#include "models/base/timepoint.h"

#include <map>
#include <vector>

namespace halfshake {

/// Where a clock offset comes from.
enum class ClockOffsetOrigin : std::uint8_t { Reference, Assumed, Estimated, Typed };

/// How far the clock of one piece of evidence is ahead of the incident's reference clock.
struct ClockOffset
{
    EvidenceId evidence;
    Duration offset{0}; ///< Positive: this evidence's clock is ahead.
    Duration uncertainty{0}; ///< Plus or minus.
    ClockOffsetOrigin origin = ClockOffsetOrigin::Assumed;
};

/// Converts what evidence states into instants of the incident. Pure: estimating is somebody else's work.
/// Evidence without an entry is taken as it is.
class ClockAlignment
{
public:
    void set(const ClockOffset& offset);

    [[nodiscard]] ClockOffset offsetOf(EvidenceId evidence) const;
    [[nodiscard]] TimePoint toIncident(EvidenceId evidence, EvidenceTime time) const;
    [[nodiscard]] EvidenceTime toEvidence(EvidenceId evidence, TimePoint time) const;

private:
    std::map<EvidenceId, ClockOffset> m_offsets;
};

} // namespace halfshake
