// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"
#include "models/timeline/track.h"

#include <memory>
#include <vector>

namespace halfshake {

/// All tracks of an incident on its reference clock.
struct Timeline
{
    TimeRange range; ///< Covers every event; empty where there are none.
    std::vector<std::shared_ptr<const Track>> tracks; ///< In the order they are shown; the empty ones are there too.

    [[nodiscard]] const Track* find(TrackKind kind) const
    {
        for (const auto& track : tracks) {
            if (track->kind() == kind)
                return track.get();
        }
        return nullptr;
    }
};

} // namespace halfshake
