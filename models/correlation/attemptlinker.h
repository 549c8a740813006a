// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/connectionidentity.h"
#include "models/correlation/connectionmatcher.h"
#include "models/correlation/failedattempt.h"
#include "models/correlation/link.h"
#include "models/correlation/rankedcapture.h"
#include "models/correlation/requestidentity.h"
#include "models/correlation/upstreamroute.h"
#include "models/correlation/wire.h"
#include "models/timeline/clockalignment.h"

#include <vector>

namespace halfshake {

/// Everything that linking looks at.
struct LinkingInput
{
    const std::vector<RankedCapture>& captures;
    const ConnectionIdentity& identity;
    const Wire& wire;
    const UpstreamRoute& route;
    const RequestIdentity& requests;
    const std::vector<FailedAttempt>& failed;
    const ClockAlignment& clocks;
    const std::vector<bool>& isClockKnown; ///< Of the indexed logs: compared or typed, not only believed.
};

/// What is found about each attempt.
struct Linking
{
    std::vector<Link> links; ///< One for each failed attempt, in their order.
    std::vector<MatchedRequest> requests; ///< One for each attempt, failed or not.
    std::vector<TimeWindow> starts; ///< Of each attempt, as narrow as the wire allows.
};

/// Ties every failed attempt to the connection that carried it, or says why not (reference: proxy-logs 1.5,
/// tcp-handshakes 1.9).
[[nodiscard]] Linking linkAttempts(const LinkingInput& input);

} // namespace halfshake
