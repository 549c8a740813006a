// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/byteorder.h"
#include "models/capture/encapsulation.h"
#include "models/capture/layertrace.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace halfshake {

/// What comes after a header.
struct NextHeader
{
    enum class Kind : std::uint8_t {
        LinkLayer, ///< value: LinkType
        EtherType, ///< value: EtherType
        Ip, ///< IPv4 or IPv6, as the first four bits say
        IpProtocol, ///< value: protocol number
        Nothing, ///< Known, and nothing in it for this program.
        CutOff, ///< The header is not there as a whole.
        Unsupported,
    };
    Kind kind = Kind::Nothing;
    std::uint16_t value = 0;
};

namespace ethertype {
inline constexpr std::uint16_t ipv4 = 0x0800;
inline constexpr std::uint16_t vlan = 0x8100;
inline constexpr std::uint16_t ipv6 = 0x86dd;
inline constexpr std::uint16_t mpls = 0x8847;
inline constexpr std::uint16_t mplsMulticast = 0x8848;
inline constexpr std::uint16_t pppoeSession = 0x8864;
inline constexpr std::uint16_t serviceVlan = 0x88a8;
inline constexpr std::uint16_t ciscoQinQ = 0x9100;
inline constexpr std::uint16_t transparentEthernet = 0x6558;
inline constexpr std::uint16_t erspanTwo = 0x88be;
inline constexpr std::uint16_t erspanThree = 0x22eb;
inline constexpr std::uint16_t ppp = 0x880b;
} // namespace ethertype

namespace ipprotocol {
inline constexpr std::uint8_t icmp = 1;
inline constexpr std::uint8_t ipv4 = 4;
inline constexpr std::uint8_t tcp = 6;
inline constexpr std::uint8_t udp = 17;
inline constexpr std::uint8_t ipv6 = 41;
inline constexpr std::uint8_t gre = 47;
inline constexpr std::uint8_t icmpv6 = 58;
} // namespace ipprotocol

/// Where decoding stands inside one packet.
struct DecodeState
{
    std::span<const std::byte> bytes;
    LayerTrace* trace = nullptr; ///< Filled where somebody wants to see the headers.
    Encapsulation encapsulation;
    std::size_t offset = 0; ///< Never beyond bytes.size().
    std::uint32_t originalLength = 0; ///< Of the packet on the wire.
    std::uint32_t ipPayloadLength = 0; ///< What follows the innermost IP header, as that header states it.
    std::uint8_t tunnels = 0;

    [[nodiscard]] std::size_t left() const noexcept { return bytes.size() - offset; }
    [[nodiscard]] bool has(std::size_t count) const noexcept { return left() >= count; }
    [[nodiscard]] const std::byte* here() const noexcept { return bytes.data() + offset; }

    template<typename Integer>
    [[nodiscard]] Integer big(std::size_t delta) const noexcept
    {
        return loadBig<Integer>(here() + delta);
    }
    [[nodiscard]] std::uint8_t byte(std::size_t delta) const noexcept { return loadByte(here() + delta); }

    /// Steps over a header of \a length bytes, which may be cut off.
    void pass(LayerKind kind, std::size_t length, std::uint8_t detail = 0)
    {
        const std::size_t present = std::min(length, left());
        if (trace)
            trace->push_back({.kind = kind,
                .detail = detail,
                .isQuoted = false,
                .offset = static_cast<std::uint32_t>(offset),
                .length = static_cast<std::uint32_t>(present)});
        offset += present;
    }
};

} // namespace halfshake
