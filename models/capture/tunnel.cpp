// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/tunnel.h"

#include "models/capture/captureinterface.h"
#include "models/capture/linklayer.h"

namespace halfshake {

namespace {

using Kind = NextHeader::Kind;

constexpr NextHeader innerEthernet{Kind::LinkLayer, static_cast<std::uint16_t>(LinkType::Ethernet)};

constexpr std::uint16_t vxlanPort = 4789;
constexpr std::uint16_t linuxVxlanPort = 8472; // what Linux and flannel used before IANA assigned a port
constexpr std::uint16_t vxlanGpePort = 4790;
constexpr std::uint16_t genevePort = 6081;
constexpr std::uint16_t gtpUserPort = 2152;

NextHeader passErspan(std::uint16_t protocol, DecodeState& state)
{
    std::size_t size = 8;
    if (protocol == ethertype::erspanThree) {
        size = 12;
        if (state.has(size) && (state.byte(11) & 1) != 0) // O: a platform specific subheader follows
            size += 8;
    }
    if (!state.has(size))
        return {Kind::CutOff, 0};
    state.encapsulation.add(EncapsulationKind::Erspan, state.big<std::uint16_t>(2) & 0x03ff);
    state.pass(LayerKind::Erspan, size);
    return innerEthernet;
}

NextHeader afterGre(std::uint16_t protocol, bool hasSequence, DecodeState& state)
{
    switch (protocol) {
    case ethertype::transparentEthernet:
        return innerEthernet;
    case ethertype::ppp:
        return passPpp(state);
    case ethertype::erspanTwo:
        // ERSPAN type I is plain Ethernet and comes without a sequence number.
        return hasSequence ? passErspan(protocol, state) : innerEthernet;
    case ethertype::erspanThree:
        return passErspan(protocol, state);
    default:
        return {Kind::EtherType, protocol};
    }
}

NextHeader passGre(DecodeState& state)
{
    constexpr std::uint16_t checksumFlag = 0x8000;
    constexpr std::uint16_t routingFlag = 0x4000;
    constexpr std::uint16_t keyFlag = 0x2000;
    constexpr std::uint16_t sequenceFlag = 0x1000;
    constexpr std::uint16_t acknowledgmentFlag = 0x0080;
    if (!state.has(4))
        return {Kind::CutOff, 0};
    const auto flags = state.big<std::uint16_t>(0);
    const auto protocol = state.big<std::uint16_t>(2);
    const bool isEnhanced = (flags & 7) == 1; // RFC 2637, PPTP
    std::size_t size = 4;
    if ((flags & (checksumFlag | routingFlag)) != 0)
        size += 4;
    std::uint32_t key = 0;
    if ((flags & keyFlag) != 0) {
        if (!state.has(size + 4))
            return {Kind::CutOff, 0};
        key = isEnhanced ? state.big<std::uint16_t>(size + 2) : state.big<std::uint32_t>(size);
        size += 4;
    }
    if ((flags & sequenceFlag) != 0)
        size += 4;
    if (isEnhanced && (flags & acknowledgmentFlag) != 0)
        size += 4;
    if (!state.has(size))
        return {Kind::CutOff, 0};
    state.encapsulation.add(EncapsulationKind::Gre, key);
    state.pass(LayerKind::Gre, size);
    return afterGre(protocol, (flags & sequenceFlag) != 0, state);
}

// The generic protocol extension says in its last flag byte what it carries; without it that is Ethernet.
NextHeader passVxlan(DecodeState& state, bool isGpe)
{
    constexpr std::size_t size = 8;
    constexpr std::uint8_t hasProtocol = 0x04;
    constexpr std::uint8_t ipv4Inside = 1;
    constexpr std::uint8_t ipv6Inside = 2;
    if (!state.has(size))
        return {Kind::CutOff, 0};
    if ((state.byte(0) & 0x08) == 0) // I: the VNI is valid
        return {};
    state.encapsulation.add(EncapsulationKind::Vxlan, state.big<std::uint32_t>(4) >> 8);
    const std::uint8_t protocol = isGpe && (state.byte(0) & hasProtocol) != 0 ? state.byte(3) : std::uint8_t{0};
    state.pass(LayerKind::Vxlan, size);
    return protocol == ipv4Inside || protocol == ipv6Inside ? NextHeader{Kind::Ip, 0} : innerEthernet;
}

NextHeader passGeneve(DecodeState& state)
{
    constexpr std::size_t smallest = 8;
    if (!state.has(smallest))
        return {Kind::CutOff, 0};
    const std::uint8_t first = state.byte(0);
    if (first >> 6 != 0) // version
        return {};
    const std::size_t size = smallest + std::size_t{first & 0x3fU} * 4;
    if (!state.has(size))
        return {Kind::CutOff, 0};
    const auto protocol = state.big<std::uint16_t>(2);
    state.encapsulation.add(EncapsulationKind::Geneve, state.big<std::uint32_t>(4) >> 8);
    state.pass(LayerKind::Geneve, size);
    return protocol == ethertype::transparentEthernet ? innerEthernet : NextHeader{Kind::EtherType, protocol};
}

NextHeader passGtp(DecodeState& state)
{
    constexpr std::size_t smallest = 8;
    constexpr std::uint8_t userPacket = 0xff;
    if (!state.has(smallest))
        return {Kind::CutOff, 0};
    const std::uint8_t flags = state.byte(0);
    if (flags >> 5 != 1 || state.byte(1) != userPacket)
        return {};
    std::size_t size = smallest;
    if ((flags & 7) != 0) {
        size += 4;
        if (!state.has(size))
            return {Kind::CutOff, 0};
        std::uint8_t extension = state.byte(size - 1);
        while (extension != 0) {
            if (!state.has(size + 1))
                return {Kind::CutOff, 0};
            const std::size_t length = std::size_t{state.byte(size)} * 4;
            if (length == 0 || !state.has(size + length))
                return {Kind::CutOff, 0};
            size += length;
            extension = state.byte(size - 1);
        }
    }
    state.encapsulation.add(EncapsulationKind::Gtp, state.big<std::uint32_t>(4));
    state.pass(LayerKind::Gtp, size);
    return {Kind::Ip, 0};
}

NextHeader passUdp(DecodeState& state)
{
    constexpr std::size_t size = 8;
    if (!state.has(size))
        return {};
    const auto port = state.big<std::uint16_t>(2);
    state.pass(LayerKind::Udp, size);
    switch (port) {
    case vxlanPort:
    case linuxVxlanPort:
        return passVxlan(state, false);
    case vxlanGpePort:
        return passVxlan(state, true);
    case genevePort:
        return passGeneve(state);
    case gtpUserPort:
        return passGtp(state);
    default:
        return {};
    }
}

} // namespace

NextHeader passTunnel(std::uint8_t ipProtocol, DecodeState& state)
{
    switch (ipProtocol) {
    case ipprotocol::ipv4:
    case ipprotocol::ipv6:
        state.encapsulation.add(EncapsulationKind::Ipip, ipProtocol);
        return {Kind::Ip, 0};
    case ipprotocol::gre:
        return passGre(state);
    case ipprotocol::udp:
        return passUdp(state);
    default:
        return {};
    }
}

} // namespace halfshake
