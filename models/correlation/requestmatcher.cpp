// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/requestmatcher.h"

#include "models/correlation/outcomefit.h"
#include "models/correlation/sparsematching.h"
#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

/// Dearer pairs are no pairs: some 30 times the usual lag of a proxy.
constexpr double alone = 8;
/// The response on the wire contradicts the status in the log.
constexpr double otherStatus = 6;
/// The log has a response that the wire does not show.
constexpr double missingResponse = 3;
/// The attempt ended before the response began.
constexpr double tooShort = 4;
constexpr double mostForLength = 2;
constexpr double withoutText = 1;
/// A request id is decisive within this time; clients send the same one again later.
constexpr Duration longestDelayOfId = 10s;
constexpr Duration longestDelay = 500ms;
constexpr Duration lengthGrain = 3ms;
constexpr Duration transferTime = 50ms;
/// A margin below which another request on the wire is named as a rival.
constexpr double rivalMargin = 5;

/// One request on the wire by what it says; by its server where its text was cut off.
struct Spoken
{
    std::uint64_t key;
    TimePoint opening;
    std::uint32_t request;
};

std::uint64_t keyOf(const Endpoint& server)
{
    return std::hash<Endpoint>{}(server);
}

/// The attempt lasts until its response is complete.
double lengthCost(const UpstreamAttempt& row, const WireRequest& request)
{
    if (statusInTime(row, request) == 0 || !row.responseTime)
        return 0;
    const auto onWire = between(request.opening, request.responseTime);
    if (sum(*row.responseTime, lengthGrain) < onWire)
        return tooShort;
    const auto toHeader = row.headerTime ? *row.headerTime : *row.responseTime;
    const auto scale = row.headerTime ? lengthGrain : transferTime;
    const auto rest = magnitude(difference(toHeader, onWire));
    return std::min(mostForLength, static_cast<double>(rest.count()) / static_cast<double>(scale.count()));
}

class Matcher
{
public:
    explicit Matcher(const RequestSearch& search);

    [[nodiscard]] std::vector<MatchedRequest> run();

private:
    void addEdges(std::uint32_t attempt);
    void addEdgesOf(std::uint32_t attempt, std::uint64_t key, Recognition recognition);
    [[nodiscard]] bool isExcluded(std::uint32_t attempt, const WireRequest& request, Recognition recognition) const;
    [[nodiscard]] double cost(std::uint32_t attempt, const WireRequest& request, Recognition recognition) const;
    [[nodiscard]] Recognition recognitionOf(std::uint32_t attempt, const WireRequest& request) const;
    [[nodiscard]] const LogIndex& logOf(std::uint32_t attempt) const;
    [[nodiscard]] bool isClockKnown(std::uint32_t attempt) const;
    void setMargin(MatchedRequest& match, std::uint32_t attempt, SparseMatching& matching) const;

    const RequestSearch* m_search;
    std::array<std::vector<Spoken>, 3> m_spoken; ///< By Recognition.
    std::vector<MatchEdge> m_edges;
};

Matcher::Matcher(const RequestSearch& search) : m_search(&search)
{
    const auto add = [this](Recognition recognition, std::uint64_t key, TimePoint opening, std::uint32_t request) {
        if (key != 0)
            m_spoken[std::to_underlying(recognition)].push_back({key, opening, request});
    };
    for (std::uint32_t i = 0; i < search.wire.requests.size(); ++i) {
        const auto& request = search.wire.requests[i];
        const auto& attempt = *search.wire.connections[request.connection].attempt;
        if (!search.route.isProxy(attempt.client.address))
            continue;
        add(Recognition::RequestId, request.requestIdHash, request.opening, i);
        add(Recognition::Target, request.targetHash, request.opening, i);
        if (request.targetHash == 0 && request.requestIdHash == 0)
            add(Recognition::Time, keyOf(attempt.server), request.opening, i);
    }
    for (auto& spoken : m_spoken)
        std::ranges::sort(
            spoken, {}, [](const Spoken& item) { return std::tuple(item.key, item.opening, item.request); });
}

const LogIndex& Matcher::logOf(std::uint32_t attempt) const
{
    return m_search->requests.logs[m_search->requests.mostPrecise(m_search->requests.attempts[attempt]).log];
}

bool Matcher::isClockKnown(std::uint32_t attempt) const
{
    return m_search->isClockKnown[m_search->requests.mostPrecise(m_search->requests.attempts[attempt]).log];
}

double Matcher::cost(std::uint32_t attempt, const WireRequest& request, Recognition recognition) const
{
    const auto& start = m_search->starts[attempt];
    const bool isById = recognition == Recognition::RequestId;
    double cost = recognition == Recognition::Time ? withoutText : 0;
    if (start.isKnown && (isClockKnown(attempt) || !isById)) {
        const double distance = distanceCost(start, request.opening);
        // the id outweighs any delay; the delay still tells retries with one id apart
        cost += isById ? std::min(distance, alone) / 4 : distance;
    }
    const auto& row = m_search->requests.attemptRow(m_search->requests.attempts[attempt]);
    const auto status = statusInTime(row, request);
    if (row.status && status != 0 && status != *row.status)
        cost += otherStatus;
    if (isById)
        return cost;
    if (!row.hasFailed() && request.responseStatus == 0)
        cost += missingResponse;
    return cost + lengthCost(row, request);
}

