// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/connectionvariables.h"

#include "models/diagnosis/lostsegments.h"

#include <algorithm>
#include <string>
#include <utility>

namespace halfshake {

namespace {

bool isTrue(const Value& value)
{
    const auto* const truth = as<bool>(value);
    return truth && *truth;
}

} // namespace

ConnectionVariables::ConnectionVariables(const DiagnosisInput& input, const ServerHistory& servers)
    : m_input(input), m_servers(servers)
{
    for (const auto& link : input.correlation.links) {
        if (link.connection)
            m_requests.try_emplace(*link.connection);
        for (const auto& other : link.sameConnection)
            m_requests.try_emplace(other);
    }
    for (const auto& capture : input.captures) {
        for (const auto& request : capture->requests) {
            const auto it = m_requests.find({ObjectKind::Connection, capture->evidence, request.attempt});
            if (it != m_requests.end())
                it->second.push_back(request);
        }
    }
}

const Capture* ConnectionVariables::captureOf(EvidenceId evidence) const
{
    const auto it = std::ranges::find(m_input.captures, evidence, &Capture::evidence);
    return it == m_input.captures.end() ? nullptr : it->get();
}

const ConnectionAttempt* ConnectionVariables::find(ObjectRef connection) const
{
    const auto* const capture = captureOf(connection.evidence);
    return capture && connection.index < capture->attempts.size() ? &capture->attempts[connection.index] : nullptr;
}

std::span<const HttpRequestMark> ConnectionVariables::requestsOf(ObjectRef connection) const
{
    const auto it = m_requests.find(connection);
    return it == m_requests.end() ? std::span<const HttpRequestMark>{} : it->second;
}

/// What one capture adds to what the nearest one saw.
void ConnectionVariables::addSighting(ObjectRef connection, Use use, ValueMap& variables) const
{
    const auto* const attempt = find(connection);
    if (!attempt)
        return;
    if (attempt->vantage == VantagePoint::Server)
        addServerSighting(connection, use, variables);
    if (attempt->lost == PlaceOfLoss::InsideClientHost)
        variables.insert_or_assign("synAckArrived", true);
    if (losesLargeSegments(*captureOf(connection.evidence), connection.index))
        variables.insert_or_assign("isLosingLargeSegments", true);
}

void ConnectionVariables::addServerSighting(ObjectRef connection, Use use, ValueMap& variables) const
{
    const auto& attempt = *find(connection);
    variables.insert_or_assign("wasSeenAtServer", true);
    variables.insert_or_assign("isAckIgnoredAtServer", isAckIgnored(attempt));
    variables.insert_or_assign("isSynIgnoredAtServer", attempt.outcome == HandshakeOutcome::SynUnanswered);
    variables.insert_or_assign("isSynAckSent", attempt.outcome == HandshakeOutcome::SynAckUnacknowledged);
    const bool isSilent =
        isLastUnanswered(connection, use) && !isAckIgnored(attempt) && attempt.dataRetransmissions == 0;
    variables.insert_or_assign("isSilentAtServer", isSilent);
}

/// Whether the last request on it got no answer while the proxy waited.
bool ConnectionVariables::isLastUnanswered(ObjectRef connection, Use use) const
{
    const auto requests = requestsOf(connection);
    if (requests.empty())
        return isUnanswered(*find(connection));
    const auto& last = requests.back();
    return last.responseStatus == 0 || (use.length && last.responseTime - last.time > *use.length);
}

void ConnectionVariables::addRequests(ObjectRef connection, Use use, ValueMap& variables) const
{
    const auto requests = requestsOf(connection);
    const auto hasStatus = [&use](const HttpRequestMark& request) { return request.responseStatus == use.status; };
    if (!requests.empty() && use.status != 0)
        variables.emplace("isStatusOnWire", std::ranges::any_of(requests, hasStatus));
    // the request that failed is the last one; what was answered before it says how long the connection lay idle
    if (requests.size() < 2 || !isLastUnanswered(connection, use))
        return;
    const auto& before = requests[requests.size() - 2];
    if (before.responseStatus != 0)
        variables.emplace("idle", Duration{requests.back().time - before.responseTime});
}

void ConnectionVariables::addServer(ObjectRef connection, ValueMap& variables) const
{
    const auto& attempt = *find(connection);
    const auto& clocks = m_input.correlation.clocks;
    const TimeRange range{
        clocks.toIncident(connection.evidence, attempt.start), clocks.toIncident(connection.evidence, attempt.end)};
    const bool wasSeen = isTrue(variables.at("wasSeenAtServer"));
    variables.emplace("isServerAnsweringLater", m_servers.answersAfter(attempt, range.start));
    variables.emplace("isServerAnsweringMeanwhile", m_servers.answersWithin(attempt, range));
    variables.emplace("isServerAnsweringSelectively", m_servers.answersSelectively(attempt.server));
    variables.emplace("isServerIgnoringAcks", m_servers.ignoresAcks(attempt.server));
    variables.emplace("isServerStallingMeanwhile", m_servers.stallsWithin(attempt, range));
    variables.emplace("isServerLosingLargeSegments", m_servers.losesLargeSegments(attempt.server));
    variables.emplace("isMissingAtServer", !wasSeen && m_servers.isWatchedFromInside(attempt.server, range.start));
}

Value ConnectionVariables::variablesOf(ObjectRef nearest, std::span<const ObjectRef> others, Use use) const
{
    const auto* const attempt = find(nearest);
    if (!attempt)
        return Value::unknown("connection");
    const bool isAtClient = attempt->vantage == VantagePoint::Client;
    ValueMap variables{{"outcome", std::string(toString(attempt->outcome))},
        {"clientPort", std::int64_t{attempt->client.port}}, {"client", toString(attempt->client)},
        {"server", toString(attempt->server)}, {"lost", std::string(toString(attempt->lost))},
        {"duration", Duration{attempt->end - attempt->start}},
        {"synRetransmissions", std::int64_t{attempt->synRetransmissions}},
        {"synAckRetransmissions", std::int64_t{attempt->synAckRetransmissions}},
        {"isEstablished", attempt->isEstablished}, {"isReused", use.isReused}, {"isAckIgnored", isAckIgnored(*attempt)},
        {"isAckIgnoredAtServer", false}, {"isClosedByServer", attempt->hasServerFin || attempt->hasServerReset},
        {"synAckArrived", isAtClient && attempt->outcome == HandshakeOutcome::SynAckUnacknowledged},
        {"isUnanswered", attempt->isEstablished && isLastUnanswered(nearest, use)},
        {"isClosedByClient", attempt->hasClientFin || attempt->hasClientReset},
        {"dataRetransmissions", std::int64_t{attempt->dataRetransmissions}}, {"isSynIgnoredAtServer", false},
        {"isSynAckSent", attempt->outcome == HandshakeOutcome::SynAckUnacknowledged}, {"isSilentAtServer", false},
        {"isLosingLargeSegments", false}, {"wasSeenAtServer", false}};
    addSighting(nearest, use, variables);
    for (const auto& other : others)
        addSighting(other, use, variables);
    addServer(nearest, variables);
    addRequests(nearest, use, variables);
    return Value::map(std::move(variables));
}

} // namespace halfshake
