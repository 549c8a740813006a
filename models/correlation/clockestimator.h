// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/clockestimate.h"
#include "models/correlation/logindex.h"
#include "models/correlation/upstreamroute.h"
#include "models/correlation/wire.h"

namespace halfshake {

/// The clock of a log against the clock the wire is on, by what both saw of the same attempts.
///
/// Tried in this order, until one is beyond doubt: request ids read from the wire, request targets, attempts that
/// failed or took long against what failed or took long on the wire, and any attempt against anything it may have been.
[[nodiscard]] ClockEstimate estimateLogClock(
    const LogIndex& log, const Wire& wire, const UpstreamRoute& route, EvidenceId reference);

} // namespace halfshake
