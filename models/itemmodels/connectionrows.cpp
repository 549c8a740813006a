// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/connectionrows.h"

#include "models/itemmodels/connectionmodel.h"
#include "models/itemmodels/texts.h"

#include <algorithm>
#include <compare>
#include <unordered_map>

namespace halfshake {

namespace {

constexpr std::size_t rowsPerReport = std::size_t{1} << 14;

/// What makes a connection the same one in two captures (reference: tcp-handshakes 1.8).
struct ConnectionKey
{
    Endpoint client;
    Endpoint server;
    std::uint32_t clientInitialSequenceNumber = 0;

    bool operator==(const ConnectionKey&) const = default;
};

struct ConnectionKeyHash
{
    std::size_t operator()(const ConnectionKey& key) const noexcept
    {
        const std::hash<Endpoint> hash;
        return (hash(key.client) * 31 + hash(key.server)) * 31 + key.clientInitialSequenceNumber;
    }
};

const ConnectionAttempt& attemptOf(const IncidentSnapshot& snapshot, const ConnectionRow& row)
{
    return snapshot.capture(row.capture)->attempts[row.attempt];
}

// the proxy is the client of its upstream connections
int distanceFromProxy(VantagePoint vantage)
{
    switch (vantage) {
    case VantagePoint::Client:
        return 0;
    case VantagePoint::Middle:
        return 1;
    case VantagePoint::Unknown:
        return 2;
    case VantagePoint::Server:
        return 3;
    }
    return 2;
}

/// The captures, the one nearest the proxy first.
std::vector<const Capture*> capturesByDistance(const IncidentSnapshot& snapshot)
{
    std::vector<const Capture*> captures;
    for (const auto& evidence : snapshot.evidence) {
        if (evidence && evidence->capture)
            captures.push_back(evidence->capture.get());
    }
    std::ranges::stable_sort(captures, {}, [](const Capture* capture) { return distanceFromProxy(capture->vantage); });
    return captures;
}

Expected<std::vector<ConnectionRow>> distinctConnections(const IncidentSnapshot& snapshot, JobContext& job)
{
    std::vector<ConnectionRow> rows;
    std::unordered_map<ConnectionKey, std::size_t, ConnectionKeyHash> known;
    const std::vector<const Capture*> captures = capturesByDistance(snapshot);
    for (const Capture* const capture : captures) {
        for (std::uint32_t i = 0; i < capture->attempts.size(); ++i) {
            if (i % rowsPerReport == 0 && job.isCancelled())
                return failure(DiagnosticCode::Cancelled);
            const ConnectionAttempt& attempt = capture->attempts[i];
            const ConnectionRow row{capture->evidence, i};
            if (captures.size() == 1) {
                rows.push_back(row);
                continue;
            }
            const ConnectionKey key{attempt.client, attempt.server, attempt.clientInitialSequenceNumber};
            const auto [place, isNew] = known.try_emplace(key, rows.size());
            // one capture holds no connection twice: the same key in it is another connection
            if (isNew || rows[place->second].capture == row.capture)
                rows.push_back(row);
        }
    }
    return rows;
}

/// Row numbers of the connections that links name, where another capture stands for them.
void preferLinked(const IncidentSnapshot& snapshot, std::vector<ConnectionRow>& rows)
{
    std::unordered_map<std::uint64_t, std::size_t> places;
    const auto keyOf = [](EvidenceId capture, std::uint32_t attempt) {
        return (std::uint64_t{capture.value()} << 32) | attempt;
    };
    for (std::size_t i = 0; i < rows.size(); ++i)
        places.emplace(keyOf(rows[i].capture, rows[i].attempt), i);
    for (const Link& link : snapshot.correlation->links) {
        if (!link.connection || places.contains(keyOf(link.connection->evidence, link.connection->index)))
            continue;
        for (const ObjectRef same : link.sameConnection) {
            const auto place = places.find(keyOf(same.evidence, same.index));
            if (place != places.end())
                rows[place->second] = {link.connection->evidence, link.connection->index};
        }
    }
}

bool matches(const ConnectionAttempt& attempt, const QString& text)
{
    return QString::fromStdString(toString(attempt.client)).contains(text, Qt::CaseInsensitive)
        || QString::fromStdString(toString(attempt.server)).contains(text, Qt::CaseInsensitive)
        || texts::outcome(attempt).contains(text, Qt::CaseInsensitive);
}

std::uint64_t lineOf(const IncidentSnapshot& snapshot, const ConnectionRow& row)
{
    const Link* const link = snapshot.correlation->linkOfConnection(row.object());
    const UpstreamAttempt* const attempt = link != nullptr ? snapshot.upstreamAttempt(link->attempt) : nullptr;
    const ProxyLog* const log = attempt != nullptr ? snapshot.log(link->attempt.evidence) : nullptr;
    return log != nullptr ? log->requests[attempt->request].line : 0;
}

std::weak_ordering compared(
    const IncidentSnapshot& snapshot, const ConnectionRow& left, const ConnectionRow& right, int column)
{
    const ConnectionAttempt& a = attemptOf(snapshot, left);
    const ConnectionAttempt& b = attemptOf(snapshot, right);
    const ClockAlignment& clocks = snapshot.correlation->clocks;
    switch (column) {
    case ConnectionModel::ClientColumn:
        return a.client <=> b.client;
    case ConnectionModel::ServerColumn:
        return a.server <=> b.server;
    case ConnectionModel::OutcomeColumn:
        return a.outcome <=> b.outcome;
    case ConnectionModel::SynRetransmissionsColumn:
        return a.synRetransmissions <=> b.synRetransmissions;
    case ConnectionModel::SynAckRetransmissionsColumn:
        return a.synAckRetransmissions + a.synAckReissues <=> b.synAckRetransmissions + b.synAckReissues;
    case ConnectionModel::DurationColumn:
        return a.end - a.start <=> b.end - b.start;
    case ConnectionModel::BytesColumn:
        return a.clientBytes + a.serverBytes <=> b.clientBytes + b.serverBytes;
    case ConnectionModel::LinkColumn:
        return lineOf(snapshot, left) <=> lineOf(snapshot, right);
    default:
        return clocks.toIncident(left.capture, a.start) <=> clocks.toIncident(right.capture, b.start);
    }
}

} // namespace

Expected<ConnectionRows> connectionRows(const IncidentSnapshot& snapshot, const ConnectionOrder& order, JobContext& job)
{
    auto distinct = distinctConnections(snapshot, job);
    if (!distinct)
        return std::unexpected(distinct.error());
    preferLinked(snapshot, *distinct);

    ConnectionRows result{.rows = std::move(*distinct), .total = 0};
    result.total = result.rows.size();
    std::erase_if(result.rows, [&](const ConnectionRow& row) {
        return (order.onlyNotable && !isNotable(snapshot, row))
            || (!order.filterText.isEmpty() && !matches(attemptOf(snapshot, row), order.filterText));
    });
    if (job.isCancelled())
        return failure(DiagnosticCode::Cancelled);

    std::ranges::stable_sort(result.rows, [&](const ConnectionRow& left, const ConnectionRow& right) {
        const auto comparison = compared(snapshot, left, right, order.sortColumn);
        return order.sortOrder == Qt::AscendingOrder ? comparison < 0 : comparison > 0;
    });
    return result;
}

bool isSameConnection(const ConnectionAttempt& left, const ConnectionAttempt& right)
{
    return left.client == right.client && left.server == right.server
        && left.clientInitialSequenceNumber == right.clientInitialSequenceNumber;
}

bool isNotable(const IncidentSnapshot& snapshot, const ConnectionRow& row)
{
    const ConnectionAttempt& attempt = attemptOf(snapshot, row);
    return isFailure(attempt.outcome) || attempt.synRetransmissions > 0 || attempt.synAckRetransmissions > 0
        || attempt.synAckReissues > 0 || snapshot.correlation->linkOfConnection(row.object()) != nullptr;
}

EventClass eventClassOf(const ConnectionAttempt& attempt)
{
    switch (attempt.outcome) {
    case HandshakeOutcome::Completed:
    case HandshakeOutcome::CompletedByData:
    case HandshakeOutcome::SimultaneousOpen:
        return attempt.synRetransmissions + attempt.synAckRetransmissions + attempt.synAckReissues > 0
            ? EventClass::Slow
            : EventClass::Completed;
    case HandshakeOutcome::SynUnanswered:
    case HandshakeOutcome::SynAckUnacknowledged:
    case HandshakeOutcome::AckIgnored:
    case HandshakeOutcome::OrphanSynAck:
        return EventClass::Failed;
    case HandshakeOutcome::Refused:
    case HandshakeOutcome::IcmpRejected:
    case HandshakeOutcome::ResetByInitiator:
    case HandshakeOutcome::ResetAfterAck:
    case HandshakeOutcome::ChallengeAck:
        return EventClass::Refused;
    case HandshakeOutcome::HalfSeen:
    case HandshakeOutcome::Midstream:
    case HandshakeOutcome::OneWay:
    case HandshakeOutcome::StraySynAck:
    case HandshakeOutcome::Indeterminate:
        return EventClass::Unknown;
    }
    return EventClass::Unknown;
}

QString linkedLine(const IncidentSnapshot& snapshot, ObjectRef connection)
{
    const Link* const link = snapshot.correlation->linkOfConnection(connection);
    if (link == nullptr)
        return {};
    const std::uint64_t line = lineOf(snapshot, {connection.evidence, connection.index});
    return texts::place(snapshot, {.evidence = link->attempt.evidence, .line = line});
}

} // namespace halfshake
