// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/serverhistory.h"

#include "models/diagnosis/lostsegments.h"

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

bool isUnanswered(const ConnectionAttempt& attempt)
{
    return attempt.isEstablished && attempt.clientBytes > 0 && attempt.serverBytes == 0;
}

ServerHistory::ServerHistory(const std::vector<std::shared_ptr<const Capture>>& captures, const ClockAlignment& clocks)
{
    for (const auto& capture : captures)
        add(*capture, clocks);
    for (auto& record : m_records | std::views::values) {
        for (auto& answered : record.answered | std::views::values)
            std::ranges::sort(answered);
        for (auto& responses : record.responses | std::views::values)
            std::ranges::sort(responses);
    }
    for (const auto& capture : captures)
        findSelective(*capture, clocks);
}

void ServerHistory::add(const Capture& capture, const ClockAlignment& clocks)
{
    const TimeRange range{clocks.toIncident(capture.evidence, capture.range.start),
        clocks.toIncident(capture.evidence, capture.range.end)};
    for (const auto& request : capture.requests) {
        if (request.attempt < capture.attempts.size())
            addRequest(capture, request, clocks);
    }
    std::unordered_set<Endpoint> inside;
    for (std::uint32_t row = 0; row < capture.attempts.size(); ++row) {
        const auto& attempt = capture.attempts[row];
        auto& record = m_records[attempt.server];
        if (isAnswered(attempt))
            record.answered[attempt.client.address].push_back(clocks.toIncident(capture.evidence, attempt.start));
        record.ignoresAcks = record.ignoresAcks || isAckIgnored(attempt);
        record.losesLargeSegments = record.losesLargeSegments || halfshake::losesLargeSegments(capture, row);
        if (isUnanswered(attempt))
            record.stalled[attempt.client.address].push_back(
                {clocks.toIncident(capture.evidence, attempt.start), clocks.toIncident(capture.evidence, attempt.end)});
        if (attempt.vantage == VantagePoint::Server && inside.insert(attempt.server).second)
            record.watched.push_back(range);
    }
}

void ServerHistory::addRequest(const Capture& capture, const HttpRequestMark& request, const ClockAlignment& clocks)
{
    constexpr Duration longWait = std::chrono::seconds{1};
    const auto& attempt = capture.attempts[request.attempt];
    auto& record = m_records[attempt.server];
    const auto asked = clocks.toIncident(capture.evidence, request.time);
    const bool isAnswered = request.responseStatus != 0;
    const auto end = clocks.toIncident(capture.evidence, isAnswered ? request.responseTime : attempt.end);
    if (isAnswered)
        record.responses[attempt.client.address].push_back(end);
    if (!isAnswered || end - asked > longWait)
        record.stalled[attempt.client.address].push_back({asked, end});
}

void ServerHistory::findSelective(const Capture& capture, const ClockAlignment& clocks)
{
    for (const auto& attempt : capture.attempts) {
        if (attempt.outcome != HandshakeOutcome::SynUnanswered)
            continue;
        const TimeRange range{
            clocks.toIncident(capture.evidence, attempt.start), clocks.toIncident(capture.evidence, attempt.end)};
        auto& record = m_records[attempt.server];
        record.answersSelectively = record.answersSelectively || answersWithin(attempt, range);
    }
}

const ServerHistory::Record* ServerHistory::find(const Endpoint& server) const
{
    const auto it = m_records.find(server);
    return it == m_records.end() ? nullptr : &it->second;
}

const std::vector<TimePoint>& ServerHistory::timesOf(const ConnectionAttempt& attempt, Times Record::* times) const
{
    const auto* const record = find(attempt.server);
    if (!record)
        return m_never;
    const auto it = (record->*times).find(attempt.client.address);
    return it == (record->*times).end() ? m_never : it->second;
}

bool ServerHistory::answersAfter(const ConnectionAttempt& attempt, TimePoint time) const
{
    const auto& answered = timesOf(attempt, &Record::answered);
    return !answered.empty() && answered.back() > time;
}

bool ServerHistory::answersWithin(const ConnectionAttempt& attempt, const TimeRange& range) const
{
    const auto isWithin = [&range](const std::vector<TimePoint>& times) {
        const auto first = std::ranges::lower_bound(times, range.start);
        return first != times.end() && *first <= range.end;
    };
    return isWithin(timesOf(attempt, &Record::answered)) || isWithin(timesOf(attempt, &Record::responses));
}

bool ServerHistory::answersSelectively(const Endpoint& server) const
{
    const auto* const record = find(server);
    return record && record->answersSelectively;
}

bool ServerHistory::stallsWithin(const ConnectionAttempt& attempt, const TimeRange& range) const
{
    const auto* const record = find(attempt.server);
    if (!record)
        return false;
    const auto it = record->stalled.find(attempt.client.address);
    return it != record->stalled.end() && std::ranges::any_of(it->second, [&range](const TimeRange& stalled) {
        return stalled.start <= range.end && stalled.end >= range.start;
    });
}

bool ServerHistory::losesLargeSegments(const Endpoint& server) const
{
    const auto* const record = find(server);
    return record && record->losesLargeSegments;
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
