// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/pcapngblock.h"

#include "models/base/text.h"

#include <algorithm>
#include <string_view>

namespace halfshake {

namespace {

constexpr std::size_t headerSize = 8;
constexpr std::size_t trailerSize = 4;
constexpr std::size_t longestName = 256;

constexpr std::size_t padded(std::size_t length)
{
    return (length + 3) & ~std::size_t{3};
}

struct Option
{
    std::uint16_t code = 0;
    std::span<const std::byte> value;
};

/// Calls \a handle for every option from \a offset up to the block's trailer.
template<typename Function>
void forEachOption(const PcapngBlock& block, std::size_t offset, Function handle)
{
    constexpr std::size_t optionHeaderSize = 4;
    const std::size_t end = block.bytes.size() - trailerSize;
    while (offset + optionHeaderSize <= end) {
        const auto code = block.field<std::uint16_t>(offset);
        const std::size_t length = block.field<std::uint16_t>(offset + 2);
        offset += optionHeaderSize;
        if (code == 0 || length > end - offset)
            return;
        handle(Option{code, block.bytes.subspan(offset, length)});
        offset += padded(length);
    }
}

std::optional<std::uint64_t> wideNumber(const PcapngBlock& block, const Option& option)
{
    if (option.value.size() != 8)
        return {};
    return loadNative<std::uint64_t>(option.value.data(), block.isSwapped);
}

bool hasFixedPart(const PcapngBlock& block, std::size_t bodySize)
{
    return block.bytes.size() >= headerSize + bodySize + trailerSize;
}

void readPacketOptions(const PcapngBlock& block, PcapngPacket& packet)
{
    constexpr std::uint16_t flagsOption = 2;
    constexpr std::uint16_t dropCountOption = 4;
    forEachOption(block, packet.dataOffset + padded(packet.capturedLength), [&](const Option& option) {
        if (option.code == flagsOption && option.value.size() == 4) {
            switch (loadNative<std::uint32_t>(option.value.data(), block.isSwapped) & 3) {
            case 1:
                packet.direction = PacketDirection::Received;
                break;
            case 2:
                packet.direction = PacketDirection::Sent;
                break;
            default:
                break;
            }
        } else if (option.code == dropCountOption) {
            packet.dropped = wideNumber(block, option);
        }
    });
}

PcapngPacket enhancedPacket(const PcapngBlock& block)
{
    PcapngPacket packet{.interface = block.field<std::uint32_t>(8),
        .ticks = block.timestamp(12),
        .dataOffset = 28,
        .capturedLength = block.field<std::uint32_t>(20),
        .originalLength = block.field<std::uint32_t>(24),
        .dropped = {}};
    if (packet.capturedLength <= block.bytes.size() - packet.dataOffset - trailerSize)
        readPacketOptions(block, packet);
    return packet;
}

PcapngPacket obsoletePacket(const PcapngBlock& block)
{
    constexpr std::uint16_t dropsUnknown = 0xffff;
    PcapngPacket packet = enhancedPacket(block);
    packet.interface = block.field<std::uint16_t>(8);
    if (const auto drops = block.field<std::uint16_t>(10); drops != dropsUnknown)
        packet.dropped = drops;
    return packet;
}

PcapngPacket simplePacket(const PcapngBlock& block)
{
    const auto length = block.field<std::uint32_t>(8);
    return {.interface = 0,
        .ticks = {},
        .dataOffset = 12,
        .capturedLength = length,
        .originalLength = length,
        .dropped = {}};
}

} // namespace

std::optional<PcapngInterface> parseInterfaceDescription(const PcapngBlock& block)
{
    constexpr std::uint16_t nameOption = 2;
    constexpr std::uint16_t resolutionOption = 9;
    constexpr std::uint16_t offsetOption = 14;
    if (!hasFixedPart(block, 8))
        return {};
    PcapngInterface interface{.linkType = block.field<std::uint16_t>(8),
        .snapLength = block.field<std::uint32_t>(12),
        .name = {},
        .clock = {}};
    std::uint8_t resolution = 6;
    std::int64_t offsetSeconds = 0;
    forEachOption(block, 16, [&](const Option& option) {
        if (option.code == nameOption) {
            const std::size_t length = std::min(option.value.size(), longestName);
            std::string name(length, '\0');
            std::transform(option.value.begin(), option.value.begin() + static_cast<std::ptrdiff_t>(length),
                name.begin(), [](std::byte byte) { return static_cast<char>(byte); });
            name.resize(std::min(name.find('\0'), name.size()));
            interface.name = toValidUtf8(name);
        } else if (option.code == resolutionOption && option.value.size() == 1) {
            resolution = loadByte(option.value.data());
        } else if (option.code == offsetOption) {
            offsetSeconds = static_cast<std::int64_t>(wideNumber(block, option).value_or(0));
        }
    });
    interface.clock = PcapngClock(resolution, offsetSeconds);
    return interface;
}

std::optional<PcapngPacket> parsePacket(PcapngBlockType type, const PcapngBlock& block)
{
    if (type == PcapngBlockType::SimplePacket)
        return hasFixedPart(block, 4) ? std::optional(simplePacket(block)) : std::nullopt;
    if (!hasFixedPart(block, 20))
        return {};
    return type == PcapngBlockType::EnhancedPacket ? enhancedPacket(block) : obsoletePacket(block);
}

std::optional<PcapngStatistics> parseInterfaceStatistics(const PcapngBlock& block)
{
    constexpr std::uint16_t droppedByInterfaceOption = 5;
    constexpr std::uint16_t droppedBySystemOption = 7;
    if (!hasFixedPart(block, 12))
        return {};
    PcapngStatistics statistics{.interface = block.field<std::uint32_t>(8), .dropped = {}};
    forEachOption(block, 20, [&](const Option& option) {
        if (option.code != droppedByInterfaceOption && option.code != droppedBySystemOption)
            return;
        if (const auto count = wideNumber(block, option))
            statistics.dropped = statistics.dropped.value_or(0) + *count;
    });
    return statistics;
}

} // namespace halfshake
