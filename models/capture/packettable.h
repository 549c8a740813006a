// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"
#include "models/capture/packedrows.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace halfshake {

/// Where a packet's bytes lie in the capture file.
struct PacketLocation
{
    std::uint64_t offset = 0; ///< Of the first captured byte.
    std::uint32_t capturedLength = 0;
    std::uint32_t originalLength = 0; ///< On the wire; more than captured where the snap length cut it.
    std::uint16_t interface = 0; ///< Into Capture::interfaces.
};

/// TCP flag bits as in the header (RFC 9293 3.1).
namespace tcpflag {
inline constexpr std::uint8_t fin = 0x01;
inline constexpr std::uint8_t syn = 0x02;
inline constexpr std::uint8_t rst = 0x04;
inline constexpr std::uint8_t psh = 0x08;
inline constexpr std::uint8_t ack = 0x10;
} // namespace tcpflag

/// One row per record of the capture file: what lists and lanes need. Everything else is read again from the file
/// when somebody looks at the packet. About 9 bytes a row.
class PacketTable
{
public:
    static constexpr std::uint32_t noAttempt = std::numeric_limits<std::uint32_t>::max();

    struct Row
    {
        EvidenceTime time;
        PacketLocation location;
        std::uint32_t attempt = noAttempt; ///< Into Capture::attempts; noAttempt for what is not TCP.
        std::uint8_t tcpFlags = 0;
        bool isDuplicate = false; ///< Folded: a copy of an earlier packet.
    };

    void append(const Row& row);
    /// Gives every attempt another number: newNumbers[a].
    void renumberAttempts(std::span<const std::uint32_t> newNumbers);

    [[nodiscard]] std::size_t size() const noexcept { return m_rows.size(); }
    [[nodiscard]] std::size_t bytes() const noexcept { return m_rows.bytes(); } ///< In memory.
    [[nodiscard]] Row row(std::size_t index) const;
    [[nodiscard]] EvidenceTime time(std::size_t index) const;
    [[nodiscard]] std::uint32_t attempt(std::size_t index) const;
    [[nodiscard]] std::uint8_t tcpFlags(std::size_t index) const;

private:
    /// Small numbers wherever that is possible: what the usual packet has in common with its neighbours takes no room.
    enum Field : std::size_t { Time, Gap, CapturedLength, CutOff, Interface, Attempt, Flags, Duplicate, fieldCount };

    PackedRows<fieldCount> m_rows;
    std::vector<std::uint64_t> m_blockOffsets; ///< In the file: where the packet before each block ends.
    std::uint64_t m_end = 0; ///< Of the latest packet in the file.
};

} // namespace halfshake
