// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/requestmatcher.h"

#include "models/correlation/sparsematching.h"
#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

/// Dearer pairs are no pairs: some 30 times the usual lag of a proxy.
constexpr double alone = 8;
/// The response on the wire contradicts the status in the log.
constexpr double otherStatus = 6;
/// A request id is decisive within this time; clients send the same one again later.
constexpr Duration longestDelayOfId = 10s;
constexpr Duration longestDelayOfTarget = 500ms;
/// A margin below which another request on the wire is named as a rival.
constexpr double rivalMargin = 5;

/// One request on the wire by what it says.
struct Spoken
{
    std::uint64_t key;
    TimePoint opening;
    std::uint32_t request;
};

class Matcher
{
public:
    Matcher(const RequestIdentity& requests, const std::vector<TimeWindow>& starts, const Wire& wire,
        const UpstreamRoute& route, const std::vector<ClockKnowledge>& clocks);

    [[nodiscard]] std::vector<MatchedRequest> run();

private:
    void addEdges(std::uint32_t attempt);
    void addEdgesOf(std::uint32_t attempt, const std::vector<Spoken>& spoken, std::uint64_t text, bool isById);
    [[nodiscard]] std::vector<Spoken> spokenBy(std::uint64_t WireRequest::* text) const;
    [[nodiscard]] double cost(std::uint32_t attempt, const WireRequest& request, bool isById) const;

    const RequestIdentity* m_requests;
    const std::vector<TimeWindow>* m_starts;
    const Wire* m_wire;
    const UpstreamRoute* m_route;
    const std::vector<ClockKnowledge>* m_clocks;
    std::vector<Spoken> m_byId;
    std::vector<Spoken> m_byTarget;
    std::vector<MatchEdge> m_edges;
};

Matcher::Matcher(const RequestIdentity& requests, const std::vector<TimeWindow>& starts, const Wire& wire,
    const UpstreamRoute& route, const std::vector<ClockKnowledge>& clocks)
    : m_requests(&requests)
    , m_starts(&starts)
    , m_wire(&wire)
    , m_route(&route)
    , m_clocks(&clocks)
    , m_byId(spokenBy(&WireRequest::requestIdHash))
    , m_byTarget(spokenBy(&WireRequest::targetHash))
{
}

std::vector<Spoken> Matcher::spokenBy(std::uint64_t WireRequest::* text) const
{
    std::vector<Spoken> spoken;
    for (std::uint32_t i = 0; i < m_wire->requests.size(); ++i) {
        const auto& request = m_wire->requests[i];
        const auto& client = m_wire->connections[request.connection].attempt->client;
        if (request.*text != 0 && m_route->isProxy(client.address))
            spoken.push_back({request.*text, request.opening, i});
    }
    std::ranges::sort(spoken, {}, [](const Spoken& item) { return std::tuple(item.key, item.opening, item.request); });
    return spoken;
}

double Matcher::cost(std::uint32_t attempt, const WireRequest& request, bool isById) const
{
    const auto& distinct = m_requests->attempts[attempt];
    const auto& start = (*m_starts)[attempt];
    const auto& clock = (*m_clocks)[m_requests->mostPrecise(distinct).log];
    double cost = 0;
    if (start.isKnown && (clock.isKnown || !isById)) {
        cost = distanceCost(start, request.opening, clock.uncertainty);
        // the id outweighs any delay; the delay still tells retries with one id apart
        cost = isById ? std::min(cost, alone) / 4 : cost;
    }
    const auto status = m_requests->attemptRow(distinct).status;
    if (status && request.responseStatus != 0 && request.responseStatus != *status)
        cost += otherStatus;
    return cost;
}

void Matcher::addEdgesOf(std::uint32_t attempt, const std::vector<Spoken>& spoken, std::uint64_t text, bool isById)
{
    const auto& distinct = m_requests->attempts[attempt];
    const auto& index = m_requests->logs[m_requests->mostPrecise(distinct).log];
    const auto& clock = (*m_clocks)[m_requests->mostPrecise(distinct).log];
    const auto& start = (*m_starts)[attempt];
    const auto& servers = m_route->serversOf(*m_requests->attemptRow(distinct).endpoint);
    const auto slack = sum(isById ? longestDelayOfId : longestDelayOfTarget, clock.uncertainty);
    const bool isAnyTime = isById && !(start.isKnown && clock.isKnown);
    const auto earliest = isAnyTime ? TimePoint::min() : moved(start.earliest, -slack);
    const auto latest = isAnyTime ? TimePoint::max() : moved(start.latest, slack);

    const auto key = [](const Spoken& item) { return std::pair(item.key, item.opening); };
    auto it = std::ranges::lower_bound(spoken, std::pair(text, earliest), {}, key);
    for (; it != spoken.end() && it->key == text && it->opening <= latest; ++it) {
        const auto& request = m_wire->requests[it->request];
        if (!std::ranges::contains(servers, m_wire->connections[request.connection].attempt->server))
            continue;
        const auto idHash = index.hash(m_requests->requestRow(distinct).requestId);
        if (!isById && request.requestIdHash != 0 && idHash != 0)
            continue; // both state an id, and it is not the same
        m_edges.push_back({attempt, it->request, cost(attempt, request, isById)});
    }
}

void Matcher::addEdges(std::uint32_t attempt)
{
    const auto& distinct = m_requests->attempts[attempt];
    if (!m_requests->attemptRow(distinct).endpoint)
        return;
    const auto& index = m_requests->logs[m_requests->mostPrecise(distinct).log];
    const auto& request = m_requests->requestRow(distinct);
    const auto before = m_edges.size();
    if (const auto id = index.hash(request.requestId))
        addEdgesOf(attempt, m_byId, id, true);
    const auto target = index.hash(request.target);
    if (m_edges.size() == before && target != 0 && (*m_starts)[attempt].isKnown)
        addEdgesOf(attempt, m_byTarget, target, false);
}

std::vector<MatchedRequest> Matcher::run()
{
    const auto attempts = static_cast<std::uint32_t>(m_requests->attempts.size());
    for (std::uint32_t attempt = 0; attempt < attempts; ++attempt)
        addEdges(attempt);

    std::vector<MatchedRequest> found(attempts);
    if (m_edges.empty())
        return found;
    SparseMatching matching{attempts, static_cast<std::uint32_t>(m_wire->requests.size()), m_edges, alone};
    for (std::uint32_t attempt = 0; attempt < attempts; ++attempt) {
        auto& match = found[attempt];
        match.request = matching.rightOf(attempt);
        if (!match.isFound())
            continue;
        const auto& distinct = m_requests->attempts[attempt];
        const auto& index = m_requests->logs[m_requests->mostPrecise(distinct).log];
        const auto id = index.hash(m_requests->requestRow(distinct).requestId);
        match.isById = id != 0 && id == m_wire->requests[match.request].requestIdHash;
        match.margin = alone;
        if (matching.edgesOf(attempt).size() == 1)
            continue;
        for (const auto& alternative : matching.alternatives(attempt)) {
            match.margin = std::min(match.margin, alternative.margin);
            if (alternative.margin < rivalMargin)
                match.rivals.push_back(m_wire->requests[alternative.right].connection);
        }
    }
    return found;
}

} // namespace

std::vector<MatchedRequest> matchRequests(const RequestIdentity& requests, const std::vector<TimeWindow>& starts,
    const Wire& wire, const UpstreamRoute& route, const std::vector<ClockKnowledge>& clocks)
{
    return Matcher{requests, starts, wire, route, clocks}.run();
}

} // namespace halfshake