bool Matcher::isExcluded(std::uint32_t attempt, const WireRequest& request, Recognition recognition) const
{
    const auto& requests = m_search->requests;
    const auto& distinct = requests.attempts[attempt];
    const auto& servers = m_search->route.serversOf(*requests.attemptRow(distinct).endpoint);
    if (!std::ranges::contains(servers, m_search->wire.connections[request.connection].attempt->server))
        return true;
    // both state an id, and it is not the same
    const auto id = logOf(attempt).hash(requests.requestRow(distinct).requestId);
    if (recognition == Recognition::Target)
        return id != 0 && request.requestIdHash != 0 && id != request.requestIdHash;
    // an attempt that failed anyhow is not tied to an answered request by time alone
    const auto& row = requests.attemptRow(distinct);
    const auto status = statusInTime(row, request);
    const bool isAnswered = status != 0 && status != row.status.value_or(0);
    return recognition == Recognition::Time && isAnswered && m_search->errorClasses[attempt] != ErrorClass::None;
}

void Matcher::addEdgesOf(std::uint32_t attempt, std::uint64_t key, Recognition recognition)
{
    const auto& start = m_search->starts[attempt];
    const bool isById = recognition == Recognition::RequestId;
    const auto slack = sum(isById ? longestDelayOfId : longestDelay, std::max(start.lead, start.lag));
    const bool isAnyTime = isById && !(start.isKnown && isClockKnown(attempt));
    if (key == 0 || (!start.isKnown && !isAnyTime))
        return;
    const auto earliest = isAnyTime ? TimePoint::min() : moved(start.earliest, -slack);
    const auto latest = isAnyTime ? TimePoint::max() : moved(start.latest, slack);

    const auto& spoken = m_spoken[std::to_underlying(recognition)];
    const auto place = [](const Spoken& item) { return std::pair(item.key, item.opening); };
    auto it = std::ranges::lower_bound(spoken, std::pair(key, earliest), {}, place);
    for (; it != spoken.end() && it->key == key && it->opening <= latest; ++it) {
        const auto& request = m_search->wire.requests[it->request];
        if (!isExcluded(attempt, request, recognition))
            m_edges.push_back({attempt, it->request, cost(attempt, request, recognition)});
    }
}

/// Text decides; only where the captures show none does the time.
void Matcher::addEdges(std::uint32_t attempt)
{
    const auto& distinct = m_search->requests.attempts[attempt];
    const auto& row = m_search->requests.attemptRow(distinct);
    if (!row.endpoint)
        return;
    const auto& index = logOf(attempt);
    const auto& request = m_search->requests.requestRow(distinct);
    const auto before = m_edges.size();
    addEdgesOf(attempt, index.hash(request.requestId), Recognition::RequestId);
    if (m_edges.size() == before)
        addEdgesOf(attempt, index.hash(request.target), Recognition::Target);
    const auto phase = phaseOf(m_search->errorClasses[attempt]);
    const bool wasSent = phase != FailurePhase::Connecting && phase != FailurePhase::NothingSent;
    if (m_edges.size() != before || !wasSent)
        return;
    for (const auto& server : m_search->route.serversOf(*row.endpoint))
        addEdgesOf(attempt, keyOf(server), Recognition::Time);
}

Recognition Matcher::recognitionOf(std::uint32_t attempt, const WireRequest& request) const
{
    const auto& row = m_search->requests.requestRow(m_search->requests.attempts[attempt]);
    const auto& index = logOf(attempt);
    if (request.requestIdHash != 0 && request.requestIdHash == index.hash(row.requestId))
        return Recognition::RequestId;
    return request.targetHash != 0 ? Recognition::Target : Recognition::Time;
}

void Matcher::setMargin(MatchedRequest& match, std::uint32_t attempt, SparseMatching& matching) const
{
    match.margin = alone;
    if (matching.edgesOf(attempt).size() == 1)
        return;
    for (const auto& alternative : matching.alternatives(attempt)) {
        match.margin = std::min(match.margin, alternative.margin);
        if (alternative.margin < rivalMargin)
            match.rivals.push_back(m_search->wire.requests[alternative.right].connection);
    }
}

std::vector<MatchedRequest> Matcher::run()
{
    const auto attempts = static_cast<std::uint32_t>(m_search->requests.attempts.size());
    for (std::uint32_t attempt = 0; attempt < attempts; ++attempt)
        addEdges(attempt);

    std::vector<MatchedRequest> found(attempts);
    if (m_edges.empty())
        return found;
    const auto requests = static_cast<std::uint32_t>(m_search->wire.requests.size());
    SparseMatching matching{attempts, requests, std::move(m_edges), alone};
    for (std::uint32_t attempt = 0; attempt < attempts; ++attempt) {
        auto& match = found[attempt];
        match.request = matching.rightOf(attempt);
        if (!match.isFound())
            continue;
        match.recognition = recognitionOf(attempt, m_search->wire.requests[match.request]);
        setMargin(match, attempt, matching);
    }
    return found;
}

} // namespace

std::vector<MatchedRequest> matchRequests(const RequestSearch& search)
{
    return Matcher{search}.run();
}

std::uint16_t statusInTime(const UpstreamAttempt& attempt, const WireRequest& request)
{
    if (request.responseStatus == 0 || !attempt.hasFailed() || !attempt.responseTime)
        return request.responseStatus;
    const bool isTooLate = between(request.opening, request.responseTime) > sum(*attempt.responseTime, lengthGrain);
    return isTooLate ? std::uint16_t{0} : request.responseStatus;
}

} // namespace halfshake
