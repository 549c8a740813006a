// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace halfshake {

/// Link-layer header types this program reads (tcpdump.org/linktypes).
enum class LinkType : std::uint16_t {
    Null = 0,
    Ethernet = 1,
    RawAsInDlt = 12, ///< DLT_RAW of most systems, written by tools that skip the mapping to LINKTYPE_RAW.
    RawAsInOpenBsd = 14,
    Raw = 101,
    Loop = 108,
    LinuxSll = 113,
    Ipv4 = 228,
    Ipv6 = 229,
    Nflog = 239,
    LinuxSll2 = 276,
};

/// One capture interface of a file; a classic pcap has exactly one.
struct CaptureInterface
{
    std::uint16_t linkType = 0; ///< As in the file; a LinkType where this program reads it.
    std::uint32_t snapLength = 0;
    std::string name; ///< pcapng if_name; "" where the file has none.
    std::optional<std::uint64_t>
        dropped; ///< Packets the capturing side says it lost; none where the file says nothing.
};

} // namespace halfshake
