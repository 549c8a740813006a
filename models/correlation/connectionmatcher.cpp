// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/connectionmatcher.h"

#include "models/correlation/outcomefit.h"
#include "models/correlation/sparsematching.h"
#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

/// Dearer pairs are no pairs.
constexpr double alone = 10;
/// What it costs to say that an attempt that did not fail went over a connection opened before.
constexpr double reusedByHealthy = 2;
constexpr double rivalMargin = 5;
constexpr Duration earliestLead = 50ms;
constexpr Duration longestLag = 1s;

/// When a server's connections were closed, by time.
using Closings = std::vector<std::pair<TimePoint, std::uint32_t>>;

class Matcher
{
public:
    Matcher(const ConnectionSearch& search, const std::vector<FailedAttempt>& failed);

    [[nodiscard]] std::vector<MatchedConnection> run();

private:
    void markTaken();
    void indexClosings(const Endpoint& server);
    void addFailed(std::uint32_t index);
    void addOpened(std::uint32_t left, const SoughtConnection& sought, const Endpoint& server);
    void addReused(std::uint32_t left, const SoughtConnection& sought, const Endpoint& server);
    void addHealthy();
    [[nodiscard]] bool isCandidate(std::uint32_t connection) const;
    [[nodiscard]] std::vector<Endpoint> serversSoughtBlindly() const;

    const ConnectionSearch* m_search;
    const std::vector<FailedAttempt>* m_failed;
    std::vector<bool> m_isTaken; ///< Connections that another attempt opened for certain.
    std::unordered_map<Endpoint, Closings> m_closings;
    std::vector<MatchEdge> m_edges;
    std::map<std::pair<std::uint32_t, std::uint32_t>, bool> m_isReused; ///< By edge.
    std::uint32_t m_healthyCount = 0;
};

Matcher::Matcher(const ConnectionSearch& search, const std::vector<FailedAttempt>& failed)
    : m_search(&search), m_failed(&failed), m_isTaken(search.wire.connections.size())
{
    markTaken();
}

void Matcher::markTaken()
{
    for (const auto& match : m_search->matchedRequests) {
        if (!match.isFound())
            continue;
        const auto& request = m_search->wire.requests[match.request];
        if (request.isFirst)
            m_isTaken[request.connection] = true;
    }
}

bool Matcher::isCandidate(std::uint32_t connection) const
{
    const auto& found = m_search->wire.connections[connection];
    return found.isOpeningSeen && !m_isTaken[connection] && m_search->route.isProxy(found.attempt->client.address);
}

void Matcher::indexClosings(const Endpoint& server)
{
    const auto [it, isNew] = m_closings.try_emplace(server);
    if (!isNew)
        return;
    for (const auto c : m_search->wire.to(server)) {
        const auto& connection = m_search->wire.connections[c];
        if (!m_search->route.isProxy(connection.attempt->client.address))
            continue;
        for (const auto& event : m_search->wire.eventsOf(connection)) {
            if (event.step == HandshakeStep::Reset || event.step == HandshakeStep::Fin)
                it->second.emplace_back(moved(connection.start, between(connection.attempt->start, event.time)), c);
        }
    }
    std::ranges::sort(it->second);
}

void Matcher::addOpened(std::uint32_t left, const SoughtConnection& sought, const Endpoint& server)
{
    const auto& wire = m_search->wire;
    const auto earliest = moved(sought.start.earliest, difference(-earliestLead, 2 * sought.start.lead));
    const auto latest = moved(sought.start.latest, sum(longestLag, 2 * sought.start.lag));
    const auto& connections = wire.to(server);
    const auto startOf = [&](std::uint32_t connection) { return wire.connections[connection].start; };
    const bool isReadable = m_search->route.isReadable(server);
    for (auto it = std::ranges::lower_bound(connections, earliest, {}, startOf);
        it != connections.end() && startOf(*it) <= latest; ++it) {
        const auto& connection = wire.connections[*it];
        // where requests can be read, a connection with a request belongs to whom that says
        if (!isCandidate(*it) || (isReadable && connection.requestCount != 0))
            continue;
        const double cost = openedCost(sought, connection, wire);
        if (cost < alone)
            m_edges.push_back({left, *it, cost});
    }
}

void Matcher::addReused(std::uint32_t left, const SoughtConnection& sought, const Endpoint& server)
{
    // where requests can be read, the request tells; a TLS greeting on a connection that was plain before cannot
    const bool isTls = sought.errorClass == ErrorClass::TlsTimeout || sought.errorClass == ErrorClass::TlsFail;
    if (!sought.length || (m_search->route.isReadable(server) && !isTls))
        return;
    indexClosings(server);
    const auto& closings = m_closings.at(server);
    const auto earliest =
        moved(moved(sought.start.earliest, *sought.length), difference(-earliestLead, 2 * sought.start.lead));
    const auto latest = moved(moved(sought.start.latest, *sought.length), sum(longestLag, 2 * sought.start.lag));
    for (auto it = std::ranges::lower_bound(closings, std::pair(earliest, 0u));
        it != closings.end() && it->first <= latest; ++it) {
        const auto& connection = m_search->wire.connections[it->second];
        if (connection.start >= moved(sought.start.earliest, difference(-earliestLead, 2 * sought.start.lead)))
            continue; // opened by the attempt itself
        const double cost = reusedCost(sought, connection, m_search->wire);
        if (cost >= alone || !m_isReused.try_emplace({left, it->second}, true).second)
            continue;
        m_edges.push_back({left, it->second, cost});
    }
}

