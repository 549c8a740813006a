// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/ladderrows.h"

#include "models/capture/backoff.h"
#include "models/itemmodels/texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <span>

namespace halfshake {

namespace {

struct TimedRow
{
    Duration offset; ///< From the attempt's first packet.
    LadderFigure::Row row;
};

QString tr(const char* text)
{
    return QCoreApplication::translate("LadderFigure", text);
}

std::span<const HandshakeEvent> eventsOf(const Capture& capture, const ConnectionAttempt& attempt)
{
    return std::span(capture.events).subspan(attempt.firstEvent, attempt.eventCount);
}

bool isSyn(HandshakeStep step)
{
    return step == HandshakeStep::Syn || step == HandshakeStep::SynRetransmission;
}

bool isSynAck(HandshakeStep step)
{
    return step == HandshakeStep::SynAck || step == HandshakeStep::SynAckRetransmission
        || step == HandshakeStep::SynAckTriggered || step == HandshakeStep::SynAckReissue;
}

EventClass classOf(HandshakeStep step, bool hasFailed)
{
    switch (step) {
    case HandshakeStep::SynRetransmission:
    case HandshakeStep::SynAckRetransmission:
    case HandshakeStep::SynAckTriggered:
    case HandshakeStep::SynAckReissue:
        return hasFailed ? EventClass::Failed : EventClass::Slow;
    case HandshakeStep::Reset:
    case HandshakeStep::IcmpError:
    case HandshakeStep::ChallengeAck:
        return EventClass::Refused;
    case HandshakeStep::Syn:
    case HandshakeStep::SynAck:
    case HandshakeStep::Ack:
    case HandshakeStep::FirstClientData:
    case HandshakeStep::FirstServerData:
    case HandshakeStep::Fin:
        break;
    }
    return EventClass::Completed;
}

std::vector<Duration> synOffsets(std::span<const HandshakeEvent> events)
{
    std::vector<Duration> offsets;
    for (const auto& event : events) {
        if (isSyn(event.step))
            offsets.push_back(event.time - events.front().time);
    }
    return offsets;
}

/// Linear time-outs the client's kernel uses: as many as fit the gaps that were seen. The gap after the second SYN
/// tells: 1 s with linear time-outs, 2 s without.
int linearTimeoutsOf(const std::vector<Duration>& syns)
{
    constexpr int linuxDefault = 4; // tcp_syn_linear_timeouts since Linux 6.5
    using namespace std::chrono_literals;
    return syns.size() > 2 && backoff::matches(syns[2] - syns[1], 1s) ? linuxDefault : 0;
}

LadderFigure::Row ghost(const QString& label, bool isFromClient)
{
    return {.time = {},
        .label = label,
        .packet = 0,
        .isFromClient = isFromClient,
        .isGhost = true,
        .eventClass = EventClass::Unknown};
}

/// The tcp_syn_retries whose schedule has as many retransmissions as \a rungs; none where no value gives that many.
std::optional<int> synRetriesFor(std::size_t rungs, int linear)
{
    constexpr int most = 12; // tcp_syn_retries beyond this would take hours
    for (int retries = 1; retries <= most; ++retries) {
        if (backoff::synOffsets(retries, linear).size() == rungs)
            return retries;
    }
    return {};
}

/// Rungs of the client's schedule that the capture lacks, and when connect() fails.
void addExpectedSyns(std::vector<TimedRow>& rows, const std::vector<Duration>& syns, const ConnectionAttempt& attempt)
{
    if (syns.size() < 2 || !isFailure(attempt.outcome))
        return;
    const int linear = linearTimeoutsOf(syns);
    std::size_t rungs = 0;
    for (const auto offset : backoff::synOffsets(static_cast<int>(syns.size()) + 2, linear)) {
        if (offset > syns.back() + std::chrono::milliseconds{500})
            break;
        ++rungs;
        const bool isSeen = std::ranges::any_of(syns, [offset](Duration syn) {
            const auto late = syn - offset;
            return late > -offset / 20 && late < offset / 8 + std::chrono::milliseconds{500};
        });
        if (!isSeen)
            rows.push_back({offset, ghost(tr("SYN expected here, not captured"), true)});
    }
    const auto retries = synRetriesFor(rungs, linear);
    if (attempt.isEndCutOff || !retries)
        return;
    const auto giveUp = backoff::synGiveUp(*retries, linear);
    const auto label = tr("connect() gives up: ETIMEDOUT after %1 by this schedule").arg(texts::duration(giveUp));
    rows.push_back({std::max(giveUp, syns.back()), ghost(label, true)});
}

void addMissingAck(
    std::vector<TimedRow>& rows, std::span<const HandshakeEvent> events, const ConnectionAttempt& attempt)
{
    if (attempt.outcome != HandshakeOutcome::SynAckUnacknowledged)
        return;
    const auto synAck = std::ranges::find_if(events, [](const auto& event) { return isSynAck(event.step); });
    if (synAck != events.end())
        rows.push_back({synAck->time - events.front().time, ghost(tr("ACK expected, never sent"), true)});
}

} // namespace

std::vector<LadderFigure::Row> ladderRows(const Capture& capture, const ConnectionAttempt& attempt)
{
    const auto events = eventsOf(capture, attempt);
    if (events.empty())
        return {};
    std::vector<TimedRow> rows;
    const bool hasFailed = isFailure(attempt.outcome);
    for (const auto& event : events) {
        rows.push_back({event.time - events.front().time,
            {.time = {},
                .label = texts::step(event.step),
                .packet = event.packet,
                .isFromClient = event.isFromClient,
                .isGhost = false,
                .eventClass = classOf(event.step, hasFailed)}});
    }
    addMissingAck(rows, events, attempt);
    addExpectedSyns(rows, synOffsets(events), attempt);
    std::ranges::stable_sort(rows, {}, &TimedRow::offset);

    std::vector<LadderFigure::Row> result;
    for (auto& timed : rows) {
        timed.row.time = u'+' + texts::duration(timed.offset);
        result.push_back(std::move(timed.row));
    }
    return result;
}

} // namespace halfshake
