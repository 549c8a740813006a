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

/// How far a clock was ahead at one moment of its own time.
struct ClockKnot
{
    EvidenceTime at;
    Duration offset{0};
    bool operator==(const ClockKnot&) const = default;
};

/// The offset at \a time of a clock that drifts or was set: straight between knots, constant before the first and after
/// the last; two knots at one moment are a step. \a knots by time, at least one.
[[nodiscard]] Duration offsetAt(const std::vector<ClockKnot>& knots, EvidenceTime time);

/// How far the clock of one piece of evidence is ahead of the incident's reference clock.
struct ClockOffset
{
    EvidenceId evidence;
    Duration offset{0}; ///< Positive: this evidence's clock is ahead.
    Duration uncertainty{0}; ///< Plus or minus.
    ClockOffsetOrigin origin = ClockOffsetOrigin::Assumed;
    std::vector<ClockKnot> knots = {}; ///< Of a clock that drifts or was set; offset is then that in the middle.
};

/// Converts what evidence states into instants of the incident. Pure: estimating is somebody else's work.
/// Evidence without an entry is taken as it is.
class ClockAlignment
{
public:
    void set(const ClockOffset& offset);

    [[nodiscard]] ClockOffset offsetOf(EvidenceId evidence) const;
    [[nodiscard]] TimePoint toIncident(EvidenceId evidence, EvidenceTime time) const;
    /// Of an instant that was reckoned from another one, which the clock stated at \a stated.
    [[nodiscard]] TimePoint toIncident(EvidenceId evidence, EvidenceTime time, EvidenceTime stated) const;
    [[nodiscard]] EvidenceTime toEvidence(EvidenceId evidence, TimePoint time) const;

private:
    [[nodiscard]] Duration offsetAt(EvidenceId evidence, EvidenceTime time) const;

    std::map<EvidenceId, ClockOffset> m_offsets;
};

} // namespace halfshake
