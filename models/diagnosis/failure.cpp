// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/failure.h"

#include "models/correlation/connectionidentity.h"
#include "models/correlation/rankedcapture.h"
#include "models/diagnosis/connectionvariables.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

namespace halfshake {

namespace {

std::string endpointText(const std::optional<Endpoint>& endpoint, std::string_view asWritten)
{
    return endpoint ? toString(*endpoint) : std::string(asWritten);
}

/// The log names no upstream of such a request.
bool isBeforeAnyAttempt(ErrorClass errorClass)
{
    return errorClass == ErrorClass::Dns || errorClass == ErrorClass::Limited || errorClass == ErrorClass::FdLimit;
}

class FailureCollector
{
public:
    FailureCollector(const DiagnosisInput& input, const ServerHistory& servers)
        : m_input(input), m_connections(input, servers)
    {
    }

    Failures run()
    {
        const auto& statistics = m_input.correlation.statistics;
        for (const auto& link : m_input.correlation.links)
            addAttempt(link);
        if (!m_failures.all.empty())
            addErrorEntries(isBeforeAnyAttempt);
        if (m_failures.all.empty() && statistics.hasCapture) {
            m_failures.unit = FailureUnit::Connections;
            addConnections();
        }
        if (m_failures.all.empty()) {
            m_failures.unit = FailureUnit::ErrorEntries;
            addErrorEntries(isFailure);
        }
        if (m_failures.all.empty()) {
            m_failures.unit = FailureUnit::Requests;
            addRequests();
        }
        return std::move(m_failures);
    }

private:
    void add(Failure failure, ValueMap attempt = {}, std::optional<Value> connection = {})
    {
        attempt.emplace("errorClass", std::string(toString(failure.errorClass)));
        attempt.emplace("status", std::int64_t{failure.status});
        attempt.emplace("upstream", failure.upstream);
        attempt.emplace("isLinked", failure.connection.has_value());
        attempt.emplace("hasErrorEntry", failure.errorEntry.has_value());
        attempt.emplace("isGatewayFailure", failure.isGatewayFailure());
        failure.variables.emplace("attempt", Value::map(std::move(attempt)));
        if (connection)
            failure.variables.emplace("connection", std::move(*connection));
        m_failures.all.push_back(std::move(failure));
    }

    void addAttempt(const Link& link)
    {
        const auto log = std::ranges::find(m_input.logs, link.attempt.evidence, &ProxyLog::evidence);
        if (log == m_input.logs.end() || link.attempt.index >= (*log)->upstreamAttempts.size())
            return;
        const auto& row = (*log)->upstreamAttempts[link.attempt.index];
        Failure failure;
        failure.object = link.attempt;
        failure.errorEntry = link.errorEntry;
        failure.errorClass = link.errorClass;
        failure.status = row.status.value_or(0);
        failure.upstream = endpointText(row.endpoint, (*log)->text(row.upstream));
        ValueMap attempt;
        attempt.emplace("whyNotLinked", std::string(toString(link.whyNone)));
        // the captures were running and could see the upstream
        attempt.emplace("isMissingOnWire", link.whyNone == NoLinkReason::NoCandidate);
        if (row.responseTime)
            attempt.emplace("responseTime", *row.responseTime);
        if (row.connectTime)
            attempt.emplace("connectTime", *row.connectTime);
        std::optional<Value> connection;
        if (link.connection && (failure.handshake = m_connections.find(*link.connection))) {
            failure.connection = link.connection;
            connection = m_connections.variablesOf(*link.connection, link.sameConnection,
                {.isReused = link.isReusedConnection, .status = failure.status, .length = row.responseTime});
        }
        add(std::move(failure), std::move(attempt), std::move(connection));
    }

    /// Hosts that open connections to the upstreams of the logs; none where no log names any.
    [[nodiscard]] std::unordered_set<IpAddress> proxies() const
    {
        const auto& upstreams = m_input.correlation.statistics.upstreams;
        std::unordered_set<IpAddress> proxies;
        for (const auto& capture : m_input.captures) {
            for (const auto& attempt : capture->attempts) {
                if (upstreams.contains(attempt.server))
                    proxies.insert(attempt.client.address);
            }
        }
        return proxies;
    }

    /// A connection in all captures that have it, the one nearest the proxy first.
    struct Sightings
    {
        TimePoint start;
        std::vector<ObjectRef> connections;
    };

    /// Each failed connection of the proxy once.
    [[nodiscard]] std::vector<Sightings> failedConnections() const
    {
        const auto from = proxies();
        const auto captures = capturesByNearness(m_input.captures, {});
        const auto identity = identifyConnections(captures, m_input.correlation.clocks, {});
        std::vector<Sightings> found;
        for (std::size_t connection = 0; connection < identity.size(); ++connection) {
            const auto seen = identity.sightingsOf(connection);
            const auto& nearest = *captures[seen.front().capture].capture;
            const auto& attempt = nearest.attempts[seen.front().attempt];
            if (!isFailure(attempt) || (!from.empty() && !from.contains(attempt.client.address)))
                continue;
            auto& sightings = found.emplace_back();
            sightings.start = m_input.correlation.clocks.toIncident(nearest.evidence, attempt.start);
            for (const auto& at : seen)
                sightings.connections.push_back(
                    {ObjectKind::Connection, captures[at.capture].capture->evidence, at.attempt});
        }
        std::ranges::stable_sort(found, {}, &Sightings::start);
        return found;
    }

    void addConnections()
    {
        for (const auto& sightings : failedConnections()) {
            Failure failure;
            failure.object = sightings.connections.front();
            failure.connection = failure.object;
            failure.handshake = m_connections.find(failure.object);
            failure.upstream = toString(failure.handshake->server);
            auto connection =
                m_connections.variablesOf(failure.object, std::span(sightings.connections).subspan(1), {});
            add(std::move(failure), {}, std::move(connection));
        }
    }

    void addErrorEntries(bool (*isMeant)(ErrorClass))
    {
        for (const auto& log : m_input.logs) {
            for (std::uint32_t row = 0; row < log->errors.size(); ++row) {
                const auto& entry = log->errors[row];
                if (!isMeant(entry.errorClass))
                    continue;
                Failure failure;
                failure.object = {ObjectKind::ErrorEntry, log->evidence, row};
                failure.errorEntry = failure.object;
                failure.errorClass = entry.errorClass;
                failure.upstream = endpointText(entry.upstreamEndpoint, log->text(entry.upstream));
                add(std::move(failure));
            }
        }
    }

    void addRequests()
    {
        for (const auto& log : m_input.logs) {
            for (std::uint32_t row = 0; row < log->requests.size(); ++row) {
                const auto& request = log->requests[row];
                if (!request.hasFailedWithoutAttempt())
                    continue;
                Failure failure;
                failure.object = {ObjectKind::Request, log->evidence, row};
                failure.errorClass = ErrorClass::Other;
                failure.status = request.status;
                failure.upstream = log->text(request.upstreamName);
                add(std::move(failure));
            }
        }
    }

    const DiagnosisInput& m_input;
    ConnectionVariables m_connections;
    Failures m_failures;
};

} // namespace

std::string_view toString(FailureUnit unit)
{
    static constexpr std::array<std::string_view, 4> names{"attempts", "connections", "error entries", "requests"};
    return names[std::to_underlying(unit)];
}

bool Failure::isGatewayFailure() const
{
    return errorClass != ErrorClass::UpstreamStatus || (status >= 502 && status <= 504);
}

Failures failuresOf(const DiagnosisInput& input, const ServerHistory& servers)
{
    return FailureCollector(input, servers).run();
}

} // namespace halfshake
