// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packettable.h"

#include <utility>

namespace halfshake {

namespace {

/// noAttempt becomes 0 and takes no wider a number than the attempts beside it.
constexpr std::uint64_t packedAttempt(std::uint32_t attempt)
{
    return std::uint32_t{attempt + 1};
}

constexpr std::uint32_t unpackedAttempt(std::uint64_t packed)
{
    return static_cast<std::uint32_t>(packed) - 1;
}

constexpr EvidenceTime unpackedTime(std::uint64_t packed)
{
    return EvidenceTime{Duration{static_cast<std::int64_t>(packed)}};
}

} // namespace

void PacketTable::append(const Row& row)
{
    const PacketLocation& location = row.location;
    if (m_rows.size() % m_rows.blockRows == 0)
        m_blockOffsets.push_back(m_end);
    m_rows.append({static_cast<std::uint64_t>(row.time.time_since_epoch().count()), location.offset - m_end,
        location.capturedLength, std::uint64_t{location.originalLength} - location.capturedLength, location.interface,
        packedAttempt(row.attempt), row.tcpFlags, row.isDuplicate ? std::uint64_t{1} : 0});
    m_end = location.offset + location.capturedLength;
}

void PacketTable::renumberAttempts(std::span<const std::uint32_t> newNumbers)
{
    m_rows.transform(Attempt, [&](std::uint64_t packed) {
        return packed == 0 ? packed : packedAttempt(newNumbers[unpackedAttempt(packed)]);
    });
}

PacketTable::Row PacketTable::row(std::size_t index) const
{
    const auto captured = m_rows.value(CapturedLength, index);
    const std::uint64_t end = m_blockOffsets[index / m_rows.blockRows] + m_rows.sumInBlock(Gap, index)
        + m_rows.sumInBlock(CapturedLength, index);
    const PacketLocation location{.offset = end - captured,
        .capturedLength = static_cast<std::uint32_t>(captured),
        .originalLength = static_cast<std::uint32_t>(captured + m_rows.value(CutOff, index)),
        .interface = static_cast<std::uint16_t>(m_rows.value(Interface, index))};
    return {.time = time(index),
        .location = location,
        .attempt = attempt(index),
        .tcpFlags = tcpFlags(index),
        .isDuplicate = m_rows.value(Duplicate, index) != 0};
}

EvidenceTime PacketTable::time(std::size_t index) const
{
    return unpackedTime(m_rows.value(Time, index));
}

std::uint32_t PacketTable::attempt(std::size_t index) const
{
    return unpackedAttempt(m_rows.value(Attempt, index));
}

std::uint8_t PacketTable::tcpFlags(std::size_t index) const
{
    return static_cast<std::uint8_t>(m_rows.value(Flags, index));
}

} // namespace halfshake
