// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/attempttime.h"
#include "models/correlation/requestidentity.h"
#include "models/timeline/clockalignment.h"

#include <optional>
#include <vector>

namespace halfshake {

/// What the wire knows of attempts tells when others began: a retry follows the end of the attempt before it at once,
/// and a log in the order in which requests ended places one between its neighbours.
///
/// \a openings: when each attempt reached the wire, where that is certain. Only ever makes \a starts narrower.
void narrowStarts(const RequestIdentity& requests, const ClockAlignment& clocks,
    const std::vector<std::optional<TimePoint>>& openings, std::vector<TimeWindow>& starts);

} // namespace halfshake
