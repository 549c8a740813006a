// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/linklayer.h"

#include <bit>

namespace halfshake {

namespace {

using Kind = NextHeader::Kind;

constexpr std::uint16_t arphrdLoopback = 772;
constexpr std::uint16_t arphrdGre = 778;
constexpr std::uint16_t arphrdNetlink = 824;

PacketDirection directionOfSll(std::uint16_t packetType)
{
    switch (packetType) { // linux/if_packet.h
    case 0: // PACKET_HOST
    case 1: // PACKET_BROADCAST
    case 2: // PACKET_MULTICAST
        return PacketDirection::Received;
    case 3:
        return PacketDirection::Passing;
    case 4:
        return PacketDirection::Sent;
    default:
        return PacketDirection::Unknown;
    }
}

NextHeader sllPayload(std::uint16_t hardwareType, std::uint16_t protocol)
{
    if (hardwareType == arphrdNetlink)
        return {};
    // Tunnel devices without a protocol of their own leave the type at 0.
    if (protocol == 0 && hardwareType == arphrdGre)
        return {Kind::Ip, 0};
    return {Kind::EtherType, protocol};
}

NextHeader passEthernet(DecodeState& state)
{
    constexpr std::size_t size = 14;
    if (!state.has(size))
        return {Kind::CutOff, 0};
    const auto type = state.big<std::uint16_t>(12);
    state.pass(LayerKind::Ethernet, size);
    return {Kind::EtherType, type};
}

NextHeader passSll(DecodeState& state, PacketView& view)
{
    constexpr std::size_t size = 16;
    if (!state.has(size))
        return {Kind::CutOff, 0};
    view.direction = directionOfSll(state.big<std::uint16_t>(0));
    const auto next = sllPayload(state.big<std::uint16_t>(2), state.big<std::uint16_t>(14));
    state.pass(LayerKind::LinuxSll, size);
    return next;
}

NextHeader passSll2(DecodeState& state, PacketView& view)
{
    constexpr std::size_t size = 20;
    if (!state.has(size))
        return {Kind::CutOff, 0};
    view.interfaceIndex = state.big<std::uint32_t>(4);
    view.direction = directionOfSll(state.byte(10));
    const auto next = sllPayload(state.big<std::uint16_t>(8), state.big<std::uint16_t>(0));
    state.pass(LayerKind::LinuxSll2, size);
    return next;
}

// NULL is in the byte order of the capturing machine, which may not be this one; LOOP is big endian. AF_INET is 2
// everywhere, AF_INET6 is not, so the IP header itself decides.
NextHeader passNull(DecodeState& state)
{
    constexpr std::size_t size = 4;
    if (!state.has(size))
        return {Kind::CutOff, 0};
    const auto family = state.big<std::uint32_t>(0);
    state.pass(LayerKind::Null, size);
    const std::uint32_t value = family > 0xffff ? std::byteswap(family) : family;
    switch (value) {
    case 2: // AF_INET
    case 10: // AF_INET6 of Linux
    case 24: // of NetBSD, OpenBSD
    case 28: // of FreeBSD
    case 30: // of macOS
        return {Kind::Ip, 0};
    default:
        return {};
    }
}

NextHeader passNflog(DecodeState& state)
{
    constexpr std::size_t headerSize = 4;
    constexpr std::size_t tlvHeaderSize = 4;
    constexpr std::uint16_t payloadTlv = 9;
    if (!state.has(headerSize))
        return {Kind::CutOff, 0};
    std::size_t size = headerSize;
    // The TLVs are in the byte order of the capturing machine: a length that does not fit tells the order.
    while (state.has(size + tlvHeaderSize)) {
        const auto length = loadNative<std::uint16_t>(state.here() + size, std::endian::native == std::endian::big);
        const auto type = loadNative<std::uint16_t>(state.here() + size + 2, std::endian::native == std::endian::big);
        if (length < tlvHeaderSize)
            break;
        if (type == payloadTlv) {
            state.pass(LayerKind::Nflog, size + tlvHeaderSize);
            return {Kind::Ip, 0};
        }
        size += (std::size_t{length} + 3) & ~std::size_t{3};
    }
    return state.has(size) ? NextHeader{} : NextHeader{Kind::CutOff, 0};
}

NextHeader passVlan(DecodeState& state)
{
    constexpr std::size_t size = 4;
    if (!state.has(size))
        return {Kind::CutOff, 0};
    state.encapsulation.add(EncapsulationKind::Vlan, state.big<std::uint16_t>(0) & 0x0fff);
    const auto type = state.big<std::uint16_t>(2);
    state.pass(LayerKind::Vlan, size);
    return {Kind::EtherType, type};
}

NextHeader passMpls(DecodeState& state)
{
    constexpr std::size_t size = 4;
    bool isBottom = false;
    while (!isBottom) {
        if (!state.has(size))
            return {Kind::CutOff, 0};
        const auto entry = state.big<std::uint32_t>(0);
        isBottom = (entry & 0x100) != 0;
        state.encapsulation.add(EncapsulationKind::Mpls, entry >> 12);
        state.pass(LayerKind::Mpls, size);
    }
    if (!state.has(1))
        return {Kind::CutOff, 0};
    switch (state.byte(0) >> 4) { // RFC 4928: the first nibble tells IP from a pseudowire
    case 4:
    case 6:
        return {Kind::Ip, 0};
    case 0:
        if (!state.has(4))
            return {Kind::CutOff, 0};
        state.pass(LayerKind::Mpls, 4);
        return {Kind::LinkLayer, static_cast<std::uint16_t>(LinkType::Ethernet)};
    default:
        return {Kind::LinkLayer, static_cast<std::uint16_t>(LinkType::Ethernet)};
    }
}

NextHeader passPppoe(DecodeState& state)
{
    constexpr std::size_t size = 6;
    if (!state.has(size))
        return {Kind::CutOff, 0};
    state.encapsulation.add(EncapsulationKind::Pppoe, state.big<std::uint16_t>(2));
    state.pass(LayerKind::Pppoe, size);
    return passPpp(state);
}

} // namespace

NextHeader passPpp(DecodeState& state)
{
    std::size_t size = 0;
    if (state.has(2) && state.big<std::uint16_t>(0) == 0xff03) // address and control, where not compressed away
        size = 2;
    if (!state.has(size + 1))
        return {Kind::CutOff, 0};
    std::uint16_t protocol = state.byte(size);
    ++size;
    if ((protocol & 1) == 0) { // RFC 1661 2: the first byte of a two byte protocol is even
        if (!state.has(size + 1))
            return {Kind::CutOff, 0};
        protocol = static_cast<std::uint16_t>(protocol << 8 | state.byte(size));
        ++size;
    }
    state.pass(LayerKind::Ppp, size);
    return protocol == 0x21 || protocol == 0x57 ? NextHeader{Kind::Ip, 0} : NextHeader{};
}

NextHeader passLinkLayer(LinkType type, DecodeState& state, PacketView& view)
{
    switch (type) {
    case LinkType::Ethernet:
        return passEthernet(state);
    case LinkType::LinuxSll:
        return passSll(state, view);
    case LinkType::LinuxSll2:
        return passSll2(state, view);
    case LinkType::Null:
    case LinkType::Loop:
        return passNull(state);
    case LinkType::Nflog:
        return passNflog(state);
    case LinkType::Raw:
    case LinkType::RawAsInDlt:
    case LinkType::RawAsInOpenBsd:
    case LinkType::Ipv4:
    case LinkType::Ipv6:
        return {Kind::Ip, 0};
    }
    return {Kind::Unsupported, 0};
}

NextHeader passEtherType(std::uint16_t type, DecodeState& state)
{
    switch (type) {
    case ethertype::ipv4:
    case ethertype::ipv6:
        return {Kind::Ip, 0};
    case ethertype::vlan:
    case ethertype::serviceVlan:
    case ethertype::ciscoQinQ:
        return passVlan(state);
    case ethertype::mpls:
    case ethertype::mplsMulticast:
        return passMpls(state);
    case ethertype::pppoeSession:
        return passPppoe(state);
    default:
        return {};
    }
}

} // namespace halfshake
