// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/captureclock.h"

#include "models/correlation/offsetvote.h"
#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <optional>
#include <span>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

/// Two captures on one path see a packet this far apart at most; offsets are found to this grain first.
constexpr Duration pathDelay = 50ms;
/// What two time stamps of one packet may differ by, whatever the clocks.
constexpr Duration stampGrain = 1us;

/// One connection in both captures.
struct Pair
{
    const ConnectionAttempt* attempt;
    const ConnectionAttempt* attemptAgainst;
    Duration delta; ///< Of the first packets.
    bool hasSameEnds;
};

void addPairs(const ConnectionAttempt& attempt, std::span<const InitialSequenceNumber> others, const Capture& against,
    std::vector<Pair>& pairs)
{
    // a client that always sends the same number would give the square of its connections
    constexpr std::size_t most = 16;
    for (const auto& other : others.first(std::min(others.size(), most))) {
        const auto& otherAttempt = against.attempts[other.attempt];
        pairs.push_back({.attempt = &attempt,
            .attemptAgainst = &otherAttempt,
            .delta = between(otherAttempt.start, attempt.start),
            .hasSameEnds = attempt.client == otherAttempt.client && attempt.server == otherAttempt.server});
    }
}

std::vector<Pair> pairsOf(const Capture& capture, const std::vector<InitialSequenceNumber>& numbers,
    const Capture& against, const std::vector<InitialSequenceNumber>& numbersAgainst)
{
    std::vector<Pair> pairs;
    auto it = numbersAgainst.begin();
    for (const auto& [number, attempt] : numbers) {
        it = std::ranges::lower_bound(it, numbersAgainst.end(), number, {}, &InitialSequenceNumber::number);
        const auto end = std::ranges::upper_bound(it, numbersAgainst.end(), number, {}, &InitialSequenceNumber::number);
        addPairs(capture.attempts[attempt], {it, end}, against, pairs);
    }
    const auto isSame = [](const Pair& pair) { return pair.hasSameEnds; };
    if (std::ranges::any_of(pairs, isSame))
        std::erase_if(pairs, [](const Pair& pair) { return !pair.hasSameEnds; });
    return pairs;
}

std::optional<EvidenceTime> firstSynAck(const Capture& capture, const ConnectionAttempt& attempt)
{
    const auto events = std::span(capture.events).subspan(attempt.firstEvent, attempt.eventCount);
    const auto it = std::ranges::find(events, HandshakeStep::SynAck, &HandshakeEvent::step);
    if (it == events.end() || attempt.synAckRetransmissions != 0 || attempt.synAckReissues != 0)
        return {};
    return it->time;
}

Duration median(std::vector<Duration>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// A SYN says offset + delay, a SYN/ACK of the same handshake offset - delay: the offset is half-way between.
void refine(const Capture& capture, const Capture& against, const std::vector<Pair>& pairs, ClockEstimate& estimate)
{
    std::vector<Duration> middles;
    std::vector<Duration> delays;
    std::vector<Duration> syns;
    for (const auto& pair : pairs) {
        if (magnitude(difference(pair.delta, estimate.offset)) > pathDelay
            || pair.attempt->synRetransmissions != pair.attemptAgainst->synRetransmissions)
            continue;
        syns.push_back(pair.delta);
        const auto synAck = firstSynAck(capture, *pair.attempt);
        const auto synAckAgainst = firstSynAck(against, *pair.attemptAgainst);
        if (!synAck || !synAckAgainst)
            continue;
        const auto back = between(*synAckAgainst, *synAck);
        if (magnitude(difference(back, estimate.offset)) > pathDelay)
            continue;
        middles.push_back(sum(pair.delta, back) / 2);
        delays.push_back(magnitude(difference(pair.delta, back)) / 2);
    }
    if (!middles.empty()) {
        estimate.offset = median(middles);
        estimate.uncertainty = sum(median(delays), stampGrain);
    } else if (!syns.empty()) {
        estimate.offset = median(syns);
        estimate.uncertainty = pathDelay;
    }
}

} // namespace

bool hasInitialSequenceNumber(const ConnectionAttempt& attempt)
{
    return attempt.outcome != HandshakeOutcome::Midstream
        && (attempt.outcome != HandshakeOutcome::OneWay || attempt.clientInitialSequenceNumber != 0);
}

std::vector<InitialSequenceNumber> initialSequenceNumbers(const Capture& capture)
{
    std::vector<InitialSequenceNumber> numbers;
    numbers.reserve(capture.attempts.size());
    for (std::uint32_t i = 0; i < capture.attempts.size(); ++i) {
        if (hasInitialSequenceNumber(capture.attempts[i]))
            numbers.push_back({capture.attempts[i].clientInitialSequenceNumber, i});
    }
    std::ranges::sort(numbers);
    return numbers;
}

ClockEstimate estimateCaptureClock(const Capture& capture, const std::vector<InitialSequenceNumber>& numbers,
    const Capture& against, const std::vector<InitialSequenceNumber>& numbersAgainst)
{
    ClockEstimate estimate{.evidence = capture.evidence, .against = against.evidence};
    const auto pairs = pairsOf(capture, numbers, against, numbersAgainst);
    if (pairs.empty())
        return estimate;

    std::vector<OffsetInterval> intervals;
    intervals.reserve(pairs.size());
    for (const auto& pair : pairs)
        intervals.push_back({pair.delta, pair.delta});
    const auto vote = voteOffset(intervals, pathDelay / 2);
    estimate.offset = vote.offset;
    estimate.uncertainty = pathDelay;
    estimate.pairs = vote.agreeing;
    // equal ends and equal initial sequence number are one connection; the number alone repeats by chance
    estimate.isReliable = pairs.front().hasSameEnds || (vote.agreeing >= 2 && vote.agreeing > 2 * vote.runnerUp);
    refine(capture, against, pairs, estimate);
    return estimate;
}

} // namespace halfshake
