// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/clockestimate.h"
#include "models/correlation/requestidentity.h"

#include <cstdint>
#include <span>
#include <vector>

namespace halfshake {

/// An error entry and the upstream attempt it is about.
struct JoinedError
{
    std::uint32_t attempt = 0; ///< Into RequestIdentity::attempts.
    std::uint32_t log = 0; ///< Into the indexed logs.
    std::uint32_t entry = 0; ///< Into ProxyLog::errors.
};

/// The error entries of all logs, joined to the attempts they are about (reference: proxy-logs 1.7).
struct ErrorJoin
{
    std::vector<JoinedError> joined; ///< By attempt; the entry that names the failure first.
    /// Of each log: how far its error entries are ahead of the attempts, in whole quarter-hours. Error entries state
    /// no zone, so a zone wrongly assumed shows here.
    std::vector<Duration> zoneErrors;
    /// The clock of each log that holds error entries only, against the log of the attempts they were joined to.
    std::vector<ClockEstimate> clocks;

    [[nodiscard]] std::span<const JoinedError> of(std::uint32_t attempt) const;
};

/// \a clocks: those of the logs against each other, as far as known.
[[nodiscard]] ErrorJoin joinErrors(const RequestIdentity& requests, const ClockAlignment& clocks);

} // namespace halfshake
