// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/netstatsentence.h"

#include "models/base/text.h"

#include <algorithm>
#include <cstdint>

namespace halfshake {

namespace {

/// The words around the number, which stands where the '#' is.
struct Sentence
{
    std::string_view section;
    std::string_view words;
    std::string_view counter;
};

constexpr Sentence sentences[] = {
    {"Tcp", "# active connection openings", "ActiveOpens"},
    {"Tcp", "# active connections openings", "ActiveOpens"},
    {"Tcp", "# passive connection openings", "PassiveOpens"},
    {"Tcp", "# failed connection attempts", "AttemptFails"},
    {"Tcp", "# connection resets received", "EstabResets"},
    {"Tcp", "# connections established", "CurrEstab"},
    {"Tcp", "# segments received", "InSegs"},
    {"Tcp", "# segments sent out", "OutSegs"},
    {"Tcp", "# segments send out", "OutSegs"},
    {"Tcp", "# segments retransmitted", "RetransSegs"},
    {"Tcp", "# segments retransmited", "RetransSegs"},
    {"Tcp", "# bad segments received", "InErrs"},
    {"Tcp", "# resets sent", "OutRsts"},
    {"TcpExt", "# SYN cookies sent", "SyncookiesSent"},
    {"TcpExt", "# SYN cookies received", "SyncookiesRecv"},
    {"TcpExt", "# invalid SYN cookies received", "SyncookiesFailed"},
    {"TcpExt", "# resets received for embryonic SYN_RECV sockets", "EmbryonicRsts"},
    {"TcpExt", "# packets pruned from receive queue because of socket buffer overrun", "PruneCalled"},
    {"TcpExt", "# packets pruned from receive queue", "RcvPruned"},
    {"TcpExt", "# packets dropped from out-of-order queue because of socket buffer overrun", "OfoPruned"},
    {"TcpExt", "# ICMP packets dropped because they were out-of-window", "OutOfWindowIcmps"},
    {"TcpExt", "# ICMP packets dropped because socket was locked", "LockDroppedIcmps"},
    {"TcpExt", "# TCP sockets finished time wait in fast timer", "TW"},
    {"TcpExt", "# time wait sockets recycled by time stamp", "TWRecycled"},
    {"TcpExt", "# TCP sockets finished time wait in slow timer", "TWKilled"},
    {"TcpExt", "# passive connections rejected because of time stamp", "PAWSPassive"},
    {"TcpExt", "# active connections rejected because of time stamp", "PAWSActive"},
    {"TcpExt", "# packets rejected in established connections because of timestamp", "PAWSEstab"},
    {"TcpExt", "# packets rejects in established connections because of timestamp", "PAWSEstab"},
    {"TcpExt", "# delayed acks sent", "DelayedACKs"},
    {"TcpExt", "# delayed acks further delayed because of locked socket", "DelayedACKLocked"},
    {"TcpExt", "Quick ack mode was activated # times", "DelayedACKLost"},
    {"TcpExt", "# times the listen queue of a socket overflowed", "ListenOverflows"},
    {"TcpExt", "# SYNs to LISTEN sockets dropped", "ListenDrops"},
    {"TcpExt", "# SYNs to LISTEN sockets ignored", "ListenDrops"},
    {"TcpExt", "# other TCP timeouts", "TCPTimeouts"},
    {"TcpExt", "# fast retransmits", "TCPFastRetrans"},
    {"TcpExt", "# retransmits in slow start", "TCPSlowStartRetrans"},
    {"TcpExt", "# times recovered from packet loss due to fast retransmit", "TCPRenoRecovery"},
    {"TcpExt", "# times recovered from packet loss by selective acknowledgements", "TCPSackRecovery"},
    {"TcpExt", "# times recovered from packet loss due to SACK data", "TCPSackRecovery"},
    {"TcpExt", "# connections reset due to unexpected data", "TCPAbortOnData"},
    {"TcpExt", "# connections reset due to early user close", "TCPAbortOnClose"},
    {"TcpExt", "# connections aborted due to memory pressure", "TCPAbortOnMemory"},
    {"TcpExt", "# connections aborted due to timeout", "TCPAbortOnTimeout"},
    {"TcpExt", "# connections aborted after user close in linger timeout", "TCPAbortOnLinger"},
    {"TcpExt", "# times unable to send RST due to no memory", "TCPAbortFailed"},
    {"TcpExt", "TCP ran low on memory # times", "TCPMemoryPressures"},
};

bool isNumber(std::string_view text)
{
    return toInteger<std::uint64_t>(text).has_value();
}

} // namespace

std::optional<NetstatCounter> parseNetstatSentence(std::string_view section, std::string_view line)
{
    line = trimmed(line);
    if (const auto colon = line.find(": "); colon != std::string_view::npos) {
        const auto name = line.substr(0, colon);
        const auto value = trimmed(line.substr(colon + 2));
        if (!name.contains(' ') && isNumber(value))
            return NetstatCounter{.name = name, .value = value};
    }
    for (const auto& sentence : sentences) {
        const auto hash = sentence.words.find('#');
        const auto before = sentence.words.substr(0, hash);
        const auto after = sentence.words.substr(hash + 1);
        if (sentence.section != section || !line.starts_with(before) || !line.ends_with(after)
            || line.size() <= before.size() + after.size())
            continue;
        const auto number = line.substr(before.size(), line.size() - before.size() - after.size());
        if (isNumber(number))
            return NetstatCounter{.name = sentence.counter, .value = number};
    }
    return {};
}

} // namespace halfshake
