// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/strongindex.h"
#include "models/base/timepoint.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace halfshake {

/// What a line of the kernel log is about, as far as it can bear on connections that fail.
enum class KernelMessage : std::uint8_t {
    Other, ///< Frightening or not: nothing that this program relates to a failing connection.
    SynFlood, ///< "Possible SYN flooding on port": the accept or SYN queue of a listener was full.
    ConntrackFull, ///< "nf_conntrack: table full, dropping packet"
    NeighbourOverflow, ///< "neighbour: arp_cache: neighbor table overflow!"
    OutOfMemory, ///< The kernel killed a process for memory.
    TcpMemory, ///< "TCP: out of memory", "too many orphaned sockets"
    MartianSource, ///< rp_filter refused a source address: "martian source"
    FirewallLog, ///< A LOG rule of netfilter: "IN=eth0 OUT= ... SYN"
    LinkChange, ///< A network device went down or up.
    Stall, ///< Soft lockup, hung task, RCU stall: the host stood still.
    Crash, ///< A process crashed: segfault, general protection fault, trap.
};

/// "syn_flood", ...; "other".
[[nodiscard]] std::string_view toString(KernelMessage message);

/// By the kernel's own words.
[[nodiscard]] KernelMessage classifyKernelMessage(std::string_view text);

/// One line of the kernel log.
struct KernelEntry
{
    std::uint64_t line = 0; ///< Counted from 1.
    std::uint64_t byteOffset = 0;
    std::optional<EvidenceTime> loggedAt; ///< None where the line only states the time since the host was started.
    Duration resolution{0};
    std::optional<Duration> uptime; ///< Since the host was started.
    KernelMessage kind = KernelMessage::Other;
    StringId text; ///< Without the stamps before it.
};

} // namespace halfshake
