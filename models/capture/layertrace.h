// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <vector>

namespace halfshake {

/// A header inside a packet, as packetDetails() shows it.
enum class LayerKind : std::uint8_t {
    Ethernet,
    LinuxSll,
    LinuxSll2,
    Null,
    Nflog,
    Vlan,
    Mpls,
    Pppoe,
    Ppp,
    Ipv4,
    Ipv6,
    Ipv6Extension,
    Gre,
    Erspan,
    Udp,
    Vxlan,
    Geneve,
    Gtp,
    Tcp,
    Icmp,
    Icmpv6,
    Payload,
};

struct Layer
{
    LayerKind kind = LayerKind::Payload;
    std::uint8_t detail = 0; ///< Ipv6Extension: its protocol number.
    bool isQuoted = false; ///< Inside an ICMP error.
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
};

/// The headers of one packet, outermost first.
using LayerTrace = std::vector<Layer>;

} // namespace halfshake
