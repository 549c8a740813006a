// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/timeline/track.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halfshake {

/// On which line of a lane each event of a track is drawn, so that spans which overlap in time do not hide each other.
class LaneLayout
{
public:
    static constexpr int mostRows = 8;
    /// Above this many events a lane is drawn in bins at most zooms, and one row does.
    static constexpr std::size_t mostStackedEvents = 50'000;

    LaneLayout() = default;
    explicit LaneLayout(const Track& track);

    [[nodiscard]] int rowOf(std::size_t event) const { return m_rows.empty() ? 0 : m_rows[event]; }
    [[nodiscard]] int rowCount() const { return m_rowCount; }

private:
    std::vector<std::uint8_t> m_rows;
    int m_rowCount = 1;
};

} // namespace halfshake
