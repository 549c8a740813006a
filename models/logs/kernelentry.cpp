// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/kernelentry.h"

#include <algorithm>
#include <array>

namespace halfshake {

namespace {

struct KnownText
{
    std::string_view text;
    KernelMessage message;
};

// Sources: net/ipv4/tcp_input.c, net/netfilter/nf_conntrack_core.c, net/core/neighbour.c, mm/oom_kill.c,
// net/ipv4/tcp.c, net/ipv4/route.c, kernel/watchdog.c, kernel/hung_task.c, kernel/rcu/tree_stall.h,
// arch/x86/mm/fault.c.
constexpr auto knownTexts = std::to_array<KnownText>({
    {"Possible SYN flooding on port", KernelMessage::SynFlood},
    {"possible SYN flooding on port", KernelMessage::SynFlood},
    {"table full, dropping packet", KernelMessage::ConntrackFull},
    {"neighbor table overflow", KernelMessage::NeighbourOverflow},
    {"Neighbour table overflow", KernelMessage::NeighbourOverflow},
    {"Out of memory: ", KernelMessage::OutOfMemory},
    {"Memory cgroup out of memory", KernelMessage::OutOfMemory},
    {"invoked oom-killer", KernelMessage::OutOfMemory},
    {"oom-kill:constraint=", KernelMessage::OutOfMemory},
    {"TCP: out of memory", KernelMessage::TcpMemory},
    {"too many orphaned sockets", KernelMessage::TcpMemory},
    {"too many of orphaned sockets", KernelMessage::TcpMemory},
    {"martian source", KernelMessage::MartianSource},
    {"martian destination", KernelMessage::MartianSource},
    {"soft lockup", KernelMessage::Stall},
    {"hard LOCKUP", KernelMessage::Stall},
    {"blocked for more than", KernelMessage::Stall},
    {"detected stalls on CPUs", KernelMessage::Stall},
    {"self-detected stall", KernelMessage::Stall},
    {"Link is Down", KernelMessage::LinkChange},
    {"Link is Up", KernelMessage::LinkChange},
    {"link is not ready", KernelMessage::LinkChange},
    {"link becomes ready", KernelMessage::LinkChange},
    {"link down", KernelMessage::LinkChange},
    {"link up", KernelMessage::LinkChange},
    {"segfault at ", KernelMessage::Crash},
    {"general protection fault", KernelMessage::Crash},
});

} // namespace

KernelMessage classifyKernelMessage(std::string_view text)
{
    const auto known = std::ranges::find_if(knownTexts, [&](const KnownText& one) { return text.contains(one.text); });
    if (known != knownTexts.end())
        return known->message;
    const bool isLogRule = text.contains("IN=") && text.contains(" OUT=") && text.contains(" SRC=");
    return isLogRule ? KernelMessage::FirewallLog : KernelMessage::Other;
}

std::string_view toString(KernelMessage message)
{
    switch (message) {
    case KernelMessage::Other:
        return "other";
    case KernelMessage::SynFlood:
        return "syn_flood";
    case KernelMessage::ConntrackFull:
        return "conntrack_full";
    case KernelMessage::NeighbourOverflow:
        return "neighbour_overflow";
    case KernelMessage::OutOfMemory:
        return "out_of_memory";
    case KernelMessage::TcpMemory:
        return "tcp_memory";
    case KernelMessage::MartianSource:
        return "martian_source";
    case KernelMessage::FirewallLog:
        return "firewall_log";
    case KernelMessage::LinkChange:
        return "link_change";
    case KernelMessage::Stall:
        return "stall";
    case KernelMessage::Crash:
        return "crash";
    }
    return "other";
}

} // namespace halfshake
