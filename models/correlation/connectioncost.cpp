// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/connectioncost.h"

#include "models/correlation/outcomefit.h"
#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

constexpr double poorOutcome = 3;
constexpr double wrongLength = 4;
/// The class is only concluded from the log: another outcome is less likely, not impossible.
constexpr double unlikelyOutcome = 4;
/// Timers only ever run late, by an eighth of their length at most (reference: tcp-handshakes 1.7).
constexpr Duration timerGrain = 300ms;
constexpr Duration stampGrain = 20ms;

Duration lateness(Duration timer)
{
    return sum(timer / 8, timerGrain);
}

struct Syns
{
    Duration last{0}; ///< From the first to the last.
    Duration lastGap{0};
    std::uint32_t count = 0;
};

Syns synsOf(std::span<const HandshakeEvent> events)
{
    Syns syns;
    EvidenceTime first{};
    for (const auto& event : events) {
        if (event.step != HandshakeStep::Syn && event.step != HandshakeStep::SynRetransmission)
            continue;
        first = syns.count == 0 ? event.time : first;
        const auto at = between(first, event.time);
        syns.lastGap = difference(at, syns.last);
        syns.last = at;
        ++syns.count;
    }
    return syns;
}

/// From the first packet to the first of these steps.
std::optional<Duration> timeOf(const WireConnection& connection, std::span<const HandshakeEvent> events, auto&& isMeant)
{
    const auto it = std::ranges::find_if(events, isMeant);
    if (it == events.end())
        return {};
    return between(connection.attempt->start, it->time);
}

double cost(Duration distance, Duration scale)
{
    const double units = static_cast<double>(magnitude(distance).count()) / static_cast<double>(scale.count());
    return units <= 4 ? units : 4 + 2 * std::log(units / 4);
}

/// The proxy's own timer or its client ended the attempt, whatever came back afterwards.
bool isGivenUpByProxy(ErrorClass errorClass)
{
    return errorClass == ErrorClass::ConnectTimeout || errorClass == ErrorClass::AbortInConnect
        || errorClass == ErrorClass::ClientAbort;
}

double outcomeCost(const SoughtConnection& sought, const ConnectionAttempt& attempt)
{
    switch (outcomeFit(sought.errorClass, attempt.outcome)) {
    case Fit::Good:
        break;
    case Fit::Poor:
        return poorOutcome;
    case Fit::Impossible:
        return sought.isClassStated ? impossible : unlikelyOutcome;
    }
    // known to fail, not how: a connection that failed explains it better than one that did not
    const bool isOpen = phaseOf(sought.errorClass) == FailurePhase::Unknown;
    return isOpen && !isFailure(attempt) ? poorOutcome : 0;
}

/// A proxy that gave up sends no more SYNs; one that did not would have sent the next by now.
double ladderCost(const SoughtConnection& sought, const WireConnection& connection, const Wire& wire)
{
    const auto syns = synsOf(wire.eventsOf(connection));
    if (syns.count == 0)
        return 0;
    if (syns.last > sum(*sought.length, stampGrain + lateness(0s)))
        return impossible;
    const auto wait = syns.count > 1 ? sum(syns.lastGap, syns.lastGap) : Duration{1s};
    const auto silence = difference(*sought.length, syns.last);
    const bool isSeenToTheEnd = !connection.attempt->isEndCutOff;
    if (isSeenToTheEnd && silence > sum(wait, lateness(wait)))
        return wrongLength;
    // the last gap, which the wait is taken from, may have been late itself
    const bool isKernelGivingUp = sought.errorClass == ErrorClass::SynExhausted && sought.isClassStated;
    return isKernelGivingUp && silence < difference(wait, lateness(wait)) ? wrongLength : 0;
}

double lengthCost(const SoughtConnection& sought, const WireConnection& connection, const Wire& wire)
{
    if (!sought.length)
        return 0;
    const auto events = wire.eventsOf(connection);
    switch (connection.attempt->outcome) {
    case HandshakeOutcome::SynUnanswered:
    case HandshakeOutcome::SynAckUnacknowledged:
    case HandshakeOutcome::Indeterminate:
    case HandshakeOutcome::OneWay:
        return ladderCost(sought, connection, wire);
    case HandshakeOutcome::Refused:
    case HandshakeOutcome::IcmpRejected: {
        const auto end = timeOf(connection, events, [](const HandshakeEvent& event) {
            return event.step == HandshakeStep::Reset || event.step == HandshakeStep::IcmpError;
        });
        // one ICMP error may be taken for a passing fault: the kernel then waits for the next
        const bool isPassing = connection.attempt->outcome == HandshakeOutcome::IcmpRejected;
        if (!end || isGivenUpByProxy(sought.errorClass) || (isPassing && *sought.length >= *end))
            return ladderCost(sought, connection, wire);
        return cost(difference(*sought.length, *end), stampGrain);
    }
    default:
        return 0;
    }
}

} // namespace

double openedCost(const SoughtConnection& sought, const WireConnection& connection, const Wire& wire)
{
    const double outcome = outcomeCost(sought, *connection.attempt);
    if (outcome == impossible)
        return impossible;
    return outcome + distanceCost(sought.start, connection.start) + lengthCost(sought, connection, wire);
}

double reusedCost(const SoughtConnection& sought, const WireConnection& connection, const Wire& wire)
{
    if (!sought.length || !isConnected(*connection.attempt) || connection.start >= sought.start.earliest)
        return impossible;
    const bool byServer = sought.errorClass == ErrorClass::RstBeforeHeader
        || sought.errorClass == ErrorClass::FinBeforeHeader || sought.errorClass == ErrorClass::WriteReset
        || sought.errorClass == ErrorClass::Truncated || sought.errorClass == ErrorClass::TlsFail;
    const bool byProxy = sought.errorClass == ErrorClass::ReadTimeout || sought.errorClass == ErrorClass::SendTimeout
        || sought.errorClass == ErrorClass::ClientAbort || sought.errorClass == ErrorClass::TlsTimeout;
    if (!byServer && !byProxy)
        return impossible;
    const auto closing = timeOf(connection, wire.eventsOf(connection), [&](const HandshakeEvent& event) {
        return (event.step == HandshakeStep::Reset || event.step == HandshakeStep::Fin)
            && event.isFromClient == byProxy;
    });
    if (!closing)
        return impossible;
    TimeWindow end = sought.start;
    end.earliest = moved(end.earliest, *sought.length);
    end.latest = moved(end.latest, *sought.length);
    return distanceCost(end, moved(connection.start, *closing));
}

std::optional<Duration> expectedGiveUp(const WireConnection& connection, const Wire& wire)
{
    Duration length{0};
    Duration gap{0};
    const HandshakeEvent* previous = nullptr;
    for (const auto& event : wire.eventsOf(connection)) {
        if (event.step != HandshakeStep::Syn && event.step != HandshakeStep::SynRetransmission)
            continue;
        if (previous) {
            gap = std::chrono::round<std::chrono::seconds>(between(previous->time, event.time));
            length = sum(length, gap);
        }
        previous = &event;
    }
    if (gap == Duration{0})
        return {};
    return sum(length, sum(gap, gap));
}

} // namespace halfshake
