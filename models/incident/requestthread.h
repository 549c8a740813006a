// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <cstdint>
#include <vector>

namespace halfshake {

/// Where else a request shows: the entries of other logs that state its id.
struct RequestThread
{
    std::vector<SourceRef> places; ///< Lines of other logs, in evidence and file order; at most mostPlaces of a log.
    /// Logs that tell of other requests of the same proxy and cover the whole time of this one, but not it: it never
    /// came there.
    std::vector<EvidenceId> notSeenAt;

    static constexpr std::size_t mostPlaces = 20;
};

/// Empty where the request has no id. Quick: no file is read.
[[nodiscard]] RequestThread threadOf(const IncidentSnapshot& snapshot, ObjectRef request);

} // namespace halfshake
