// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"
#include "models/capture/encapsulation.h"
#include "models/capture/packetrecord.h"

#include <cstdint>

namespace halfshake {

/// What one packet is to the handshake analysis.
enum class PacketKind : std::uint8_t {
    Other, ///< Anything but the rest: ARP, UDP, a later IP fragment.
    Tcp,
    IcmpError, ///< An ICMP or ICMPv6 error that quotes a TCP header.
    Undecodable, ///< A header is cut off or of a link type this program does not read.
};

/// Header fields of one TCP segment. For an ICMP error those of the segment it quotes, as far as quoted.
struct TcpSegment
{
    std::uint32_t sequence = 0;
    std::uint32_t acknowledgment = 0;
    std::uint32_t payloadLength = 0; ///< From the IP header, never from what was captured.
    std::uint32_t payloadOffset = 0; ///< Into the packet's bytes; may lie beyond what was captured.
    std::uint32_t timestampValue = 0;
    std::uint32_t timestampEcho = 0;
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    std::uint16_t window = 0;
    std::uint8_t flags = 0; ///< tcpflag bits; ECE and CWR too.
    bool hasTimestamps = false;
};

/// The innermost IP packet of one record, decoded as far as the analysis needs it.
struct PacketView
{
    IpAddress source;
    IpAddress destination;
    IpAddress reporter; ///< Who sent the ICMP error; source and destination are those of the segment it quotes.
    TcpSegment tcp;
    std::uint32_t interfaceIndex = 0; ///< SLL2: of the capturing host's interface.
    std::uint16_t ipIdentification = 0; ///< 0 in IPv6 and in packets that carry none.
    EncapsulationTable::Id encapsulation = EncapsulationTable::plain;
    std::uint8_t hopLimit = 0;
    std::uint8_t icmpType = 0;
    std::uint8_t icmpCode = 0;
    bool isIcmpV6 = false;
    bool isTcp = false; ///< Also true for a TCP header too short to be read.
    PacketKind kind = PacketKind::Other;
    PacketDirection direction = PacketDirection::Unknown;
};

} // namespace halfshake
