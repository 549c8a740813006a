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

VantageEstimator::VantageEstimator(const Arena<AttemptState>& attempts, const FlowTable& flows) : m_flows(flows)
{
    for (std::size_t i = 0; i < attempts.size(); ++i)
        collect(attempts[i]);
    findCommonAddress(attempts.size());
    findDelaySplit(attempts);
    m_vantages.reserve(attempts.size());
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        const AttemptState& state = attempts[i];
        const auto byTranslation = voteByTranslation(state, attempts);
        const Vote result = byTranslation ? *byTranslation : vote(state);
        m_vantages.push_back(result.vantage);
        m_packets[std::to_underlying(result.vantage)] += std::uint64_t{state.client().packets} + state.server().packets;
        if (result.signal.kind != SignalKind::None)
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
void VantageEstimator::findDelaySplit(const Arena<AttemptState>& attempts)
{
    using Split = std::pair<double, Duration>;
    std::vector<Split> splits;
    Duration longest{};
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        const AttemptState& state = attempts[i];
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
        m_delayVote = {VantagePoint::Client, {.kind = SignalKind::ClientAnswersAtOnce}};
    else if (middle->first < 0.1)
        m_delayVote = {VantagePoint::Server, {.kind = SignalKind::ServerAnswersAtOnce}};
    else if (middle->second > std::chrono::milliseconds{1})
        m_delayVote = {VantagePoint::Middle, {.kind = SignalKind::BothAnswerLate}};
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
    const AttemptState& state, const Arena<AttemptState>& attempts)
{
    if (state.otherLeg == AttemptState::none)
        return {};
    // Where only the SYN/ACK went on with other addresses, the leg that has the SYN speaks for itself.
    if (state.hasSyn() && !attempts[state.otherLeg].hasSyn())
        return {};
    return Vote{VantagePoint::Middle, {.kind = SignalKind::Translated}};
}

std::optional<VantageEstimator::Vote> VantageEstimator::voteByDirection(const AttemptState& state) const
{
    const PassageState& syn = state.clientPassage;
    const PassageState& synAck = state.serverPassage;
    if (!syn.isSent && !syn.isReceived && !synAck.isSent && !synAck.isReceived)
        return {};
    if (isPassedOn(syn) || isPassedOn(synAck))
        return Vote{VantagePoint::Middle, {.kind = SignalKind::PassedOn}};
    if (state.isRejectedHere)
        return Vote{VantagePoint::Middle, {.kind = SignalKind::IcmpErrorSentHere}};
    if (syn.isSent)
        return Vote{VantagePoint::Client, {.kind = SignalKind::SynSentHere}};
    if (synAck.isSent)
        return Vote{VantagePoint::Server, {.kind = SignalKind::SynAckSentHere}};
    if (!syn.isReceived && synAck.isReceived)
        return Vote{VantagePoint::Client, {.kind = SignalKind::SynAckReceivedHere}};
    // The SYN came in and nothing went out: to the server, or on a router that dropped it.
    const Ends ends = endsOf(state, m_flows);
    const auto server = m_addresses.find(ends.server.address);
    if (server != m_addresses.end() && server->second.isHere())
        return Vote{VantagePoint::Server, {.kind = SignalKind::ServerSendsFromHere}};
    if (m_hasForwarding)
        return Vote{VantagePoint::Middle, {.kind = SignalKind::HostForwards}};
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
    Signal signal{.kind = SignalKind::HopLimits,
        .clientHopLimit = state.clientPassage.hopLimit,
        .serverHopLimit = state.serverPassage.hopLimit};
    if (signal.clientHopLimit == 0 && signal.serverHopLimit == 0)
        signal.kind = SignalKind::HopLimitsOfOthers;
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
    const Signal signal{.kind = SignalKind::CommonAddress};
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

std::string VantageEstimator::textOf(const Signal& signal) const
{
    switch (signal.kind) {
    case SignalKind::None:
        break;
    case SignalKind::ClientAnswersAtOnce:
        return "the client answers at once";
    case SignalKind::ServerAnswersAtOnce:
        return "the server answers at once";
    case SignalKind::BothAnswerLate:
        return "both sides answer late";
    case SignalKind::Translated:
        return "addresses translated by this host";
    case SignalKind::PassedOn:
        return "packets received and sent on by this host";
    case SignalKind::IcmpErrorSentHere:
        return "ICMP error sent by this host";
    case SignalKind::SynSentHere:
        return "SYN sent by this host";
    case SignalKind::SynAckSentHere:
        return "SYN/ACK sent by this host";
    case SignalKind::SynAckReceivedHere:
        return "SYN/ACK received by this host";
    case SignalKind::ServerSendsFromHere:
        return "server address sends from this host";
    case SignalKind::HostForwards:
        return "this host passes packets on";
    case SignalKind::HopLimits: {
        std::string text;
        if (signal.clientHopLimit != 0)
            text = "client's packets with TTL " + std::to_string(signal.clientHopLimit);
        if (signal.serverHopLimit != 0)
            text += (text.empty() ? "server's packets with TTL " : ", server's with TTL ")
                + std::to_string(signal.serverHopLimit);
        return text;
    }
    case SignalKind::HopLimitsOfOthers:
        return "TTL of other connections of these hosts";
    case SignalKind::CommonAddress:
        return "every connection has " + toString(*m_commonAddress);
    }
    return {};
}

std::vector<std::string> VantageEstimator::signals() const
{
    std::vector<std::pair<std::string, std::uint32_t>> sorted;
    for (const auto& [signal, count] : m_signals)
        sorted.emplace_back(textOf(signal), count);
    std::ranges::sort(sorted);
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
