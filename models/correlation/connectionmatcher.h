// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/attempttime.h"
#include "models/correlation/connectioncost.h"
#include "models/correlation/failedattempt.h"
#include "models/correlation/requestmatcher.h"
#include "models/correlation/upstreamroute.h"
#include "models/correlation/wire.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace halfshake {

/// The connection of an attempt whose request no capture shows, most often because it was never sent.
struct MatchedConnection
{
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t connection = none; ///< Into Wire::connections.
    bool isReused = false;
    double cost = 0;
    double margin = 0; ///< How much dearer the second best is; see MatchAlternative.
    std::vector<std::uint32_t> rivals; ///< Connections that would do nearly as well.
    std::uint32_t candidates = 0; ///< Connections looked at.

    [[nodiscard]] bool isFound() const { return connection != none; }
};

/// What matching needs to know.
struct ConnectionSearch
{
    const RequestIdentity& requests;
    const Wire& wire;
    const UpstreamRoute& route;
    const std::vector<TimeWindow>& starts; ///< Of all attempts.
    const std::vector<MatchedRequest>& matchedRequests; ///< Of all attempts.
    const std::vector<bool>& isForeign; ///< Of the indexed logs: another proxy's, whose connections are not here.
};

/// One for each of \a failed; each connection is opened by one attempt at most.
[[nodiscard]] std::vector<MatchedConnection> matchConnections(
    const ConnectionSearch& search, const std::vector<FailedAttempt>& failed);

[[nodiscard]] SoughtConnection soughtBy(const ConnectionSearch& search, const FailedAttempt& failed);

} // namespace halfshake
