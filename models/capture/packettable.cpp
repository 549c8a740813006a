// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packettable.h"

#include <utility>

namespace halfshake {

void PacketTable::append(const Row& row)
{
    m_time.append(row.time);
    m_location.append(row.location);
    m_attempt.append(row.attempt);
    m_tcpFlags.append(row.tcpFlags);
    m_isDuplicate.append(row.isDuplicate ? 1 : 0);
}

void PacketTable::renumberAttempts(std::span<const std::uint32_t> newNumbers)
{
    Column<std::uint32_t> renumbered;
    for (std::size_t chunk = 0; chunk < m_attempt.chunkCount(); ++chunk) {
        for (const std::uint32_t attempt : m_attempt.chunk(chunk))
            renumbered.append(attempt == noAttempt ? noAttempt : newNumbers[attempt]);
    }
    m_attempt = std::move(renumbered);
}

PacketTable::Row PacketTable::row(std::size_t index) const
{
    return {m_time[index], m_location[index], m_attempt[index], m_tcpFlags[index], m_isDuplicate[index] != 0};
}

} // namespace halfshake
