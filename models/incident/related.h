// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace halfshake {

/// Everything that belongs to the current object, so that every pane can follow it. Fields that do not apply are empty.
struct Related
{
    ObjectRef object; ///< What was asked for.
    ObjectRef request;
    ObjectRef upstreamAttempt;
    ObjectRef errorEntry;
    ObjectRef connection; ///< By link, or the object itself.
    const Link* link = nullptr; ///< Of the attempt or connection; lives as long as the snapshot.
    SourceRef line; ///< The log or parameter line to show.
    SourceRef packet; ///< The packet to show.
    std::optional<TimeRange> range; ///< Where the object lies on the timeline.
    std::vector<std::uint32_t> causes; ///< Rows of IncidentSnapshot::causes that explain the attempt or connection.
    std::vector<std::uint32_t>
        findings; ///< Rows of IncidentSnapshot::findings that cite the object or support those causes.
};

/// Pure and quick (no file is read): may be called on the GUI thread for every click.
[[nodiscard]] Related relatedTo(const IncidentSnapshot& snapshot, ObjectRef object);

} // namespace halfshake
