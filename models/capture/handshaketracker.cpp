// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/handshaketracker.h"

#include "models/capture/connectionprogress.h"
#include "models/capture/handshakesteps.h"
#include "models/capture/httpmark.h"
#include "models/capture/packettable.h"
#include "models/capture/sequencenumber.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace halfshake {

namespace {

// How far back a repeated SYN or SYN/ACK is looked for among the attempts that used the same ports.
constexpr int mostAttemptsBack = 8;

bool isSyn(const TcpSegment& segment)
{
    return (segment.flags & (tcpflag::syn | tcpflag::ack)) == tcpflag::syn;
}

bool isSynAck(const TcpSegment& segment)
{
    return (segment.flags & (tcpflag::syn | tcpflag::ack)) == (tcpflag::syn | tcpflag::ack);
}

bool isReset(const TcpSegment& segment)
{
    return (segment.flags & tcpflag::rst) != 0;
}

bool isClosed(const AttemptState& state)
{
    return state.client().hasReset || state.server().hasReset || (state.client().hasFin && state.server().hasFin);
}

bool isTlsAlert(std::span<const std::byte> payload)
{
    constexpr std::byte alert{21}; // RFC 8446 5.1
    constexpr std::byte majorVersion{3};
    return payload.size() >= 2 && payload[0] == alert && payload[1] == majorVersion;
}

bool isMidstream(const AttemptState& state)
{
    return !state.hasSyn() && !state.hasSynAck();
}

} // namespace

HandshakeTracker::HandshakeTracker(const EncapsulationTable& encapsulations, std::size_t mostAttempts)
    : m_flows(encapsulations), m_mostAttempts(mostAttempts)
{
}

std::uint32_t HandshakeTracker::addSegment(const Packet& packet)
{
    const TcpSegment& segment = packet.view.tcp;
    const bool isFull = m_attempts.size() >= m_mostAttempts;
    const FlowTable::Place place =
        isFull ? m_flows.find(packet.view, packet.key) : m_flows.place(packet.view, packet.key);
    const std::uint32_t attempt = place.flow == Flow::none ? AttemptState::none : attemptFor(place, packet);
    if (attempt == AttemptState::none) {
        ++m_untrackedSegments;
        return PacketTable::noAttempt;
    }
    AttemptState& state = m_attempts[attempt];
    AttemptDirection& direction = state.directions[std::to_underlying(place.direction)];
    ++direction.packets;
    direction.bytes += segment.payloadLength;
    state.start = std::min(state.start, packet.time);
    state.end = std::max(state.end, packet.time);

    if ((segment.flags & (tcpflag::syn | tcpflag::rst)) != 0) {
        addHandshakeSegment(attempt, place.direction, packet);
        return attempt;
    }
    progress::addAcknowledgment(state, place.direction, segment);
    if (const auto step = handshake::applySegment(state, place.direction, segment, packet.time))
        addEvent(attempt, place.direction, packet, *step);
    if (segment.payloadLength > 0)
        addPayload(attempt, place.direction, packet);
    if ((segment.flags & tcpflag::fin) != 0) {
        direction.sequence.addFin(segment.sequence + segment.payloadLength);
        progress::addClose(state, place.direction, segment);
        if (!std::exchange(direction.hasFin, true))
            addEvent(attempt, place.direction, packet, HandshakeStep::Fin);
    }
    return attempt;
}

void HandshakeTracker::addHandshakeSegment(std::uint32_t attempt, FlowDirection direction, const Packet& packet)
{
    const TcpSegment& segment = packet.view.tcp;
    AttemptState& state = m_attempts[attempt];
    notePassage(state, direction, packet.view);
    std::optional<HandshakeStep> step;
    if (isReset(segment)) {
        step = handshake::applyReset(state, direction, segment);
        progress::addClose(state, direction, segment);
    } else {
        step = isSyn(segment) ? handshake::applySyn(state, direction, segment, packet.time)
                              : handshake::applySynAck(state, direction, segment, packet.time);
        if (const auto other = m_translations.add(packet.view, packet.time, attempt);
            other != TranslationFinder::none) {
            state.otherLeg = other;
            m_attempts[other].otherLeg = attempt;
        }
    }
    if (step)
        addEvent(attempt, direction, packet, *step);
}

