// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/outcomeclassifier.h"

#include <algorithm>
#include <chrono>

namespace halfshake {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration initialTimeout = seconds{1};
constexpr Duration longestTimeout = seconds{120};

/// The gap the next rung of a ladder should have: ladders double, or keep the gap for a while (linear timeouts).
Duration nextGap(Duration lastGap)
{
    return std::clamp(std::min(lastGap, longestTimeout) * 2, initialTimeout, longestTimeout);
}

/// Whether the capture went on so long after \a last that a packet \a gap later would have been seen. Timers are late
/// by up to an eighth.
bool isQuietAfter(EvidenceTime last, Duration gap, const AttemptState& state, const ObservationSpan& span)
{
    return span.isTupleReused || span.captureEnd - last >= gap / 8 * 9 + milliseconds{100} + state.responseTime;
}

bool isSynLadderOver(const AttemptState& state, const ObservationSpan& span)
{
    return !state.hasSyn() || isQuietAfter(state.lastSyn, nextGap(state.lastSynGap), state, span);
}

bool isSynAckLadderOver(const AttemptState& state, const ObservationSpan& span)
{
    return isQuietAfter(state.lastSynAck, nextGap(state.lastSynAckGap), state, span);
}

OutcomeVerdict classifyMidstream(const AttemptState& state)
{
    const auto isSilent = [](const AttemptDirection& direction) { return direction.packets == 0; };
    const bool isOneWay = (isSilent(state.client()) || isSilent(state.server()))
        && (state.hasClientSegment || state.hasServerSegment) && state.client().packets + state.server().packets > 1;
    return {isOneWay ? HandshakeOutcome::OneWay : HandshakeOutcome::Midstream, false};
}

/// No SYN/ACK was seen.
OutcomeVerdict classifyUnanswered(const AttemptState& state, const ObservationSpan& span)
{
    if (state.isRefused)
        return {HandshakeOutcome::Refused, false};
    if (state.isSimultaneous)
        return {HandshakeOutcome::SimultaneousOpen, !isSynLadderOver(state, span)};
    if (state.hasForeignSynAck)
        return {state.isResetByInitiator ? HandshakeOutcome::ResetByInitiator : HandshakeOutcome::SynAckUnacknowledged,
            !state.isResetByInitiator && !isSynLadderOver(state, span)};
    if (state.isServerAlive || state.hasServerSegment)
        return {HandshakeOutcome::HalfSeen, false};
    const bool isOver = isSynLadderOver(state, span);
    // Without the RST that a challenge ACK asks for, the answer was not accepted any more than a SYN/ACK would have
    // been.
    if (state.hasChallengeAck)
        return {state.isChallengeAnswered ? HandshakeOutcome::ChallengeAck : HandshakeOutcome::SynAckUnacknowledged,
            !isOver};
    if (state.hasClientSegment)
        return {state.server().packets == 0 ? HandshakeOutcome::OneWay : HandshakeOutcome::HalfSeen, false};
    if (state.isIcmpRejected)
        return {HandshakeOutcome::IcmpRejected, !isOver};
    if (state.server().hasReset && state.synCount == 1)
        return {HandshakeOutcome::Refused, !isOver};
    const bool isYoung = state.synCount == 1 && !isQuietAfter(state.lastSyn, initialTimeout, state, span);
    return {isYoung ? HandshakeOutcome::Indeterminate : HandshakeOutcome::SynUnanswered, !isYoung && !isOver};
}

OutcomeVerdict classifyWithoutSyn(const AttemptState& state, const ObservationSpan& span)
{
    if (state.isAcknowledged || state.isServerAlive)
        return {HandshakeOutcome::HalfSeen, false};
    // The SYN may have passed just before the capture began.
    const bool mayHaveMissedSyn = state.start - span.captureStart < initialTimeout && !state.client().hasReset
        && state.synAckRetransmissions == 0;
    if (mayHaveMissedSyn && !isSynAckLadderOver(state, span))
        return {HandshakeOutcome::Indeterminate, false};
    return {HandshakeOutcome::StraySynAck, !state.client().hasReset && !isSynAckLadderOver(state, span)};
}

OutcomeVerdict classifyAcknowledged(const AttemptState& state, const ObservationSpan& span)
{
    const auto completed = state.isAcknowledgedByData ? HandshakeOutcome::CompletedByData : HandshakeOutcome::Completed;
    if (state.hasChallengeAck)
        return {HandshakeOutcome::ChallengeAck, false};
    if (state.hasOrphanSynAck)
        return {HandshakeOutcome::OrphanSynAck, false};
    if (state.isServerAlive)
        return {completed, false};
    if (state.synAckAfterAck > 0)
        return {HandshakeOutcome::AckIgnored, !state.server().hasReset && !isSynAckLadderOver(state, span)};
    if (state.isResetAfterAck && !state.client().hasReset)
        return {HandshakeOutcome::ResetAfterAck, false};
    const bool isSettled = state.client().hasReset
        || isQuietAfter(std::max(state.acknowledged, state.lastSynAck), initialTimeout, state, span);
    return {completed, !isSettled};
}

OutcomeVerdict classifyAnswered(const AttemptState& state, const ObservationSpan& span)
{
    if (state.isSimultaneous)
        return {HandshakeOutcome::SimultaneousOpen, false};
    if (state.isAcknowledged)
        return classifyAcknowledged(state, span);
    if (state.isServerAlive)
        return {HandshakeOutcome::Completed, false};
    if (state.isResetByInitiator)
        return {HandshakeOutcome::ResetByInitiator, false};
    // An initiator that repeats its SYN has not accepted the SYN/ACK: when it stops, the rest of the responder's ladder
    // changes nothing. A silent one may have lost its ACK on the way and still send data.
    const bool repeatsSyn = state.synCount > 1;
    const bool isOver = isSynLadderOver(state, span) && (repeatsSyn || isSynAckLadderOver(state, span));
    const bool isFirstTry = state.synCount <= 1 && state.synAckRetransmissions == 0 && state.synAckReissues == 0;
    if (isFirstTry && !isOver)
        return {HandshakeOutcome::Indeterminate, false};
    return {HandshakeOutcome::SynAckUnacknowledged, !isOver};
}

} // namespace

OutcomeVerdict classify(const AttemptState& state, const ObservationSpan& span)
{
    if (state.hasSynAck())
        return state.hasSyn() ? classifyAnswered(state, span) : classifyWithoutSyn(state, span);
    return state.hasSyn() ? classifyUnanswered(state, span) : classifyMidstream(state);
}

} // namespace halfshake
