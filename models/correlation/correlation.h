// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/jobcontext.h"
#include "models/capture/capture.h"
#include "models/correlation/clockestimate.h"
#include "models/correlation/failurestatistics.h"
#include "models/correlation/link.h"
#include "models/correlation/linkindex.h"
#include "models/logs/proxylog.h"
#include "models/timeline/clockalignment.h"
#include "models/timeline/timeline.h"

#include <map>
#include <memory>
#include <vector>

namespace halfshake {

/// What correlate() looks at. All of it immutable and shared with the caller.
struct CorrelationInput
{
    std::vector<std::shared_ptr<const Capture>> captures;
    std::vector<std::shared_ptr<const ProxyLog>> logs;
    std::map<EvidenceId, Duration> typedOffsets; ///< Clock offsets the user set; they win over estimates.
};

/// Everything that follows from captures and logs together.
struct Correlation
{
    std::vector<ClockEstimate> estimates;
    ClockAlignment clocks;
    std::vector<Link> links; ///< One per distinct failed upstream attempt, by start.
    LinkIndex index; ///< Of links. Without one, as in a value put together by hand, the lookups below go through all.
    FailureStatistics statistics;
    Timeline timeline;

    [[nodiscard]] const Link* linkOfAttempt(ObjectRef attempt) const; ///< Also finds it by alsoLogged.
    [[nodiscard]] const Link* linkOfConnection(ObjectRef connection) const; ///< Also finds it by sameConnection.
    [[nodiscard]] const Link* linkOfErrorEntry(ObjectRef entry) const;
};

/// Pure: the same input gives the same result. Errors: Cancelled.
[[nodiscard]] Expected<std::shared_ptr<const Correlation>> correlate(const CorrelationInput& input, JobContext& job);

} // namespace halfshake
