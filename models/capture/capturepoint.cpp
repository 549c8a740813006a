// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/capturepoint.h"

#include <limits>

namespace halfshake {

namespace {

// A file with more than this many places is hostile; the rest share the last one.
constexpr std::size_t mostPoints = std::numeric_limits<CapturePointTable::Id>::max();

std::uint64_t hashOf(const CapturePoint& point)
{
    return (std::uint64_t{point.interfaceIndex} << 32 | std::uint64_t{point.encapsulation} << 16 | point.interface)
        * 0x9e37'79b9'7f4a'7c15
        ^ static_cast<std::uint64_t>(point.direction);
}

} // namespace

CapturePointTable::Id CapturePointTable::find(const CapturePoint& point)
{
    auto& candidates = m_byHash[hashOf(point)];
    for (const Id id : candidates) {
        if (m_points[id] == point)
            return m_last = id;
    }
    if (m_points.size() >= mostPoints)
        return m_last;
    m_last = static_cast<Id>(m_points.size());
    candidates.push_back(m_last);
    m_points.push_back(point);
    return m_last;
}

} // namespace halfshake
