// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/attempttime.h"
#include "models/correlation/requestidentity.h"
#include "models/timeline/clockalignment.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace halfshake {

/// One of several connections that may have carried an attempt.
struct PossibleOpening
{
    std::uint32_t connection = 0; ///< Into Wire::connections.
    TimePoint time;

    bool operator==(const PossibleOpening&) const = default;
};

/// When attempts reached the wire. By attempt.
struct Openings
{
    std::vector<std::optional<TimePoint>> certain;
    std::vector<std::vector<PossibleOpening>> possible; ///< Empty where it is certain or nothing is known.

    bool operator==(const Openings&) const = default;
};

/// What the wire knows of attempts tells when others began: a retry follows the end of the attempt before it at once,
/// and a log in the order in which requests ended places one between its neighbours, and as many undecided requests in
/// the order of as many connections. Only ever makes \a starts narrower.
void narrowStarts(const RequestIdentity& requests, const ClockAlignment& clocks, const Openings& openings,
    std::vector<TimeWindow>& starts);

} // namespace halfshake
