// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QString>

#include <optional>

namespace halfshake::texts {

/// "+31.624 s", "−480 ms", "0 s": how far a clock is ahead.
[[nodiscard]] QString clockOffset(Duration offset);

/// What a person types for it: "+1.5 s", "-300 ms", "2 min", "8 h", "+08:00", "00:00:01.5"; a bare number is seconds.
/// Empty where it is none, or more than 400 days.
[[nodiscard]] std::optional<Duration> clockOffsetFromText(const QString& text);

/// Where the offset of \a evidence comes from: "typed", "estimated from 12 pairs with ingress-eth0.pcap", ...
[[nodiscard]] QString clockOrigin(const IncidentSnapshot& snapshot, EvidenceId evidence);

/// What the data say about the clock of \a evidence; "" where nothing was estimated.
[[nodiscard]] QString clockEstimate(const IncidentSnapshot& snapshot, EvidenceId evidence);

} // namespace halfshake::texts
