// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/fieldformat.h"
#include "models/capture/layerfields.h"

#include <array>
#include <format>

namespace halfshake::layerfields {

namespace {

using namespace fieldformat;

std::string sllPacketType(std::uint16_t type)
{
    constexpr std::array names{"Unicast to us", "Broadcast", "Multicast", "Unicast to another host", "Sent by us"};
    return type < names.size() ? std::format("{} ({})", names[type], type) : decimal(type);
}

void addMac(FieldBuilder& builder, std::string_view name, std::size_t offset, std::size_t length)
{
    if (builder.has(offset, length))
        builder.add(name, offset, length, macAddress(builder.bytes(offset, length)));
}

PacketField ethernet(FieldBuilder builder)
{
    addMac(builder, "Destination", 0, 6);
    addMac(builder, "Source", 6, 6);
    builder.number<std::uint16_t>("Type", 12, etherType);
    if (builder.has(0, 12))
        builder.setSummary(
            std::format("Src: {}, Dst: {}", macAddress(builder.bytes(6, 6)), macAddress(builder.bytes(0, 6))));
    return builder.take();
}

PacketField sll(FieldBuilder builder)
{
    builder.number<std::uint16_t>("Packet type", 0, sllPacketType);
    builder.number<std::uint16_t>("Link-layer address type", 2, decimal);
    builder.number<std::uint16_t>("Link-layer address length", 4, decimal);
    addMac(builder, "Source", 6, 6);
    builder.number<std::uint16_t>("Protocol", 14, etherType);
    if (builder.has(0, 2))
        builder.setSummary(sllPacketType(builder.big<std::uint16_t>(0)));
    return builder.take();
}

PacketField sll2(FieldBuilder builder)
{
    builder.number<std::uint16_t>("Protocol", 0, etherType);
    builder.number<std::uint32_t>("Interface index", 4, decimal);
    builder.number<std::uint16_t>("Link-layer address type", 8, decimal);
    builder.number<std::uint8_t>("Packet type", 10, sllPacketType);
    builder.number<std::uint8_t>("Link-layer address length", 11, decimal);
    addMac(builder, "Source", 12, 6);
    if (builder.has(0, 11))
        builder.setSummary(std::format(
            "{}, interface {}", sllPacketType(builder.big<std::uint8_t>(10)), builder.big<std::uint32_t>(4)));
    return builder.take();
}

PacketField vlan(FieldBuilder builder)
{
    if (builder.has(0, 2)) {
        const auto tag = builder.big<std::uint16_t>(0);
        builder.setSummary(std::format("PRI: {}, DEI: {}, ID: {}", tag >> 13, tag >> 12 & 1, tag & 0x0fff));
        builder.add("Priority", 0, 2, decimal(tag >> 13));
        builder.add("DEI", 0, 2, decimal(tag >> 12 & 1));
        builder.add("ID", 0, 2, decimal(tag & 0x0fff));
    }
    builder.number<std::uint16_t>("Type", 2, etherType);
    return builder.take();
}

PacketField mpls(FieldBuilder builder)
{
    if (builder.has(0, 4)) {
        const auto entry = builder.big<std::uint32_t>(0);
        builder.setSummary(std::format(
            "Label: {}, Exp: {}, S: {}, TTL: {}", entry >> 12, entry >> 9 & 7, entry >> 8 & 1, entry & 0xff));
        builder.add("Label", 0, 4, decimal(entry >> 12));
        builder.add("Experimental Bits", 0, 4, decimal(entry >> 9 & 7));
        builder.add("Bottom Of Label Stack", 0, 4, decimal(entry >> 8 & 1));
        builder.add("TTL", 3, 1, decimal(entry & 0xff));
    }
    return builder.take();
}

PacketField pppoe(FieldBuilder builder)
{
    builder.number<std::uint8_t>("Code", 1, decimal);
    builder.number<std::uint16_t>("Session ID", 2, hex16);
    builder.number<std::uint16_t>("Payload Length", 4, decimal);
    return builder.take();
}

} // namespace

PacketField linkLayer(std::span<const std::byte> packet, const Layer& layer)
{
    switch (layer.kind) {
    case LayerKind::Ethernet:
        return ethernet(FieldBuilder(packet, layer, "Ethernet II"));
    case LayerKind::LinuxSll:
        return sll(FieldBuilder(packet, layer, "Linux cooked capture v1"));
    case LayerKind::LinuxSll2:
        return sll2(FieldBuilder(packet, layer, "Linux cooked capture v2"));
    case LayerKind::Vlan:
        return vlan(FieldBuilder(packet, layer, "802.1Q Virtual LAN"));
    case LayerKind::Mpls:
        return mpls(FieldBuilder(packet, layer, "MultiProtocol Label Switching Header"));
    case LayerKind::Pppoe:
        return pppoe(FieldBuilder(packet, layer, "PPP-over-Ethernet Session"));
    case LayerKind::Ppp:
        return FieldBuilder(packet, layer, "Point-to-Point Protocol").take();
    case LayerKind::Nflog:
        return FieldBuilder(packet, layer, "Linux Netfilter NFLOG").take();
    default:
        return FieldBuilder(packet, layer, "Null/Loopback").take();
    }
}

} // namespace halfshake::layerfields
