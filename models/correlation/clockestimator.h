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
/// Tried in this order, until one is beyond doubt: request ids read from the wire, request targets, connections that
/// failed like the attempts did, and any new connection at an attempt's start.
[[nodiscard]] ClockEstimate estimateLogClock(
    const LogIndex& log, const Wire& wire, const UpstreamRoute& route, EvidenceId reference);

} // namespace halfshake
