// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/fieldformat.h"
#include "models/capture/layerfields.h"

#include <format>

namespace halfshake::layerfields {

namespace {

using namespace fieldformat;

PacketField udp(FieldBuilder builder)
{
    builder.number<std::uint16_t>("Source Port", 0, decimal);
    builder.number<std::uint16_t>("Destination Port", 2, decimal);
    builder.number<std::uint16_t>("Length", 4, decimal);
    builder.number<std::uint16_t>("Checksum", 6, hex16);
    if (builder.has(0, 4))
        builder.setSummary(
            std::format("Src Port: {}, Dst Port: {}", builder.big<std::uint16_t>(0), builder.big<std::uint16_t>(2)));
    return builder.take();
}

PacketField gre(FieldBuilder builder)
{
    builder.number<std::uint16_t>("Flags and Version", 0, hex16);
    builder.number<std::uint16_t>("Protocol Type", 2, etherType);
    if (!builder.has(0, 4))
        return builder.take();
    const auto flags = builder.big<std::uint16_t>(0);
    builder.setSummary(etherType(builder.big<std::uint16_t>(2)));
    std::size_t offset = (flags & 0xc000) != 0 ? 8 : 4;
    if ((flags & 0x2000) != 0) {
        builder.number<std::uint32_t>("Key", offset, hex32);
        offset += 4;
    }
    if ((flags & 0x1000) != 0)
        builder.number<std::uint32_t>("Sequence Number", offset, decimal);
    return builder.take();
}

std::string networkIdentifier(std::uint32_t word)
{
    return decimal(word >> 8);
}

PacketField vxlan(FieldBuilder builder)
{
    builder.number<std::uint16_t>("Flags", 0, hex16);
    builder.number<std::uint16_t>("Group Policy ID", 2, decimal);
    builder.number<std::uint32_t>("VXLAN Network Identifier (VNI)", 4, networkIdentifier);
    if (builder.has(0, 8))
        builder.setSummary("VNI: " + networkIdentifier(builder.big<std::uint32_t>(4)));
    return builder.take();
}

PacketField geneve(FieldBuilder builder)
{
    builder.number<std::uint8_t>(
        "Options Length", 0, [](std::uint8_t value) { return std::format("{} bytes", (value & 0x3f) * 4); });
    builder.number<std::uint16_t>("Protocol Type", 2, etherType);
    builder.number<std::uint32_t>("Virtual Network Identifier (VNI)", 4, networkIdentifier);
    if (builder.has(0, 8))
        builder.setSummary("VNI: " + networkIdentifier(builder.big<std::uint32_t>(4)));
    if (builder.length() > 8)
        builder.add("Options", 8, builder.length() - 8, std::format("{} bytes", builder.length() - 8));
    return builder.take();
}

PacketField gtp(FieldBuilder builder)
{
    builder.number<std::uint8_t>("Flags", 0, hex16);
    builder.number<std::uint8_t>("Message Type", 1, decimal);
    builder.number<std::uint16_t>("Length", 2, decimal);
    builder.number<std::uint32_t>("TEID", 4, hex32);
    return builder.take();
}

} // namespace

PacketField tunnel(std::span<const std::byte> packet, const Layer& layer)
{
    switch (layer.kind) {
    case LayerKind::Gre:
        return gre(FieldBuilder(packet, layer, "Generic Routing Encapsulation"));
    case LayerKind::Erspan:
        return FieldBuilder(packet, layer, "Encapsulated Remote Switch Packet ANalysis").take();
    case LayerKind::Vxlan:
        return vxlan(FieldBuilder(packet, layer, "Virtual eXtensible Local Area Network"));
    case LayerKind::Geneve:
        return geneve(FieldBuilder(packet, layer, "Generic Network Virtualization Encapsulation"));
    case LayerKind::Gtp:
        return gtp(FieldBuilder(packet, layer, "GPRS Tunneling Protocol"));
    default:
        return udp(FieldBuilder(packet, layer, "User Datagram Protocol"));
    }
}

} // namespace halfshake::layerfields