std::uint32_t HandshakeTracker::addIcmpError(const Packet& packet)
{
    const FlowTable::Place place = m_flows.find(packet.view, packet.key);
    if (place.flow == Flow::none)
        return PacketTable::noAttempt;
    std::uint32_t attempt = attemptOfSyn(place, packet.view.tcp.sequence);
    if (attempt == AttemptState::none)
        attempt = m_flows[place.flow].latestAttempt;
    AttemptState& state = m_attempts[attempt];
    state.end = std::max(state.end, packet.time);
    // The error travels against the segment it quotes.
    if (const auto step = handshake::applyIcmpError(state, place.direction, packet.view))
        addEvent(attempt, opposite(place.direction), packet, *step);
    return attempt;
}

void HandshakeTracker::addCopy(std::uint32_t attempt, const PacketView& view, const FlowKey& key)
{
    if (view.kind == PacketKind::Tcp && (view.tcp.flags & (tcpflag::syn | tcpflag::rst)) != 0)
        notePassage(m_attempts[attempt], key.direction, view);
}

void HandshakeTracker::notePassage(AttemptState& state, FlowDirection direction, const PacketView& view)
{
    PassageState& passage = direction == state.clientDirection ? state.clientPassage : state.serverPassage;
    if (passage.hopLimit == 0)
        passage.hopLimit = view.hopLimit;
    passage.isSent = passage.isSent || view.direction == PacketDirection::Sent;
    passage.isReceived =
        passage.isReceived || view.direction == PacketDirection::Received || view.direction == PacketDirection::Passing;
}

std::uint32_t HandshakeTracker::attemptFor(FlowTable::Place place, const Packet& packet)
{
    const TcpSegment& segment = packet.view.tcp;
    const std::uint32_t latest = m_flows[place.flow].latestAttempt;
    if (isSyn(segment) && !isReset(segment)) {
        const std::uint32_t found = attemptOfSyn(place, segment.sequence);
        return found != AttemptState::none ? found : open(place, packet);
    }
    if (isSynAck(segment) && !isReset(segment)) {
        const std::uint32_t found = attemptOfSynAck(place, segment);
        return found != AttemptState::none ? found : open(place, packet);
    }
    return latest != AttemptState::none ? latest : open(place, packet);
}

std::uint32_t HandshakeTracker::attemptOfSyn(FlowTable::Place place, std::uint32_t sequence) const
{
    const std::uint32_t latest = m_flows[place.flow].latestAttempt;
    std::uint32_t attempt = latest;
    for (int back = 0; attempt != AttemptState::none && back < mostAttemptsBack; ++back) {
        const AttemptState& state = m_attempts[attempt];
        if (!isMidstream(state) && state.clientDirection == place.direction && state.initialSequence == sequence)
            return attempt;
        attempt = state.previousOfFlow;
    }
    // SYNs that cross each other open one connection (RFC 9293 3.5).
    if (latest != AttemptState::none) {
        const AttemptState& state = m_attempts[latest];
        const bool crosses = state.clientDirection != place.direction && state.hasSyn() && !state.hasSynAck()
            && !state.server().hasReset && (!state.isSimultaneous || state.server().sequence.next() == sequence + 1);
        if (crosses)
            return latest;
    }
    return AttemptState::none;
}

std::uint32_t HandshakeTracker::attemptOfSynAck(FlowTable::Place place, const TcpSegment& segment) const
{
    const std::uint32_t latest = m_flows[place.flow].latestAttempt;
    std::uint32_t attempt = latest;
    for (int back = 0; attempt != AttemptState::none && back < mostAttemptsBack; ++back) {
        const AttemptState& state = m_attempts[attempt];
        if (!isMidstream(state) && state.clientDirection != place.direction
            && handshake::acknowledgesSyn(state, segment.acknowledgment))
            return attempt;
        attempt = state.previousOfFlow;
    }
    if (latest == AttemptState::none)
        return latest;
    // For another SYN than the one seen: an answer to the wrong number, or to nothing where there was no SYN at all.
    const AttemptState& state = m_attempts[latest];
    return state.hasSyn() && !isClosed(state) ? latest : AttemptState::none;
}

