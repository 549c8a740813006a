// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/ipheader.h"

#include <algorithm>
#include <cstring>

namespace halfshake {

namespace {

using Kind = NextHeader::Kind;

constexpr std::uint8_t hopByHop = 0;
constexpr std::uint8_t routing = 43;
constexpr std::uint8_t fragment = 44;
constexpr std::uint8_t authentication = 51;
constexpr std::uint8_t destinationOptions = 60;
constexpr std::uint8_t mobility = 135;

IpAddress addressV4(const std::byte* bytes)
{
    IpAddress address;
    address.bytes[10] = 0xff;
    address.bytes[11] = 0xff;
    std::memcpy(address.bytes.data() + 12, bytes, 4);
    return address;
}

IpAddress addressV6(const std::byte* bytes)
{
    IpAddress address;
    std::memcpy(address.bytes.data(), bytes, address.bytes.size());
    return address;
}

/// What is left of the packet on the wire: for packets whose length does not fit into the header (GSO, BIG TCP).
std::uint32_t leftOnWire(const DecodeState& state)
{
    const auto passed = static_cast<std::uint32_t>(state.offset);
    return std::max(state.originalLength, passed) - passed;
}

NextHeader passIpv4(DecodeState& state, PacketView& view)
{
    constexpr std::size_t smallest = 20;
    if (!state.has(smallest))
        return {Kind::CutOff, 0};
    const std::size_t headerLength = std::size_t{state.byte(0) & 0x0fU} * 4;
    if (headerLength < smallest)
        return {Kind::CutOff, 0};
    std::uint32_t totalLength = state.big<std::uint16_t>(2);
    if (totalLength == 0)
        totalLength = leftOnWire(state);
    const bool isLaterFragment = (state.big<std::uint16_t>(6) & 0x1fff) != 0;
    view.ipIdentification = state.big<std::uint16_t>(4);
    view.hopLimit = state.byte(8);
    const std::uint8_t protocol = state.byte(9);
    view.source = addressV4(state.here() + 12);
    view.destination = addressV4(state.here() + 16);
    state.ipPayloadLength =
        std::max(totalLength, static_cast<std::uint32_t>(headerLength)) - static_cast<std::uint32_t>(headerLength);
    const bool isWhole = state.has(headerLength);
    state.pass(LayerKind::Ipv4, headerLength);
    if (isLaterFragment)
        return {};
    return isWhole ? NextHeader{Kind::IpProtocol, protocol} : NextHeader{Kind::CutOff, protocol};
}

struct ExtensionHeader
{
    std::size_t length = 0; ///< 0 for what is no extension header.
    bool isLaterFragment = false;
};

ExtensionHeader extensionHeader(std::uint8_t protocol, const DecodeState& state)
{
    switch (protocol) {
    case hopByHop:
    case routing:
    case destinationOptions:
    case mobility:
        return {std::size_t{state.byte(1)} * 8 + 8, false};
    case authentication:
        return {std::size_t{state.byte(1)} * 4 + 8, false};
    case fragment:
        return {8, state.has(4) && (state.big<std::uint16_t>(2) & 0xfff8) != 0};
    default:
        return {};
    }
}

NextHeader passIpv6(DecodeState& state, PacketView& view)
{
    constexpr std::size_t size = 40;
    if (!state.has(size))
        return {Kind::CutOff, 0};
    std::uint32_t payloadLength = state.big<std::uint16_t>(4);
    std::uint8_t protocol = state.byte(6);
    view.ipIdentification = 0;
    view.hopLimit = state.byte(7);
    view.source = addressV6(state.here() + 8);
    view.destination = addressV6(state.here() + 24);
    state.pass(LayerKind::Ipv6, size);
    if (payloadLength == 0)
        payloadLength = leftOnWire(state);
    while (state.has(2)) {
        const ExtensionHeader extension = extensionHeader(protocol, state);
        if (extension.length == 0)
            break;
        const std::uint8_t next = state.byte(0);
        const bool isWhole = state.has(extension.length);
        state.pass(LayerKind::Ipv6Extension, extension.length, protocol);
        if (!isWhole)
            return {Kind::CutOff, next};
        payloadLength -= std::min(payloadLength, static_cast<std::uint32_t>(extension.length));
        if (extension.isLaterFragment)
            return {};
        protocol = next;
    }
    state.ipPayloadLength = payloadLength;
    return {Kind::IpProtocol, protocol};
}

} // namespace

NextHeader passIp(DecodeState& state, PacketView& view)
{
    if (!state.has(1))
        return {Kind::CutOff, 0};
    switch (state.byte(0) >> 4) {
    case 4:
        return passIpv4(state, view);
    case 6:
        return passIpv6(state, view);
    default:
        return {};
    }
}

} // namespace halfshake
