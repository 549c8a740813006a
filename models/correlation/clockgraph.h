// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/clockestimate.h"
#include "models/timeline/clockalignment.h"

#include <map>
#include <vector>

namespace halfshake {

/// Clocks compared in pairs, put together into one clock for all evidence.
///
/// A log may meet the reference only through another log: it follows the path of least uncertainty.
class ClockGraph
{
public:
    ClockGraph(std::vector<EvidenceId> evidence, EvidenceId reference);

    void add(const ClockEstimate& estimate);

    /// One for every evidence but the reference: against the reference where a path of reliable comparisons leads
    /// there, else the best unreliable comparison there is.
    [[nodiscard]] std::vector<ClockEstimate> estimates() const;
    /// Typed offsets win, and what is compared with typed evidence follows it. An estimate is applied where it is
    /// reliable and larger than its uncertainty.
    [[nodiscard]] ClockAlignment alignment(const std::map<EvidenceId, Duration>& typed) const;
    /// Whether evidence can be placed on the incident clock by more than the belief that its clock is right.
    [[nodiscard]] bool isKnown(EvidenceId evidence, const std::map<EvidenceId, Duration>& typed) const;

private:
    using Offsets = std::map<EvidenceId, ClockEstimate>;
    [[nodiscard]] Offsets spread(Offsets known) const;
    [[nodiscard]] Offsets placed(const std::map<EvidenceId, Duration>& typed) const;

    std::vector<EvidenceId> m_evidence;
    EvidenceId m_reference;
    std::vector<ClockEstimate> m_comparisons;
};

} // namespace halfshake
