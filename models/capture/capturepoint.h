// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/packetview.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace halfshake {

/// A place where one file's packets were seen: two sightings of a packet at different places are copies on its way.
struct CapturePoint
{
    std::uint32_t interfaceIndex = 0; ///< SLL2.
    std::uint16_t interface = 0; ///< Of the capture file.
    EncapsulationTable::Id encapsulation = EncapsulationTable::plain;
    PacketDirection direction = PacketDirection::Unknown;

    bool operator==(const CapturePoint&) const = default;
};

/// Numbers the capture points of one file.
class CapturePointTable
{
public:
    using Id = std::uint16_t;

    [[nodiscard]] Id intern(const CapturePoint& point)
    {
        return m_last < m_points.size() && m_points[m_last] == point ? m_last : find(point);
    }
    [[nodiscard]] const CapturePoint& operator[](Id id) const { return m_points[id]; }
    [[nodiscard]] std::size_t size() const { return m_points.size(); }

private:
    [[nodiscard]] Id find(const CapturePoint& point);

    std::vector<CapturePoint> m_points;
    std::unordered_map<std::uint64_t, std::vector<Id>> m_byHash;
    Id m_last = 0;
};

} // namespace halfshake
