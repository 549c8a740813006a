// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/failure.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace halfshake {

namespace {

/// Looks captures and logs up by evidence.
template<typename Owner>
const Owner* find(const std::vector<std::shared_ptr<const Owner>>& owners, EvidenceId evidence)
{
    const auto it = std::ranges::find(owners, evidence, [](const auto& owner) { return owner->evidence; });
    return it != owners.end() ? it->get() : nullptr;
}

/// The attempt ended before a connection stood, whatever ended it.
bool failedToConnect(ErrorClass errorClass)
{
    switch (errorClass) {
    case ErrorClass::SynExhausted:
    case ErrorClass::ConnectTimeout:
    case ErrorClass::AbortInConnect:
    case ErrorClass::ConnRefused:
    case ErrorClass::HostUnreach:
    case ErrorClass::NetUnreach:
    case ErrorClass::NoLocalPort:
    case ErrorClass::ConnResetEarly:
        return true;
    default:
        return false;
    }
}

/// The same, or it may have: the log does not tell a client that left while connecting from one that left later.
bool mayHaveFailedToConnect(ErrorClass errorClass)
{
    return failedToConnect(errorClass) || errorClass == ErrorClass::ClientAbort || errorClass == ErrorClass::ReadTimeout
        || errorClass == ErrorClass::Other || errorClass == ErrorClass::None;
}

/// Servers that went on repeating a SYN/ACK although it was acknowledged.
using Servers = std::set<Endpoint>;

Servers serversIgnoringAcks(const std::vector<std::shared_ptr<const Capture>>& captures)
{
    Servers servers;
    for (const auto& capture : captures) {
        for (const auto& attempt : capture->attempts) {
            if (attempt.outcome == HandshakeOutcome::AckIgnored)
                servers.insert(attempt.server);
        }
    }
    return servers;
}

ValueMap connectionVariables(const ConnectionAttempt& attempt, const Servers& ignoring)
{
    return {
        {"outcome", std::string(toString(attempt.outcome))},
        {"failed", isFailure(attempt.outcome)},
        {"clientPort", std::int64_t{attempt.client.port}},
        {"server", toString(attempt.server)},
        {"lost", std::string(toString(attempt.lost))},
        {"synRetransmissions", std::int64_t{attempt.synRetransmissions}},
        {"synAckRetransmissions", std::int64_t{attempt.synAckRetransmissions}},
        {"synAckReissues", std::int64_t{attempt.synAckReissues}},
        {"serverIgnoresAcks", ignoring.contains(attempt.server)},
        {"duration", attempt.end - attempt.start},
    };
}

ValueMap attemptVariables(const UpstreamAttempt& attempt, const ProxyLog& log, const Link& link)
{
    ValueMap variables{
        {"isLogged", true},
        {"errorClass", std::string(toString(link.errorClass))},
        {"failedToConnect", failedToConnect(link.errorClass)},
        {"mayHaveFailedToConnect", mayHaveFailedToConnect(link.errorClass)},
        {"upstream", std::string(log.text(attempt.upstream))},
        {"isReused", link.isReusedConnection},
        {"isLinked", link.connection.has_value()},
    };
    if (attempt.status)
        variables.emplace("status", std::int64_t{*attempt.status});
    if (attempt.responseTime)
        variables.emplace("responseTime", *attempt.responseTime);
    return variables;
}

Failure attemptFailure(const DiagnosisInput& input, const Link& link, const Servers& ignoring)
{
    Failure failure{.object = link.attempt, .variables = {}};
    const auto* log = find(input.logs, link.attempt.evidence);
    if (!log || link.attempt.index >= log->upstreamAttempts.size())
        return failure;
    failure.variables.emplace(
        "attempt", Value::map(attemptVariables(log->upstreamAttempts[link.attempt.index], *log, link)));
    if (!link.connection)
        return failure;
    const auto* capture = find(input.captures, link.connection->evidence);
    if (capture && link.connection->index < capture->attempts.size()) {
        failure.variables.emplace(
            "connection", Value::map(connectionVariables(capture->attempts[link.connection->index], ignoring)));
    }
    return failure;
}

/// The capture whose connections are counted where no log names any: the one nearest the clients.
const Capture* countedCapture(const std::vector<std::shared_ptr<const Capture>>& captures)
{
    const auto nearest = std::ranges::min_element(captures, {}, [](const auto& capture) {
        return std::pair(
            capture->vantage != VantagePoint::Client, -static_cast<std::ptrdiff_t>(capture->attempts.size()));
    });
    return nearest != captures.end() ? nearest->get() : nullptr;
}

std::vector<Failure> connectionFailures(const DiagnosisInput& input, const Servers& ignoring)
{
    std::vector<Failure> failures;
    const auto* capture = countedCapture(input.captures);
    if (!capture)
        return failures;
    for (std::uint32_t row = 0; row < capture->attempts.size(); ++row) {
        const auto& attempt = capture->attempts[row];
        if (!isFailure(attempt.outcome))
            continue;
        failures.push_back({.object = {ObjectKind::Connection, capture->evidence, row},
            .variables = {
                {"attempt",
                    Value::map({{"isLogged", false}, {"failedToConnect", true}, {"mayHaveFailedToConnect", true},
                        {"errorClass", std::string("none")}, {"isReused", false}, {"isLinked", true}})},
                {"connection", Value::map(connectionVariables(attempt, ignoring))}}});
    }
    return failures;
}

} // namespace

std::vector<Failure> failuresOf(const DiagnosisInput& input)
{
    const auto ignoring = serversIgnoringAcks(input.captures);
    // a log without failures does not speak for connections that are not the proxy's
    if (input.correlation.links.empty())
        return connectionFailures(input, ignoring);
    std::vector<Failure> failures;
    for (const auto& link : input.correlation.links)
        failures.push_back(attemptFailure(input, link, ignoring));
    return failures;
}

} // namespace halfshake
