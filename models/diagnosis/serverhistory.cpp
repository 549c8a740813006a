// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/serverhistory.h"

#include <algorithm>
#include <ranges>
#include <unordered_set>

namespace halfshake {

namespace {

bool isAnswered(const ConnectionAttempt& attempt)
{
    switch (attempt.outcome) {
    case HandshakeOutcome::Completed:
    case HandshakeOutcome::CompletedByData:
    case HandshakeOutcome::SynAckUnacknowledged:
    case HandshakeOutcome::AckIgnored:
    case HandshakeOutcome::ResetByInitiator:
    case HandshakeOutcome::ResetAfterAck:
        return true;
    default:
        return attempt.isEstablished;
    }
}

} // namespace

bool isAckIgnored(const ConnectionAttempt& attempt)
{
    return attempt.outcome == HandshakeOutcome::AckIgnored || attempt.synAckAfterAck > 0;
}

ServerHistory::ServerHistory(const std::vector<std::shared_ptr<const Capture>>& captures, const ClockAlignment& clocks)
{
    for (const auto& capture : captures)
        add(*capture, clocks);
    for (auto& record : m_records | std::views::values) {
        for (auto& answered : record.answered | std::views::values)
            std::ranges::sort(answered);
    }
}

void ServerHistory::add(const Capture& capture, const ClockAlignment& clocks)
{
    const TimeRange range{clocks.toIncident(capture.evidence, capture.range.start),
        clocks.toIncident(capture.evidence, capture.range.end)};
    std::unordered_set<Endpoint> inside;
    for (const auto& attempt : capture.attempts) {
        auto& record = m_records[attempt.server];
        if (isAnswered(attempt))
            record.answered[attempt.client.address].push_back(clocks.toIncident(capture.evidence, attempt.start));
        record.ignoresAcks = record.ignoresAcks || isAckIgnored(attempt);
        if (attempt.vantage == VantagePoint::Server && inside.insert(attempt.server).second)
            record.watched.push_back(range);
    }
}

const ServerHistory::Record* ServerHistory::find(const Endpoint& server) const
{
    const auto it = m_records.find(server);
    return it == m_records.end() ? nullptr : &it->second;
}

const std::vector<TimePoint>& ServerHistory::answeredTo(const ConnectionAttempt& attempt) const
{
    const auto* const record = find(attempt.server);
    if (!record)
        return m_never;
    const auto it = record->answered.find(attempt.client.address);
    return it == record->answered.end() ? m_never : it->second;
}

bool ServerHistory::answersAfter(const ConnectionAttempt& attempt, TimePoint time) const
{
    const auto& answered = answeredTo(attempt);
    return !answered.empty() && answered.back() > time;
}

bool ServerHistory::answersWithin(const ConnectionAttempt& attempt, const TimeRange& range) const
{
    const auto& answered = answeredTo(attempt);
    const auto first = std::ranges::lower_bound(answered, range.start);
    return first != answered.end() && *first <= range.end;
}

bool ServerHistory::isWatchedFromInside(const Endpoint& server, TimePoint time) const
{
    const auto* const record = find(server);
    return record
        && std::ranges::any_of(record->watched, [time](const TimeRange& range) { return range.contains(time); });
}

bool ServerHistory::ignoresAcks(const Endpoint& server) const
{
    const auto* const record = find(server);
    return record && record->ignoresAcks;
}

} // namespace halfshake