void Matcher::addFailed(std::uint32_t index)
{
    const auto& failed = (*m_failed)[index];
    const auto& attempt = m_search->requests.attempts[failed.attempt];
    const auto& row = m_search->requests.attemptRow(attempt);
    if (m_search->isForeign[m_search->requests.mostPrecise(attempt).log])
        return;
    const auto sought = soughtBy(*m_search, failed);
    const bool sentNothing = failed.isClassStated && phaseOf(failed.errorClass) == FailurePhase::NothingSent;
    if (m_search->matchedRequests[failed.attempt].isFound() || !row.endpoint || !sought.start.isKnown || sentNothing)
        return;
    for (const auto& server : m_search->route.serversOf(*row.endpoint)) {
        addOpened(index, sought, server);
        addReused(index, sought, server);
    }
}

/// Servers where attempts that did not fail compete for the same connections, because no request tells them apart.
std::vector<Endpoint> Matcher::serversSoughtBlindly() const
{
    std::vector<Endpoint> servers;
    for (const auto& failed : *m_failed) {
        const auto& row = m_search->requests.attemptRow(m_search->requests.attempts[failed.attempt]);
        if (!row.endpoint || phaseOf(failed.errorClass) == FailurePhase::Connecting)
            continue;
        for (const auto& server : m_search->route.serversOf(*row.endpoint)) {
            if (!m_search->route.isReadable(server) && !std::ranges::contains(servers, server))
                servers.push_back(server);
        }
    }
    return servers;
}

void Matcher::addHealthy()
{
    const auto blind = serversSoughtBlindly();
    if (blind.empty())
        return;
    auto left = static_cast<std::uint32_t>(m_failed->size());
    for (std::uint32_t a = 0; a < m_search->requests.attempts.size(); ++a) {
        const auto& attempt = m_search->requests.attempts[a];
        const auto& row = m_search->requests.attemptRow(attempt);
        if (row.hasFailed() || !row.endpoint || !m_search->starts[a].isKnown || m_search->matchedRequests[a].isFound())
            continue;
        const auto sought = soughtBy(*m_search, {.attempt = a, .errorClass = ErrorClass::UpstreamStatus});
        for (const auto& server : m_search->route.serversOf(*row.endpoint)) {
            if (std::ranges::contains(blind, server))
                addOpened(left, sought, server);
        }
        if (!m_edges.empty() && m_edges.back().left == left)
            ++left;
    }
    m_healthyCount = left - static_cast<std::uint32_t>(m_failed->size());
    const auto connections = static_cast<std::uint32_t>(m_search->wire.connections.size());
    for (std::uint32_t i = 0; i < m_healthyCount; ++i)
        m_edges.push_back({static_cast<std::uint32_t>(m_failed->size()) + i, connections + i, reusedByHealthy});
}

std::vector<MatchedConnection> Matcher::run()
{
    const auto failedCount = static_cast<std::uint32_t>(m_failed->size());
    for (std::uint32_t i = 0; i < failedCount; ++i)
        addFailed(i);
    addHealthy();

    std::vector<MatchedConnection> found(failedCount);
    const auto connections = static_cast<std::uint32_t>(m_search->wire.connections.size());
    SparseMatching matching{failedCount + m_healthyCount, connections + m_healthyCount, m_edges, alone};
    for (std::uint32_t i = 0; i < failedCount; ++i) {
        auto& match = found[i];
        match.connection = matching.rightOf(i);
        match.candidates = static_cast<std::uint32_t>(matching.edgesOf(i).size());
        if (!match.isFound())
            continue;
        match.cost = matching.costOf(i);
        match.isReused = m_isReused.contains({i, match.connection});
        match.margin = alone;
        for (const auto& alternative : matching.alternatives(i)) {
            match.margin = std::min(match.margin, alternative.margin);
            if (alternative.margin < rivalMargin)
                match.rivals.push_back(alternative.right);
        }
    }
    return found;
}

} // namespace

SoughtConnection soughtBy(const ConnectionSearch& search, const FailedAttempt& failed)
{
    const auto& attempt = search.requests.attempts[failed.attempt];
    const auto& row = search.requests.attemptRow(attempt);
    return {.start = search.starts[failed.attempt],
        .length = row.responseTime,
        .errorClass = failed.errorClass,
        .isClassStated = failed.isClassStated};
}

std::vector<MatchedConnection> matchConnections(
    const ConnectionSearch& search, const std::vector<FailedAttempt>& failed)
{
    return Matcher{search, failed}.run();
}

} // namespace halfshake
