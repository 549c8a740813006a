// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/byteorder.h"
#include "models/capture/packetrecord.h"
#include "models/capture/pcapngclock.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace halfshake {

/// One block of a pcapng file, header and trailer included.
struct PcapngBlock
{
    std::span<const std::byte> bytes;
    bool isSwapped = false; ///< Byte order of its section against this machine's.

    template<typename Integer>
    [[nodiscard]] Integer field(std::size_t offset) const
    {
        return loadNative<Integer>(bytes.data() + offset, isSwapped);
    }
    [[nodiscard]] std::uint64_t timestamp(std::size_t offset) const
    {
        return std::uint64_t{field<std::uint32_t>(offset)} << 32 | field<std::uint32_t>(offset + 4);
    }
};

/// Block types (draft-ietf-opsawg-pcapng).
enum class PcapngBlockType : std::uint32_t {
    InterfaceDescription = 1,
    ObsoletePacket = 2,
    SimplePacket = 3,
    InterfaceStatistics = 5,
    EnhancedPacket = 6,
    SectionHeader = 0x0a0d0d0a,
};

/// What an Interface Description Block says.
struct PcapngInterface
{
    std::uint16_t linkType = 0;
    std::uint32_t snapLength = 0;
    std::string name;
    PcapngClock clock;
};

/// The fixed part and options of a packet block of any kind.
struct PcapngPacket
{
    std::uint32_t interface = 0; ///< Within the section.
    std::optional<std::uint64_t> ticks;
    std::size_t dataOffset = 0; ///< Within the block.
    std::uint32_t capturedLength = 0; ///< As stated; checked against the block by the reader.
    std::uint32_t originalLength = 0;
    std::optional<std::uint64_t> dropped; ///< Packets lost since the one before.
    PacketDirection direction = PacketDirection::Unknown;
};

/// Each returns nothing where the block is too short for its kind.
[[nodiscard]] std::optional<PcapngInterface> parseInterfaceDescription(const PcapngBlock& block);
[[nodiscard]] std::optional<PcapngPacket> parsePacket(PcapngBlockType type, const PcapngBlock& block);

/// Packets dropped by the interface and the operating system; nothing where the block does not say.
struct PcapngStatistics
{
    std::uint32_t interface = 0;
    std::optional<std::uint64_t> dropped;
};
[[nodiscard]] std::optional<PcapngStatistics> parseInterfaceStatistics(const PcapngBlock& block);

} // namespace halfshake
