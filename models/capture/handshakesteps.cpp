// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/handshakesteps.h"

#include "models/capture/packettable.h"
#include "models/capture/sequencenumber.h"

#include <algorithm>
#include <chrono>

namespace halfshake::handshake {

namespace {

// A segment this far ahead of the handshake still belongs to it when packets before it were not captured.
constexpr std::int32_t plausibleGap = 1 << 20;

// Ladders of resets are common after a stray connection; the first ones tell the story.
constexpr std::uint16_t mostResetEvents = 16;

// Linux answers a repeated SYN at once (tcp_check_req); the rest is the way there and back.
constexpr Duration triggeredWithin = std::chrono::milliseconds{5};

// Longer than any timer of the handshake: what takes more time is no response but a clock that jumped.
constexpr Duration longestResponseTime = std::chrono::minutes{2};

// How much later than the round trip allows a SYN/ACK must come to be called sent after the final ACK arrived.
constexpr Duration clockGrain = std::chrono::milliseconds{1};

ResponderNumber* responderNumber(AttemptState& state, std::uint32_t initial)
{
    const auto end = state.responderNumbers.begin() + state.responderNumberCount;
    const auto found = std::find_if(
        state.responderNumbers.begin(), end, [&](const ResponderNumber& number) { return number.initial == initial; });
    return found == end ? nullptr : &*found;
}

void addResponderNumber(AttemptState& state, std::uint32_t initial, EvidenceTime time)
{
    if (state.responderNumberCount < AttemptState::mostResponderNumbers)
        ++state.responderNumberCount;
    else // the oldest but the first is forgotten
        std::shift_left(state.responderNumbers.begin() + 1, state.responderNumbers.end(), 1);
    state.responderNumbers[state.responderNumberCount - std::size_t{1}] = {initial, time};
}

HandshakeStep repeatedSynAck(AttemptState& state, ResponderNumber& number, EvidenceTime time)
{
    ++state.synAckRetransmissions;
    if (state.isAcknowledged && number.initial == state.acknowledgedNumber
        && time > state.acknowledged + state.responseTime + clockGrain)
        ++state.synAckAfterAck;
    const bool isTriggered = state.hasSyn() && !state.isSynAnswered
        && time - state.lastSyn <= std::max(triggeredWithin, 2 * state.responseTime);
    if (isTriggered) {
        state.isSynAnswered = true;
        number.last = time;
        return HandshakeStep::SynAckTriggered;
    }
    // Right after a triggered one the gap says nothing about the timer.
    if (time - number.last > triggeredWithin)
        state.lastSynAckGap = time - number.last;
    number.last = time;
    return HandshakeStep::SynAckRetransmission;
}

/// Whether a client's segment takes \a number, exactly or as far as packets that were not captured allow.
bool takes(const AttemptState& state, const ResponderNumber& number, const TcpSegment& segment)
{
    const std::int32_t sent = sequenceDistance(state.initialSequence + 1, segment.sequence);
    const std::int32_t taken = sequenceDistance(number.initial + 1, segment.acknowledgment);
    const auto fastOpen = static_cast<std::int32_t>(state.fastOpenLength);
    if (taken == 0 && sent >= 0 && sent <= fastOpen)
        return true;
    const std::int32_t mostTaken = sequenceDistance(number.initial + 1, state.server().sequence.next());
    const std::int32_t mostSent = segment.payloadLength > 0
        ? plausibleGap
        : sequenceDistance(state.initialSequence + 1, state.client().sequence.next());
    return taken >= 0 && taken <= mostTaken && sent >= 0 && sent <= mostSent;
}

std::optional<HandshakeStep> applyClientSegment(AttemptState& state, const TcpSegment& segment, EvidenceTime time)
{
    state.hasClientSegment = true;
    if ((segment.flags & tcpflag::ack) == 0 || !state.hasSynAck())
        return {};
    if (state.isAcknowledged) {
        const bool isAgain = state.synAckAfterAck > 0 && !state.isServerAlive && segment.payloadLength == 0
            && segment.acknowledgment == state.acknowledgedNumber + 1;
        return isAgain ? std::optional(HandshakeStep::Ack) : std::nullopt;
    }
    for (std::size_t i = state.responderNumberCount; i-- > 0;) {
        const ResponderNumber& number = state.responderNumbers[i];
        if (!takes(state, number, segment))
            continue;
        state.isAcknowledged = true;
        state.isAcknowledgedByData = segment.payloadLength > 0;
        state.acknowledged = time;
        state.acknowledgedNumber = number.initial;
        return HandshakeStep::Ack;
    }
    return {};
}

std::optional<HandshakeStep> applyServerSegment(AttemptState& state, const TcpSegment& segment)
{
    const bool hasAck = (segment.flags & tcpflag::ack) != 0;
    const std::int32_t taken = sequenceDistance(state.initialSequence + 1, segment.acknowledgment);
    if (state.hasSyn() && !state.hasSynAck() && hasAck && !state.isServerAlive) {
        const std::int32_t sent = std::max(sequenceDistance(state.initialSequence + 1, state.client().sequence.next()),
            static_cast<std::int32_t>(state.fastOpenLength));
        if (taken < 0 || taken > sent) {
            if (segment.payloadLength > 0)
                return {}; // late data of the connection before
            state.hasChallengeAck = true;
            state.foreignAcknowledgment = segment.acknowledgment;
            return HandshakeStep::ChallengeAck;
        }
    }
    state.hasServerSegment = true;
    const bool goesOn = segment.payloadLength > 0 || (segment.flags & tcpflag::fin) != 0 || (hasAck && taken > 0);
    if (goesOn && (state.isAcknowledged || !state.hasSynAck() || taken >= 0))
        state.isServerAlive = true;
    return {};
}

} // namespace

bool acknowledgesSyn(const AttemptState& state, std::uint32_t acknowledgment)
{
    const std::int32_t taken = sequenceDistance(state.initialSequence + 1, acknowledgment);
    return taken >= 0 && taken <= static_cast<std::int32_t>(state.fastOpenLength);
}

std::optional<HandshakeStep> applySyn(
    AttemptState& state, FlowDirection direction, const TcpSegment& segment, EvidenceTime time)
{
    if (direction != state.clientDirection) {
        const bool isFirst = !state.isSimultaneous;
        state.isSimultaneous = true;
        if (isFirst)
            state.server().sequence.startAt(segment.sequence + 1);
        return isFirst ? HandshakeStep::Syn : HandshakeStep::SynRetransmission;
    }
    const bool isFirst = !state.hasSyn();
    if (isFirst) {
        state.firstSyn = time;
        state.initialSequence = segment.sequence;
        if (!state.client().sequence.isStarted())
            state.client().sequence.startAt(segment.sequence + 1);
    } else {
        ++state.synRetransmissions;
        state.lastSynGap = time - state.lastSyn;
    }
    ++state.synCount;
    state.lastSyn = time;
    state.isSynAnswered = false;
    state.fastOpenLength = std::max(state.fastOpenLength, segment.payloadLength);
    return isFirst ? HandshakeStep::Syn : HandshakeStep::SynRetransmission;
}

std::optional<HandshakeStep> applySynAck(
    AttemptState& state, FlowDirection direction, const TcpSegment& segment, EvidenceTime time)
{
    if (direction == state.clientDirection)
        return state.isSimultaneous && segment.sequence == state.initialSequence ? std::optional(HandshakeStep::SynAck)
                                                                                 : std::nullopt;
    if (!acknowledgesSyn(state, segment.acknowledgment)) {
        state.hasForeignSynAck = true;
        state.foreignAcknowledgment = segment.acknowledgment;
        return HandshakeStep::SynAck;
    }
    state.lastSynAck = time;
    if (ResponderNumber* number = responderNumber(state, segment.sequence))
        return repeatedSynAck(state, *number, time);

    const bool isFirst = !state.hasSynAck();
    addResponderNumber(state, segment.sequence, time);
    if (state.hasSyn() && !state.isSynAnswered && (isFirst || time - state.lastSyn < state.responseTime))
        state.responseTime = std::clamp(time - state.lastSyn, Duration{}, longestResponseTime);
    state.isSynAnswered = true;
    if (sequenceDistance(state.initialSequence + 1, segment.acknowledgment) > 0)
        state.client().sequence.startAt(segment.acknowledgment);
    if (!state.isAcknowledged)
        state.server().sequence.startAt(segment.sequence + 1 + segment.payloadLength);
    if (isFirst)
        return HandshakeStep::SynAck;
    ++state.synAckReissues;
    state.hasOrphanSynAck = state.hasOrphanSynAck || state.isAcknowledged;
    return HandshakeStep::SynAckReissue;
}

std::optional<HandshakeStep> applyReset(AttemptState& state, FlowDirection direction, const TcpSegment& segment)
{
    const bool hasAck = (segment.flags & tcpflag::ack) != 0;
    if (direction == state.clientDirection) {
        const bool answersForeign = segment.sequence == state.foreignAcknowledgment;
        const bool answersChallenge = state.hasChallengeAck && !state.hasSynAck() && answersForeign;
        if (answersChallenge)
            state.isChallengeAnswered = true;
        else
            state.client().hasReset = true;
        if (!state.isAcknowledged
            && ((state.hasSynAck() && acknowledgesSyn(state, segment.sequence))
                || (state.hasForeignSynAck && answersForeign)))
            state.isResetByInitiator = true;
    } else {
        state.server().hasReset = true;
        if (state.hasSyn() && !state.hasSynAck() && hasAck && acknowledgesSyn(state, segment.acknowledgment))
            state.isRefused = true;
        if (state.isAcknowledged && !state.isServerAlive)
            state.isResetAfterAck = true;
    }
    return state.resetEvents++ < mostResetEvents ? std::optional(HandshakeStep::Reset) : std::nullopt;
}

std::optional<HandshakeStep> applySegment(
    AttemptState& state, FlowDirection direction, const TcpSegment& segment, EvidenceTime time)
{
    return direction == state.clientDirection ? applyClientSegment(state, segment, time)
                                              : applyServerSegment(state, segment);
}

std::optional<HandshakeStep> applyIcmpError(AttemptState& state, FlowDirection direction, const PacketView& error)
{
    constexpr std::uint8_t unreachable = 3;
    constexpr std::uint8_t fragmentationNeeded = 4;
    constexpr std::uint8_t packetTooBigV6 = 2;
    const bool isAboutSize = error.isIcmpV6 ? error.icmpType == packetTooBigV6
                                            : error.icmpType == unreachable && error.icmpCode == fragmentationNeeded;
    if (direction == state.clientDirection && state.hasSyn() && error.tcp.sequence == state.initialSequence
        && !isAboutSize) {
        state.isIcmpRejected = true;
        state.isRejectedHere = error.direction == PacketDirection::Sent && error.reporter != error.destination;
    }
    return HandshakeStep::IcmpError;
}

} // namespace halfshake::handshake
