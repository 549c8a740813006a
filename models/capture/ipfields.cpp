// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/fieldformat.h"
#include "models/capture/layerfields.h"

#include <format>

namespace halfshake::layerfields {

namespace {

using namespace fieldformat;

void addAddress(FieldBuilder& builder, std::string_view name, std::size_t offset, std::size_t length)
{
    if (builder.has(offset, length))
        builder.add(name, offset, length, ipAddress(builder.bytes(offset, length)));
}

std::string fromTo(const FieldBuilder& builder, std::size_t offset, std::size_t length)
{
    if (!builder.has(offset, 2 * length))
        return {};
    return std::format("Src: {}, Dst: {}", ipAddress(builder.bytes(offset, length)),
        ipAddress(builder.bytes(offset + length, length)));
}

std::string trafficClass(std::uint8_t value)
{
    return std::format("{:#04x} (DSCP: {}, ECN: {})", value, value >> 2, value & 3);
}

std::string fragmentFlags(std::uint16_t value)
{
    std::string text = std::format("{:#x}", value >> 13);
    if ((value & 0x4000) != 0)
        text += ", Don't fragment";
    if ((value & 0x2000) != 0)
        text += ", More fragments";
    return text;
}

PacketField ipv4(FieldBuilder builder)
{
    if (builder.has(0, 1)) {
        const auto first = builder.big<std::uint8_t>(0);
        builder.add("Version", 0, 1, decimal(first >> 4));
        builder.add("Header Length", 0, 1, std::format("{} bytes ({})", (first & 0x0f) * 4, first & 0x0f));
    }
    builder.number<std::uint8_t>("Differentiated Services Field", 1, trafficClass);
    builder.number<std::uint16_t>("Total Length", 2, [](std::uint16_t length) {
        return length == 0 ? "0 (larger than the field: segmentation offload)" : decimal(length);
    });
    builder.number<std::uint16_t>(
        "Identification", 4, [](std::uint16_t id) { return std::format("{:#06x} ({})", id, id); });
    builder.number<std::uint16_t>("Flags", 6, fragmentFlags);
    builder.number<std::uint16_t>(
        "Fragment Offset", 6, [](std::uint16_t value) { return decimal((value & 0x1fffU) * 8); });
    builder.number<std::uint8_t>("Time to Live", 8, decimal);
    builder.number<std::uint8_t>("Protocol", 9, ipProtocol);
    builder.number<std::uint16_t>("Header Checksum", 10, hex16);
    addAddress(builder, "Source Address", 12, 4);
    addAddress(builder, "Destination Address", 16, 4);
    if (builder.length() > 20)
        builder.add("Options", 20, builder.length() - 20, std::format("{} bytes", builder.length() - 20));
    builder.setSummary(fromTo(builder, 12, 4));
    return builder.take();
}

PacketField ipv6(FieldBuilder builder)
{
    if (builder.has(0, 4)) {
        const auto first = builder.big<std::uint32_t>(0);
        builder.add("Version", 0, 1, decimal(first >> 28));
        builder.add("Traffic Class", 0, 2, trafficClass(static_cast<std::uint8_t>(first >> 20 & 0xff)));
        builder.add("Flow Label", 1, 3, std::format("{:#07x}", first & 0xfffff));
    }
    builder.number<std::uint16_t>("Payload Length", 4, decimal);
    builder.number<std::uint8_t>("Next Header", 6, ipProtocol);
    builder.number<std::uint8_t>("Hop Limit", 7, decimal);
    addAddress(builder, "Source Address", 8, 16);
    addAddress(builder, "Destination Address", 24, 16);
    builder.setSummary(fromTo(builder, 8, 16));
    return builder.take();
}

PacketField extension(FieldBuilder builder, std::uint8_t protocol)
{
    builder.setSummary(ipProtocol(protocol));
    builder.number<std::uint8_t>("Next Header", 0, ipProtocol);
    builder.number<std::uint8_t>("Length", 1, decimal);
    return builder.take();
}

} // namespace

PacketField ip(std::span<const std::byte> packet, const Layer& layer)
{
    switch (layer.kind) {
    case LayerKind::Ipv4:
        return ipv4(FieldBuilder(packet, layer, "Internet Protocol Version 4"));
    case LayerKind::Ipv6:
        return ipv6(FieldBuilder(packet, layer, "Internet Protocol Version 6"));
    default:
        return extension(FieldBuilder(packet, layer, "IPv6 Extension Header"), layer.detail);
    }
}

} // namespace halfshake::layerfields
