// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/diagnosis/story.h"

#include "tests/support/testtime.h"

#include <algorithm>
#include <format>

namespace halfshake::test {

namespace {

constexpr EvidenceId captureId{0};
constexpr EvidenceId logId{1};
constexpr std::uint32_t firstOtherId = 2;
const std::string proxyAddress = "192.168.1.11";

bool isCompleted(const ConnectionAttempt& attempt)
{
    return attempt.outcome == HandshakeOutcome::Completed || attempt.outcome == HandshakeOutcome::CompletedByData;
}

} // namespace

Story::Story() : m_capture(std::make_shared<Capture>()), m_log(std::make_shared<ProxyLog>())
{
    m_capture->evidence = captureId;
    m_capture->vantage = VantagePoint::Client;
    m_capture->range = {testStart(), testStart() + std::chrono::hours{1}};
    m_log->evidence = logId;
}

std::uint32_t Story::addConnection(const StoryConnection& connection)
{
    ConnectionAttempt attempt;
    attempt.client = *Endpoint::parse(proxyAddress + ':' + std::to_string(connection.clientPort));
    attempt.server = *Endpoint::parse(connection.server);
    attempt.start = testStart() + std::chrono::seconds{connection.at};
    attempt.end = attempt.start + std::chrono::seconds{connection.length};
    attempt.clientInitialSequenceNumber = static_cast<std::uint32_t>(m_capture->attempts.size() * 1000 + 1);
    attempt.packetCount = 10;
    attempt.outcome = connection.outcome;
    attempt.vantage = VantagePoint::Client;
    attempt.isEstablished = isCompleted(attempt);
    attempt.synAckAfterAck = connection.ignoresAck ? 3 : 0;
    attempt.hasServerReset = connection.isClosedByServer;
    attempt.synRetransmissions = connection.synRetransmissions;
    attempt.dataRetransmissions = connection.dataRetransmissions;
    m_capture->attempts.push_back(attempt);
    return static_cast<std::uint32_t>(m_capture->attempts.size() - 1);
}

void Story::addCompleted(int count, std::uint16_t firstPort, const std::string& server)
{
    for (int i = 0; i < count; ++i) {
        addConnection({.clientPort = static_cast<std::uint16_t>(firstPort + 2 * i),
            .server = server,
            .at = i % 3000,
            .length = 0});
    }
}

void Story::addSucceeded(int count, const std::string& upstream)
{
    for (int i = 0; i < count; ++i) {
        UpstreamAttempt row;
        row.request = static_cast<std::uint32_t>(m_log->requests.size());
        row.upstream = m_log->strings.intern(upstream);
        row.endpoint = Endpoint::parse(upstream);
        row.status = 200;
        row.startEarliest = testStart() + std::chrono::seconds{m_log->upstreamAttempts.size()};
        m_log->upstreamAttempts.push_back(row);
        m_log->requests.push_back({.line = m_log->requests.size() + 1, .attemptCount = 1});
    }
}

void Story::addAttempt(const StoryAttempt& attempt)
{
    addSucceeded(1, attempt.upstream);
    auto& row = m_log->upstreamAttempts.back();
    row.status = attempt.status;
    row.errorClass = attempt.errorClass;
    Link link;
    link.attempt = {ObjectKind::UpstreamAttempt, logId, static_cast<std::uint32_t>(m_log->upstreamAttempts.size() - 1)};
    link.errorClass = attempt.errorClass;
    link.isReusedConnection = attempt.isReused;
    if (attempt.connection)
        link.connection = ObjectRef{ObjectKind::Connection, captureId, *attempt.connection};
    if (attempt.hasErrorEntry) {
        addErrorEntry(attempt.errorClass);
        link.errorEntry =
            ObjectRef{ObjectKind::ErrorEntry, logId, static_cast<std::uint32_t>(m_log->errors.size() - 1)};
    }
    if (attempt.connection && attempt.statusOnWire) {
        m_capture->requests.push_back({.time = m_capture->attempts[*attempt.connection].start,
            .attempt = *attempt.connection,
            .responseStatus = *attempt.statusOnWire,
            .responseTime = {}});
    }
    m_links.push_back(std::move(link));
}

void Story::addErrorEntry(ErrorClass errorClass)
{
    ErrorEntry entry;
    entry.errorClass = errorClass;
    entry.line = m_log->errors.size() + 1;
    m_log->errors.push_back(entry);
}

ParameterFile& Story::addFile(ParameterFileKind kind, const std::string& label)
{
    auto& file = *m_files.emplace_back(std::make_shared<ParameterFile>());
    file.evidence = EvidenceId{firstOtherId + static_cast<std::uint32_t>(m_files.size() + m_serverCaptures.size())};
    file.kind = kind;
    m_scopes[file.evidence].label = label;
    return file;
}

void Story::addDump(const std::string& range, const std::string& reserved)
{
    auto& file = addFile(ParameterFileKind::SysctlDump, "node.txt");
    for (const auto& [key, value] : {std::pair<std::string, std::string>{"net.ipv4.ip_local_port_range", range},
             {"net.ipv4.ip_local_reserved_ports", reserved}}) {
        Parameter parameter;
        parameter.key = key;
        parameter.value = value;
        parameter.place = {.evidence = file.evidence, .line = file.parameters.size() + 100};
        file.parameters.push_back(std::move(parameter));
    }
}

void Story::addServices(const std::vector<std::uint16_t>& nodePorts)
{
    auto& file = addFile(ParameterFileKind::KubernetesObjects, "services.yaml");
    file.listsServices = true;
    for (const auto port : nodePorts) {
        file.nodePorts.push_back({port, "TCP", std::format("shop/service-{}", port), "http",
            {.evidence = file.evidence, .line = file.nodePorts.size() + 10}});
    }
}

void Story::addProxyMode(const std::string& mode)
{
    auto& file = addFile(ParameterFileKind::KubernetesObjects, "kube-proxy.yaml");
    Parameter parameter;
    parameter.key = "kube-proxy/mode";
    parameter.value = mode;
    parameter.layer = ParameterLayer::Orchestrator;
    parameter.place = {.evidence = file.evidence, .line = 3};
    file.parameters.push_back(std::move(parameter));
}

void Story::addRewritingPod()
{
    auto& file = addFile(ParameterFileKind::KubernetesObjects, "ingress.yaml");
    const SourceRef place{.evidence = file.evidence, .line = 40};
    file.workloads.push_back({"DaemonSet", "ingress/nginx", true,
        {{"net.ipv4.ip_local_port_range", "1024 65535", "sysctl", true, place}}, place});
}

void Story::addServerCapture(const std::string& server, const std::vector<std::uint32_t>& missing)
{
    auto capture = std::make_shared<Capture>();
    capture->evidence =
        EvidenceId{firstOtherId + static_cast<std::uint32_t>(m_files.size() + m_serverCaptures.size() + 1)};
    capture->vantage = VantagePoint::Server;
    capture->range = m_capture->range;
    for (std::uint32_t row = 0; row < m_capture->attempts.size(); ++row) {
        auto attempt = m_capture->attempts[row];
        if (attempt.server != *Endpoint::parse(server) || std::ranges::contains(missing, row))
            continue;
        attempt.vantage = VantagePoint::Server;
        m_seenAtServer.emplace_back(row,
            ObjectRef{ObjectKind::Connection, capture->evidence, static_cast<std::uint32_t>(capture->attempts.size())});
        capture->attempts.push_back(attempt);
    }
    m_serverCaptures.push_back(std::move(capture));
}

void Story::withoutCapture()
{
    m_hasCapture = false;
}

void Story::withoutAccessLog()
{
    m_hasAccessLog = false;
}

Correlation Story::correlation() const
{
    Correlation correlation;
    auto& statistics = correlation.statistics;
    statistics.hasErrorLog = !m_log->errors.empty();
    statistics.hasAccessLog = m_hasAccessLog && !m_log->requests.empty();
    if (statistics.hasAccessLog) {
        correlation.links = m_links;
        statistics.requests = m_log->requests.size();
        statistics.upstreamAttempts = m_log->upstreamAttempts.size();
        statistics.failedAttempts = m_links.size();
    }
    statistics.hasCapture = m_hasCapture && !m_capture->attempts.empty();
    if (!statistics.hasCapture) {
        for (auto& link : correlation.links)
            link.connection.reset();
        return correlation;
    }
    for (auto& link : correlation.links) {
        for (const auto& [connection, sighting] : m_seenAtServer) {
            if (link.connection && link.connection->index == connection)
                link.sameConnection.push_back(sighting);
        }
    }
    statistics.connections = m_capture->attempts.size();
    for (const auto& attempt : m_capture->attempts) {
        if (isFailure(attempt)) {
            ++statistics.failedConnections;
            statistics.failedClientPorts.push_back(attempt.client.port);
        } else if (isCompleted(attempt)) {
            statistics.completedClientPorts.push_back(attempt.client.port);
        }
    }
    return correlation;
}

std::vector<Cause> Story::diagnose() const
{
    const auto found = correlation();
    std::vector<std::shared_ptr<const Capture>> captures;
    if (found.statistics.hasCapture) {
        captures.push_back(m_capture);
        captures.insert(captures.end(), m_serverCaptures.begin(), m_serverCaptures.end());
    }
    std::vector<std::shared_ptr<const ProxyLog>> logs;
    if (!m_log->requests.empty() || !m_log->errors.empty())
        logs.push_back(m_log);
    const ParameterStore parameters({m_files.begin(), m_files.end()}, m_scopes);
    static const auto rules = RuleCatalogue::shipped();
    static const auto causes = CauseCatalogue::shipped();
    const auto findings = evaluateAll(rules, subjectsOf(parameters, found));
    return halfshake::diagnose(
        {.captures = captures, .logs = logs, .correlation = found, .parameters = parameters, .findings = findings},
        causes);
}

std::string Story::verdict() const
{
    const auto first = diagnose().at(0);
    return std::format("{} {} {}/{}", first.id, toString(first.certainty), first.explained, first.outOf);
}

std::string Story::verdictOf(const std::string& cause) const
{
    const auto causes = diagnose();
    const auto it = std::ranges::find(causes, cause, &Cause::id);
    return std::format("{} {}/{}", toString(it->certainty), it->explained, it->outOf);
}

} // namespace halfshake::test
