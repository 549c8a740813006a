// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/attemptassembly.h"

#include "models/capture/outcomeclassifier.h"
#include "models/capture/placeofloss.h"
#include "models/capture/vantageestimator.h"

#include <algorithm>
#include <numeric>

namespace halfshake {

namespace {

struct Judged
{
    OutcomeVerdict verdict;
    VantagePoint vantage = VantagePoint::Unknown;
};

void takeProgress(const AttemptState& state, ConnectionAttempt& attempt)
{
    constexpr int mostOfRepair = 2; // repeats by which a usual loss is mended
    attempt.longestPause = state.longestPause;
    attempt.pauseBeforeRequest = state.pauseBeforeRequest;
    attempt.closeRace = state.closeRace;
    attempt.dataRetransmissions = state.dataRetransmissions;
    attempt.clientZeroWindows = state.client().zeroWindows;
    attempt.serverZeroWindows = state.server().zeroWindows;
    attempt.isLostSegmentOfServer = state.server().repeats > mostOfRepair;
    const AttemptDirection& losing = attempt.isLostSegmentOfServer ? state.server() : state.client();
    if (losing.repeats > mostOfRepair)
        attempt.lostSegmentLength = losing.repeatedLength;
}

ConnectionAttempt assembled(const AttemptState& state, const Flow& flow, const Judged& judged)
{
    ConnectionAttempt attempt;
    const bool isFromLower = state.clientDirection == FlowDirection::FromLower;
    attempt.client = isFromLower ? flow.lower : flow.higher;
    attempt.server = isFromLower ? flow.higher : flow.lower;
    attempt.start = state.start;
    attempt.end = state.end;
    attempt.clientBytes = state.client().bytes;
    attempt.serverBytes = state.server().bytes;
    attempt.clientInitialSequenceNumber = state.initialSequence;
    attempt.firstPacket = state.firstPacket;
    attempt.packetCount = state.client().packets + state.server().packets;
    takeProgress(state, attempt);
    attempt.synRetransmissions = state.synRetransmissions;
    attempt.synAckRetransmissions = state.synAckRetransmissions;
    attempt.synAckReissues = state.synAckReissues;
    attempt.synAckAfterAck = state.synAckAfterAck;
    attempt.outcome = judged.verdict.outcome;
    attempt.isEndCutOff = judged.verdict.isEndCutOff;
    attempt.vantage = judged.vantage;
    attempt.lost = placeOfLoss(state, judged.verdict.outcome, judged.vantage);
    attempt.isEstablished = state.isAcknowledged || state.isServerAlive;
    attempt.reusesPort = state.reusesPort;
    attempt.hasClientFin = state.client().hasFin;
    attempt.hasServerFin = state.server().hasFin;
    attempt.hasClientReset = state.client().hasReset;
    attempt.hasServerReset = state.server().hasReset;
    return attempt;
}

HandshakeEvent assembled(const HandshakeTracker::Event& event, const AttemptState& state, const PacketTable& packets)
{
    const bool isFromClient = event.direction == state.clientDirection;
    HandshakeStep step = event.step;
    if (step == HandshakeStep::FirstClientData || step == HandshakeStep::FirstServerData)
        step = isFromClient ? HandshakeStep::FirstClientData : HandshakeStep::FirstServerData;
    return {.time = packets.time(event.packet - std::size_t{1}),
        .packet = event.packet,
        .step = step,
        .isFromClient = isFromClient};
}

std::vector<std::uint32_t> orderByStart(const Arena<AttemptState>& states)
{
    std::vector<std::uint32_t> order(states.size());
    std::ranges::iota(order, 0U);
    const auto startOf = [&](std::uint32_t attempt) { return states[attempt].start; };
    if (!std::ranges::is_sorted(order, {}, startOf))
        std::ranges::stable_sort(order, {}, startOf);
    return order;
}

/// Where each attempt goes when they are put in \a order.
std::vector<std::uint32_t> ranksOf(std::span<const std::uint32_t> order)
{
    std::vector<std::uint32_t> ranks(order.size());
    for (std::uint32_t rank = 0; rank < order.size(); ++rank)
        ranks[order[rank]] = rank;
    return ranks;
}

void addEvents(const HandshakeTracker& tracker, std::span<const std::uint32_t> ranks, Capture& capture)
{
    for (const auto& event : tracker.events())
        ++capture.attempts[ranks[event.attempt]].eventCount;
    std::uint32_t first = 0;
    for (ConnectionAttempt& attempt : capture.attempts) {
        attempt.firstEvent = first;
        first += std::exchange(attempt.eventCount, 0);
    }
    capture.events.resize(tracker.events().size());
    for (const auto& event : tracker.events()) {
        ConnectionAttempt& attempt = capture.attempts[ranks[event.attempt]];
        capture.events[attempt.firstEvent + attempt.eventCount++] =
            assembled(event, tracker.attempts()[event.attempt], capture.packets);
    }
}

void countRepeats(Capture& capture)
{
    for (std::uint32_t i = 0; i < capture.attempts.size(); ++i) {
        const ConnectionAttempt& attempt = capture.attempts[i];
        if (attempt.otherLeg < i)
            continue; // the same packets with other addresses
        capture.counts.synRetransmissions += attempt.synRetransmissions;
        capture.counts.synAckRetransmissions += attempt.synAckRetransmissions;
        capture.counts.synAckReissues += attempt.synAckReissues;
        capture.counts.dataRetransmissions += attempt.dataRetransmissions;
    }
}

} // namespace

void assembleAttempts(HandshakeTracker& tracker, Capture& capture)
{
    tracker.orientMidstream();
    const Arena<AttemptState>& states = tracker.attempts();
    const VantageEstimator vantages(states, tracker.flows());
    const auto order = orderByStart(states);
    const auto ranks = ranksOf(order);
    std::vector<bool> isReused(states.size());
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (states[i].previousOfFlow != AttemptState::none)
            isReused[states[i].previousOfFlow] = true;
    }

    capture.attempts.reserve(states.size());
    for (const std::uint32_t i : order) {
        const AttemptState& state = states[i];
        const ObservationSpan span{
            .captureStart = capture.range.start, .captureEnd = capture.range.end, .isTupleReused = isReused[i]};
        capture.attempts.push_back(
            assembled(state, tracker.flows()[state.flow], {classify(state, span), vantages.ofAttempt(i)}));
        if (state.otherLeg != AttemptState::none)
            capture.attempts.back().otherLeg = ranks[state.otherLeg];
    }
    addEvents(tracker, ranks, capture);
    countRepeats(capture);
    capture.counts.dataSegments = tracker.dataSegments();
    capture.requests = tracker.takeRequests();
    for (HttpRequestMark& request : capture.requests)
        request.attempt = ranks[request.attempt];
    if (!std::ranges::is_sorted(capture.requests, {}, &HttpRequestMark::time))
        std::ranges::stable_sort(capture.requests, {}, &HttpRequestMark::time);
    if (!std::ranges::is_sorted(ranks))
        capture.packets.renumberAttempts(ranks);
    capture.impliedSettings = impliedSettings(capture);
    capture.vantage = vantages.ofCapture();
    capture.vantageSignals = vantages.signals();
}

} // namespace halfshake
