// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/vantageestimator.h"

#include <algorithm>

namespace halfshake {

namespace {

struct Ends
{
    const Endpoint& client;
    const Endpoint& server;
};

Ends endsOf(const AttemptState& state, const FlowTable& flows)
{
    const Flow& flow = flows[state.flow];
    if (state.clientDirection == FlowDirection::FromLower)
        return {flow.lower, flow.higher};
    return {flow.higher, flow.lower};
}

/// The hop limits hosts start with.
bool isUntouched(std::uint8_t hopLimit)
{
    return hopLimit == 64 || hopLimit == 128 || hopLimit == 255 || hopLimit == 32;
}

bool isPassedOn(const PassageState& passage)
{
    return passage.isSent && passage.isReceived;
}

bool isMidstream(const AttemptState& state)
{
    return !state.hasSyn() && !state.hasSynAck();
}

} // namespace

VantageEstimator::VantageEstimator(std::span<const AttemptState> attempts, const FlowTable& flows) : m_flows(flows)
{
    for (const AttemptState& state : attempts)
        collect(state);
    findCommonAddress(attempts.size());
    findDelaySplit(attempts);
    m_vantages.reserve(attempts.size());
    for (const AttemptState& state : attempts) {
        const Vote result = voteByTranslation(state, attempts).value_or(vote(state));
        m_vantages.push_back(result.vantage);
        m_packets[std::to_underlying(result.vantage)] += std::uint64_t{state.client().packets} + state.server().packets;
        if (!result.signal.empty())
            ++m_signals[result.signal];
    }
}

void VantageEstimator::collect(const AttemptState& state)
{
    const Ends ends = endsOf(state, m_flows);
    // Resets of connections met midway also come from firewalls on the way.
    const bool isTelling = !isMidstream(state);
    collectAddress(ends.client.address, ends.server.address, isTelling ? state.clientPassage : PassageState{});
    collectAddress(ends.server.address, ends.client.address, isTelling ? state.serverPassage : PassageState{});
    m_hasForwarding = m_hasForwarding || isPassedOn(state.clientPassage) || isPassedOn(state.serverPassage);
}

void VantageEstimator::collectAddress(const IpAddress& address, const IpAddress& peer, const PassageState& passage)
{
    AddressEvidence& evidence = m_addresses[address];
    if (evidence.peers == 0)
        evidence.firstPeer = peer;
    if (evidence.peers == 0 || (evidence.peers == 1 && evidence.firstPeer != peer))
        ++evidence.peers;
    ++evidence.attempts;
    if (passage.hopLimit == 0)
        return;
    ++(isUntouched(passage.hopLimit) ? evidence.untouched : evidence.decremented);
    evidence.sentHere += passage.isSent && !passage.isReceived ? 1 : 0;
    evidence.cameIn += passage.isReceived ? 1 : 0;
}

// A host that is not a router sees only its own connections: it is the one address they all have in common.
void VantageEstimator::findCommonAddress(std::size_t attemptCount)
{
    for (const auto& [address, evidence] : m_addresses) {
        if (evidence.attempts != attemptCount || evidence.peers < 2)
            continue;
        m_commonAddress = address;
        return;
    }
}

// SYN to SYN/ACK against SYN/ACK to ACK: who answers at once is on this side.
void VantageEstimator::findDelaySplit(std::span<const AttemptState> attempts)
{
    using Split = std::pair<double, Duration>;
    std::vector<Split> splits;
    Duration longest{};
    for (const AttemptState& state : attempts) {
        const bool isClean = state.hasSyn() && state.hasSynAck() && state.isAcknowledged
            && state.synRetransmissions == 0 && state.synAckRetransmissions == 0;
        const Duration toAck = state.acknowledged - state.lastSynAck;
        const Duration whole = state.responseTime + toAck;
        if (!isClean || toAck < Duration{} || whole <= Duration{})
            continue;
        splits.emplace_back(
            static_cast<double>(state.responseTime.count()) / static_cast<double>(whole.count()), whole);
        longest = std::max(longest, whole);
    }
    constexpr std::size_t enough = 5;
    if (splits.empty() || (splits.size() < enough && longest < std::chrono::milliseconds{1}))
        return;
    const auto middle = splits.begin() + static_cast<std::ptrdiff_t>(splits.size() / 2);
    std::ranges::nth_element(splits, middle);
    if (middle->first > 0.9)
        m_delayVote = {VantagePoint::Client, "the client answers at once"};
    else if (middle->first < 0.1)
        m_delayVote = {VantagePoint::Server, "the server answers at once"};
    else if (middle->second > std::chrono::milliseconds{1})
        m_delayVote = {VantagePoint::Middle, "both sides answer late"};
}

VantageEstimator::Vote VantageEstimator::vote(const AttemptState& state) const
{
    if (const auto byDirection = voteByDirection(state))
        return *byDirection;
    if (const auto byHopLimit = voteByHopLimit(state))
        return *byHopLimit;
    if (const auto byAddress = voteByAddress(state))
        return *byAddress;
    return m_delayVote.value_or(Vote{});
}

std::optional<VantageEstimator::Vote> VantageEstimator::voteByTranslation(
    const AttemptState& state, std::span<const AttemptState> attempts)
{
    if (state.otherLeg == AttemptState::none)
        return {};
    // Where only the SYN/ACK went on with other addresses, the leg that has the SYN speaks for itself.
    if (state.hasSyn() && !attempts[state.otherLeg].hasSyn())
        return {};
    return Vote{VantagePoint::Middle, "addresses translated by this host"};
}

std::optional<VantageEstimator::Vote> VantageEstimator::voteByDirection(const AttemptState& state) const
{
    const PassageState& syn = state.clientPassage;
    const PassageState& synAck = state.serverPassage;
    if (!syn.isSent && !syn.isReceived && !synAck.isSent && !synAck.isReceived)
        return {};
    if (isPassedOn(syn) || isPassedOn(synAck))
        return Vote{VantagePoint::Middle, "packets received and sent on by this host"};
    if (state.isRejectedHere)
        return Vote{VantagePoint::Middle, "ICMP error sent by this host"};
    if (syn.isSent)
        return Vote{VantagePoint::Client, "SYN sent by this host"};
    if (synAck.isSent)
        return Vote{VantagePoint::Server, "SYN/ACK sent by this host"};
    if (!syn.isReceived && synAck.isReceived)
        return Vote{VantagePoint::Client, "SYN/ACK received by this host"};
    // The SYN came in and nothing went out: to the server, or on a router that dropped it.
    const Ends ends = endsOf(state, m_flows);
    const auto server = m_addresses.find(ends.server.address);
    if (server != m_addresses.end() && server->second.isHere())
        return Vote{VantagePoint::Server, "server address sends from this host"};
    if (m_hasForwarding)
        return Vote{VantagePoint::Middle, "this host passes packets on"};
    return Vote{};
}

std::optional<VantageEstimator::Vote> VantageEstimator::voteByHopLimit(const AttemptState& state) const
{
    const Ends ends = endsOf(state, m_flows);
    // Where an end was silent in this attempt, its other attempts speak for it.
    enum class Distance : std::uint8_t { Unknown, Near, Far };
    const auto distance = [&](const PassageState& passage, const IpAddress& address) {
        if (passage.hopLimit != 0)
            return isUntouched(passage.hopLimit) ? Distance::Near : Distance::Far;
        const auto known = m_addresses.find(address);
        if (known == m_addresses.end() || known->second.untouched == known->second.decremented)
            return Distance::Unknown;
        return known->second.untouched > known->second.decremented ? Distance::Near : Distance::Far;
    };
    const Distance client = distance(state.clientPassage, ends.client.address);
    const Distance server = distance(state.serverPassage, ends.server.address);
    const auto ttl = [](const PassageState& passage) { return std::to_string(passage.hopLimit); };
    std::string signal;
    if (state.clientPassage.hopLimit != 0)
        signal = "client's packets with TTL " + ttl(state.clientPassage);
    if (state.serverPassage.hopLimit != 0)
        signal += (signal.empty() ? "server's packets with TTL " : ", server's with TTL ") + ttl(state.serverPassage);
    if (signal.empty())
        signal = "TTL of other connections of these hosts";
    if (client == Distance::Near && server == Distance::Far)
        return Vote{VantagePoint::Client, signal};
    if (client == Distance::Far && server == Distance::Near)
        return Vote{VantagePoint::Server, signal};
    if (client == Distance::Far && server == Distance::Far)
        return Vote{VantagePoint::Middle, signal};
    if (client == Distance::Near && server == Distance::Unknown && !m_commonAddress)
        return Vote{VantagePoint::Client, signal};
    return {};
}

std::optional<VantageEstimator::Vote> VantageEstimator::voteByAddress(const AttemptState& state) const
{
    if (!m_commonAddress)
        return {};
    const Ends ends = endsOf(state, m_flows);
    const std::string signal = "every connection has " + toString(*m_commonAddress);
    return ends.client.address == *m_commonAddress ? Vote{VantagePoint::Client, signal}
                                                   : Vote{VantagePoint::Server, signal};
}

VantagePoint VantageEstimator::ofCapture() const
{
    const std::uint64_t clients = m_packets[std::to_underlying(VantagePoint::Client)];
    const std::uint64_t servers = m_packets[std::to_underlying(VantagePoint::Server)];
    const std::uint64_t middles = m_packets[std::to_underlying(VantagePoint::Middle)];
    if (clients + servers + middles == 0)
        return VantagePoint::Unknown;
    if (middles > clients + servers)
        return VantagePoint::Middle;
    return clients * 10 >= clients + servers ? VantagePoint::Client : VantagePoint::Server;
}

std::vector<std::string> VantageEstimator::signals() const
{
    std::vector<std::pair<std::string, std::uint32_t>> sorted(m_signals.begin(), m_signals.end());
    std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<std::string> texts;
    constexpr std::size_t mostSignals = 8;
    for (const auto& [signal, count] : sorted) {
        if (texts.size() == mostSignals)
            break;
        texts.push_back(signal + ": " + std::to_string(count) + (count == 1 ? " attempt" : " attempts"));
    }
    return texts;
}

} // namespace halfshake
