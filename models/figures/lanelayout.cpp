// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/lanelayout.h"

#include <algorithm>
#include <array>

namespace halfshake {

LaneLayout::LaneLayout(const Track& track)
{
    const auto events = track.events();
    if (events.size() > mostStackedEvents)
        return;
    std::array<TimePoint, mostRows> freeFrom;
    freeFrom.fill(TimePoint::min());
    m_rows.reserve(events.size());
    for (const auto& event : events) {
        // the first free row, or where none is free the one that gets free first
        auto row = std::ranges::find_if(freeFrom, [&](TimePoint free) { return free <= event.start; });
        if (row == freeFrom.end())
            row = std::ranges::min_element(freeFrom);
        *row = std::max(*row, event.start + event.duration);
        const auto index = static_cast<std::uint8_t>(row - freeFrom.begin());
        m_rows.push_back(index);
        m_rowCount = std::max(m_rowCount, index + 1);
    }
}

} // namespace halfshake
