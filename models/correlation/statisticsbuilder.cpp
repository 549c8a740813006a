// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/statisticsbuilder.h"

#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <unordered_set>

namespace halfshake {

namespace {

bool isSynAck(HandshakeStep step)
{
    return step == HandshakeStep::SynAck || step == HandshakeStep::SynAckRetransmission
        || step == HandshakeStep::SynAckTriggered || step == HandshakeStep::SynAckReissue;
}

bool isOpened(HandshakeOutcome outcome)
{
    return outcome == HandshakeOutcome::Completed || outcome == HandshakeOutcome::CompletedByData;
}

class Builder
{
public:
    Builder(const LinkingInput& input, const Linking& linking) : m_input(&input), m_linking(&linking) { }

    [[nodiscard]] FailureStatistics run();

private:
    void addLogs();
    void addLinks();
    void addConnections();
    void addConnection(const WireConnection& connection);
    void addFailed(const WireConnection& connection);
    void addRepeats(const WireConnection& connection);
    void addCompletedPorts();
    [[nodiscard]] bool isFromProxy(const WireConnection& connection) const;

    const LinkingInput* m_input;
    const Linking* m_linking;
    FailureStatistics m_result;
    std::unordered_set<Endpoint> m_failedServers;
};

void Builder::addLogs()
{
    const auto& requests = m_input->requests;
    m_result.requests = requests.requests.size();
    m_result.upstreamAttempts = requests.attempts.size();
    for (const auto& index : requests.logs) {
        m_result.hasAccessLog = m_result.hasAccessLog || !index.log().requests.empty();
        m_result.hasErrorLog = m_result.hasErrorLog || !index.log().errors.empty();
        for (const auto& attempt : index.log().upstreamAttempts) {
            if (attempt.endpoint)
                m_result.upstreams.insert(*attempt.endpoint);
        }
        m_result.upstreamErrorEntries += static_cast<std::uint64_t>(std::ranges::count_if(
            index.log().errors, [](const ErrorEntry& entry) { return isFailure(entry.errorClass); }));
    }
    for (const auto& distinct : requests.requests) {
        const auto& request = requests.row(requests.loggedOf(distinct).front());
        if (request.hasFailedWithoutAttempt())
            ++m_result.failedRequestsWithoutAttempt;
    }
}

void Builder::addLinks()
{
    std::unordered_set<std::uint64_t> counted;
    std::vector<Duration> giveUps;
    for (std::size_t i = 0; i < m_linking->links.size(); ++i) {
        const auto& link = m_linking->links[i];
        const auto& row = m_input->requests.attemptRow(m_input->requests.attempts[m_input->failed[i].attempt]);
        ++m_result.failedAttempts;
        ++m_result.failedByClass[link.errorClass];
        ++m_result.failedByStatus[row.status.value_or(0)];
        if (row.endpoint)
            m_result.failingUpstreams.insert(*row.endpoint);
        if (link.errorClass == ErrorClass::SynExhausted && row.responseTime)
            giveUps.push_back(*row.responseTime);
        if (!link.connection)
            continue;
        ++m_result.linkedAttempts;
        const auto key = std::uint64_t{link.connection->evidence.value()} << 32 | link.connection->index;
        if (!counted.insert(key).second)
            continue;
        const auto& point = *std::ranges::find(m_input->captures, link.connection->evidence,
            [](const RankedCapture& capture) { return capture.capture->evidence; });
        const auto& attempt = point.capture->attempts[link.connection->index];
        ++m_result.linkedByOutcome[attempt.outcome];
        if (isFailure(attempt))
            m_result.linkedFailedClientPorts.push_back(attempt.client.port);
    }
    if (!giveUps.empty()) {
        const auto middle = giveUps.begin() + static_cast<std::ptrdiff_t>(giveUps.size() / 2);
        std::ranges::nth_element(giveUps, middle);
        m_result.typicalGiveUp = *middle;
    }
}

bool Builder::isFromProxy(const WireConnection& connection) const
{
    return !m_input->route.knowsProxy() || m_input->route.isProxy(connection.attempt->client.address);
}

void Builder::addFailed(const WireConnection& connection)
{
    ++m_result.failedConnections;
    m_result.failedClientPorts.push_back(connection.attempt->client.port);
    m_failedServers.insert(connection.attempt->server);
    const auto& sightings = m_input->identity.sightingsOf(connection.identity);
    const bool hasArrived = std::ranges::any_of(sightings, [&](const ConnectionSighting& at) {
        const auto& attempt = m_input->captures[at.capture].capture->attempts[at.attempt];
        return attempt.lost == PlaceOfLoss::InsideClientHost
            || (attempt.outcome == HandshakeOutcome::SynAckUnacknowledged && attempt.vantage == VantagePoint::Client);
    });
    m_result.synAckArrivedUnanswered += hasArrived ? 1 : 0;
}

void Builder::addRepeats(const WireConnection& connection)
{
    for (const auto& at : m_input->identity.sightingsOf(connection.identity)) {
        const auto& attempt = m_input->captures[at.capture].capture->attempts[at.attempt];
        m_result.mostSynRetransmissions = std::max(m_result.mostSynRetransmissions, attempt.synRetransmissions);
        m_result.mostSynAckRetransmissions =
            std::max(m_result.mostSynAckRetransmissions, attempt.synAckRetransmissions);
    }
    const HandshakeEvent* last = nullptr;
    for (const auto& event : m_input->wire.eventsOf(connection)) {
        if (!isSynAck(event.step))
            continue;
        // a rebuilt request socket answers the next SYN with a new ISN: no timer made that gap
        if (last && event.step != HandshakeStep::SynAckReissue)
            m_result.longestSynAckGap = std::max(m_result.longestSynAckGap, between(last->time, event.time));
        last = &event;
    }
}

void Builder::addConnection(const WireConnection& connection)
{
    const auto& attempt = *connection.attempt;
    ++m_result.connectionsByOutcome[attempt.outcome];
    if (connection.isOpeningSeen)
        ++m_result.connections;
    if (isFailure(attempt))
        addFailed(connection);
    else if (isOpened(attempt.outcome))
        m_result.dataRetransmissions += attempt.dataRetransmissions;
    addRepeats(connection);
}

void Builder::addCompletedPorts()
{
    for (const auto& connection : m_input->wire.connections) {
        if (isFromProxy(connection) && isOpened(connection.attempt->outcome)
            && m_failedServers.contains(connection.attempt->server))
            m_result.completedClientPorts.push_back(connection.attempt->client.port);
    }
}

void Builder::addConnections()
{
    m_result.hasCapture = !m_input->captures.empty();
    if (m_result.hasCapture)
        m_result.vantage = m_input->captures.front().vantage;
    for (const auto& connection : m_input->wire.connections) {
        if (isFromProxy(connection))
            addConnection(connection);
    }
    addCompletedPorts();
}

FailureStatistics Builder::run()
{
    addLogs();
    addLinks();
    addConnections();
    return std::move(m_result);
}

} // namespace

FailureStatistics failureStatistics(const LinkingInput& input, const Linking& linking)
{
    return Builder{input, linking}.run();
}

} // namespace halfshake
