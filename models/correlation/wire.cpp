// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/wire.h"

#include "models/correlation/captureclock.h"

#include <algorithm>

namespace halfshake {

namespace {

/// The HTTP requests of a capture by connection attempt.
class MarksByAttempt
{
public:
    explicit MarksByAttempt(const Capture& capture) : m_capture(&capture), m_first(capture.attempts.size() + 1)
    {
        for (const auto& mark : capture.requests) {
            if (mark.attempt < capture.attempts.size())
                ++m_first[mark.attempt + 1];
        }
        for (std::size_t i = 1; i < m_first.size(); ++i)
            m_first[i] += m_first[i - 1];
        m_marks.resize(m_first.back());
        auto next = m_first;
        for (std::uint32_t i = 0; i < capture.requests.size(); ++i) {
            if (capture.requests[i].attempt < capture.attempts.size())
                m_marks[next[capture.requests[i].attempt]++] = i;
        }
    }

    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t attempt) const
    {
        return std::span(m_marks).subspan(m_first[attempt], m_first[attempt + 1] - m_first[attempt]);
    }
    [[nodiscard]] const Capture& capture() const { return *m_capture; }

private:
    const Capture* m_capture;
    std::vector<std::uint32_t> m_first;
    std::vector<std::uint32_t> m_marks;
};

/// The sighting that shows most requests of a connection; the nearest of them.
ConnectionSighting bestSpoken(std::span<const ConnectionSighting> sightings, const std::vector<MarksByAttempt>& marks)
{
    return *std::ranges::max_element(
        sightings, {}, [&](const ConnectionSighting& at) { return marks[at.capture].of(at.attempt).size(); });
}

void appendRequests(Wire& wire, std::uint32_t connection, const MarksByAttempt& marks, std::uint32_t attempt,
    const ClockAlignment& clocks)
{
    auto& owner = wire.connections[connection];
    owner.firstRequest = static_cast<std::uint32_t>(wire.requests.size());
    const auto evidence = marks.capture().evidence;
    for (const auto index : marks.of(attempt)) {
        const auto& mark = marks.capture().requests[index];
        WireRequest request{.time = clocks.toIncident(evidence, mark.time),
            .connection = connection,
            .responseStatus = mark.responseStatus,
            .isFirst = owner.isOpeningSeen && wire.requests.size() == owner.firstRequest,
            .targetHash = mark.targetHash,
            .requestIdHash = mark.requestIdHash};
        request.opening = request.isFirst ? owner.start : request.time;
        request.responseTime = mark.responseStatus != 0 ? clocks.toIncident(evidence, mark.responseTime) : request.time;
        wire.requests.push_back(request);
    }
    owner.requestCount = static_cast<std::uint32_t>(wire.requests.size()) - owner.firstRequest;
}

std::vector<WireConnection> connectionsByStart(
    const std::vector<RankedCapture>& captures, const ConnectionIdentity& identity, const ClockAlignment& clocks)
{
    std::vector<WireConnection> connections;
    connections.reserve(identity.size());
    for (std::uint32_t i = 0; i < identity.size(); ++i) {
        const auto nearest = identity.sightingsOf(i).front();
        const auto& capture = *captures[nearest.capture].capture;
        const auto& attempt = capture.attempts[nearest.attempt];
        connections.push_back({.start = clocks.toIncident(capture.evidence, attempt.start),
            .end = clocks.toIncident(capture.evidence, attempt.end),
            .capture = &capture,
            .attempt = &attempt,
            .identity = i,
            .isOpeningSeen = hasInitialSequenceNumber(attempt)});
    }
    std::ranges::stable_sort(connections, {}, &WireConnection::start);
    return connections;
}

} // namespace

const std::vector<std::uint32_t>& Wire::to(const Endpoint& server) const
{
    static const std::vector<std::uint32_t> none;
    const auto it = connectionsTo.find(server);
    return it != connectionsTo.end() ? it->second : none;
}

std::span<const HandshakeEvent> Wire::eventsOf(const WireConnection& connection) const
{
    return std::span(connection.capture->events)
        .subspan(connection.attempt->firstEvent, connection.attempt->eventCount);
}

std::span<const WireRequest> Wire::requestsOf(const WireConnection& connection) const
{
    return std::span(requests).subspan(connection.firstRequest, connection.requestCount);
}

Wire buildWire(
    const std::vector<RankedCapture>& captures, const ConnectionIdentity& identity, const ClockAlignment& clocks)
{
    Wire wire;
    wire.connections = connectionsByStart(captures, identity, clocks);
    std::vector<MarksByAttempt> marks;
    for (const auto& point : captures) {
        const auto& capture = *point.capture;
        marks.emplace_back(capture);
        wire.coverage.push_back({&capture, clocks.toIncident(capture.evidence, capture.range.start),
            clocks.toIncident(capture.evidence, capture.range.end)});
    }
    for (std::uint32_t i = 0; i < wire.connections.size(); ++i) {
        const auto sightings = identity.sightingsOf(wire.connections[i].identity);
        const auto spoken = bestSpoken(sightings, marks);
        appendRequests(wire, i, marks[spoken.capture], spoken.attempt, clocks);
        for (const auto& at : sightings) {
            const auto& server = captures[at.capture].capture->attempts[at.attempt].server;
            auto& list = wire.connectionsTo[server];
            if (list.empty() || list.back() != i)
                list.push_back(i);
            auto& seenBy = wire.seenBy[server];
            if (!std::ranges::contains(seenBy, at.capture))
                seenBy.push_back(at.capture);
        }
    }
    return wire;
}

} // namespace halfshake