std::uint32_t HandshakeTracker::open(FlowTable::Place place, const Packet& packet)
{
    if (m_attempts.size() >= m_mostAttempts)
        return AttemptState::none;
    const TcpSegment& segment = packet.view.tcp;
    const auto attempt = static_cast<std::uint32_t>(m_attempts.size());
    Flow& flow = m_flows[place.flow];
    AttemptState& state = m_attempts.append();
    state.start = state.end = packet.time;
    state.flow = place.flow;
    state.firstPacket = packet.number;
    state.previousOfFlow = std::exchange(flow.latestAttempt, attempt);
    state.reusesPort = state.previousOfFlow != AttemptState::none;
    state.clientDirection = place.direction;
    if (isSynAck(segment) && !isReset(segment)) {
        state.clientDirection = opposite(place.direction);
        state.initialSequence = segment.acknowledgment - 1;
        state.client().sequence.startAt(segment.acknowledgment);
    } else if (!isSyn(segment) && segment.sourcePort < segment.destinationPort) {
        state.clientDirection = opposite(place.direction); // the usual case; orientMidstream() may know better
    }
    m_hasMidstream = m_hasMidstream || (segment.flags & (tcpflag::syn | tcpflag::rst)) != tcpflag::syn;
    return attempt;
}

void HandshakeTracker::addPayload(std::uint32_t attempt, FlowDirection direction, const Packet& packet)
{
    const TcpSegment& segment = packet.view.tcp;
    AttemptState& state = m_attempts[attempt];
    AttemptDirection& way = state.directions[std::to_underlying(direction)];
    const SegmentNovelty novelty = way.sequence.addPayload(segment.sequence, segment.payloadLength, packet.time);
    if (!isTlsAlert(packet.payload)) // a farewell, which nobody has to answer
        progress::addPayload(state, direction, segment, novelty, packet.time);
    ++m_dataSegments;
    if (novelty == SegmentNovelty::Retransmission)
        ++state.dataRetransmissions;
    if (novelty != SegmentNovelty::New)
        return;
    addHttp(attempt, direction, packet);
    if (!std::exchange(way.hasData, true))
        addEvent(attempt, direction, packet,
            direction == state.clientDirection ? HandshakeStep::FirstClientData : HandshakeStep::FirstServerData);
}

void HandshakeTracker::addHttp(std::uint32_t attempt, FlowDirection direction, const Packet& packet)
{
    if (packet.payload.empty())
        return;
    AttemptState& state = m_attempts[attempt];
    const bool mayBeRequest = direction == state.clientDirection || isMidstream(state);
    if (const auto head = mayBeRequest ? readHttpRequest(packet.payload) : std::nullopt) {
        state.clientDirection = direction;
        state.isOriented = true;
        state.openRequest = static_cast<std::uint32_t>(m_requests.size());
        m_requests.push_back({.time = packet.time,
            .attempt = attempt,
            .packet = packet.number,
            .targetHash = head->targetHash,
            .requestIdHash = head->requestIdHash,
            .responseStatus = 0,
            .responseTime = {}});
        return;
    }
    if (direction == state.clientDirection && !isMidstream(state))
        return;
    const auto status = readHttpStatus(packet.payload);
    if (!status)
        return;
    state.clientDirection = opposite(direction);
    state.isOriented = true;
    // An interim response (RFC 9110 15.2) is not the answer yet.
    const bool isInterim = *status < 200 && *status != 101;
    if (state.openRequest == AttemptState::none || isInterim)
        return;
    HttpRequestMark& request = m_requests[std::exchange(state.openRequest, AttemptState::none)];
    request.responseStatus = *status;
    request.responseTime = packet.time;
}

void HandshakeTracker::addEvent(
    std::uint32_t attempt, FlowDirection direction, const Packet& packet, HandshakeStep step)
{
    m_events.push_back({.packet = packet.number, .attempt = attempt, .step = step, .direction = direction});
}

void HandshakeTracker::orientMidstream()
{
    if (!m_hasMidstream)
        return;
    std::unordered_set<Endpoint> servers;
    for (std::size_t i = 0; i < m_attempts.size(); ++i) {
        const AttemptState& state = m_attempts[i];
        const Flow& flow = m_flows[state.flow];
        if (!isMidstream(state))
            servers.insert(state.clientDirection == FlowDirection::FromLower ? flow.higher : flow.lower);
    }
    for (std::size_t i = 0; i < m_attempts.size(); ++i) {
        AttemptState& state = m_attempts[i];
        const Flow& flow = m_flows[state.flow];
        const bool isLowerServer = servers.contains(flow.lower);
        if (isMidstream(state) && !state.isOriented && isLowerServer != servers.contains(flow.higher))
            state.clientDirection = isLowerServer ? FlowDirection::FromHigher : FlowDirection::FromLower;
    }
}

} // namespace halfshake
