// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/failure.h"

#include "models/correlation/connectionidentity.h"
#include "models/correlation/rankedcapture.h"
#include "models/diagnosis/connectionvariables.h"

#include <algorithm>
#include <array>
#include <utility>

namespace halfshake {

namespace {

std::string endpointText(const std::optional<Endpoint>& endpoint, std::string_view asWritten)
{
    return endpoint ? toString(*endpoint) : std::string(asWritten);
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
        if (statistics.hasAccessLog) {
            m_failures.unit = FailureUnit::Attempts;
            for (const auto& link : m_input.correlation.links)
                addAttempt(link);
        } else if (statistics.hasCapture) {
            m_failures.unit = FailureUnit::Connections;
            addConnections();
        } else {
            m_failures.unit = FailureUnit::ErrorEntries;
            for (const auto& log : m_input.logs)
                addErrorEntries(*log);
        }
        return std::move(m_failures);
    }

private:
    void add(Failure failure)
    {
        ValueMap attempt = std::move(failure.variables);
        attempt.emplace("errorClass", std::string(toString(failure.errorClass)));
        attempt.emplace("status", std::int64_t{failure.status});
        attempt.emplace("upstream", failure.upstream);
        attempt.emplace("isLinked", failure.connection.has_value());
        attempt.emplace("hasErrorEntry", failure.errorEntry.has_value());
        attempt.emplace("isGatewayFailure", failure.isGatewayFailure());
        failure.variables = {{"attempt", Value::map(std::move(attempt))}};
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
        if (row.responseTime)
            failure.variables.emplace("responseTime", *row.responseTime);
        if (row.connectTime)
            failure.variables.emplace("connectTime", *row.connectTime);
        std::optional<Value> connection;
        if (link.connection && (failure.handshake = m_connections.find(*link.connection))) {
            failure.connection = link.connection;
            connection = m_connections.variablesOf(
                *link.connection, link.sameConnection, {.isReused = link.isReusedConnection, .status = failure.status});
        }
        add(std::move(failure));
        if (connection)
            m_failures.all.back().variables.emplace("connection", std::move(*connection));
    }

    /// Each connection once, as the capture nearest the client saw it.
    void addConnections()
    {
        const auto captures = capturesByNearness(m_input.captures, {});
        const auto identity = identifyConnections(captures, m_input.correlation.clocks, {});
        std::vector<std::pair<TimePoint, Failure>> found;
        for (std::size_t connection = 0; connection < identity.size(); ++connection) {
            std::vector<ObjectRef> sightings;
            for (const auto& sighting : identity.sightingsOf(connection))
                sightings.push_back(
                    {ObjectKind::Connection, captures[sighting.capture].capture->evidence, sighting.attempt});
            const auto* const attempt = m_connections.find(sightings.front());
            if (!attempt || !isFailure(*attempt))
                continue;
            Failure failure;
            failure.object = sightings.front();
            failure.connection = sightings.front();
            failure.handshake = attempt;
            failure.upstream = toString(attempt->server);
            add(std::move(failure));
            auto& added = m_failures.all.back();
            added.variables.emplace(
                "connection", m_connections.variablesOf(sightings.front(), std::span(sightings).subspan(1), {}));
            const auto start = m_input.correlation.clocks.toIncident(sightings.front().evidence, attempt->start);
            found.emplace_back(start, std::move(added));
        }
        std::ranges::stable_sort(found, {}, &std::pair<TimePoint, Failure>::first);
        m_failures.all.clear();
        for (auto& failure : found)
            m_failures.all.push_back(std::move(failure.second));
    }

    void addErrorEntries(const ProxyLog& log)
    {
        for (std::uint32_t row = 0; row < log.errors.size(); ++row) {
            const auto& entry = log.errors[row];
            if (entry.errorClass == ErrorClass::None || entry.errorClass == ErrorClass::PeerEjected)
                continue;
            Failure failure;
            failure.object = {ObjectKind::ErrorEntry, log.evidence, row};
            failure.errorEntry = failure.object;
            failure.errorClass = entry.errorClass;
            failure.upstream = endpointText(entry.upstreamEndpoint, log.text(entry.upstream));
            add(std::move(failure));
        }
    }

    const DiagnosisInput& m_input;
    ConnectionVariables m_connections;
    Failures m_failures;
};

} // namespace

std::string_view toString(FailureUnit unit)
{
    static constexpr std::array<std::string_view, 3> names{"attempts", "connections", "error entries"};
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
