// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/failurefacts.h"

#include "models/correlation/rankedcapture.h"
#include "models/diagnosis/timeoutchain.h"
#include "models/rules/exacttest.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostBins = 240;
constexpr std::array<Duration, 9> binLengths{1s, 5s, 10s, 1min, 5min, 10min, 1h, 6h, 24h};
constexpr std::size_t mostGroups = 50;
/// With fewer failures no test tells anything.
constexpr std::uint64_t fewestFailures = 5;
constexpr double significant = 0.01;

bool isGatewayFailure(const Link& link, const UpstreamAttempt& row)
{
    const auto status = row.status.value_or(0);
    return link.errorClass != ErrorClass::UpstreamStatus || (status >= 502 && status <= 504);
}

/// Counts attempts, each request once though several logs have it.
class AttemptCounter
{
public:
    explicit AttemptCounter(const DiagnosisInput& input) : m_input(input)
    {
        for (const auto& link : input.correlation.links) {
            for (const auto& other : link.alsoLogged)
                m_repeating.insert(other.evidence.value());
        }
        for (const auto& link : input.correlation.links)
            m_repeating.erase(link.attempt.evidence.value());
    }

    void run(FailureFacts& facts)
    {
        findRange();
        if (m_last < m_first)
            return;
        const auto range = m_last - m_first;
        const auto fits = [range](Duration length) { return range / length < static_cast<Duration::rep>(mostBins); };
        const auto* const length = std::ranges::find_if(binLengths, fits);
        facts.binLength = length == binLengths.end() ? range / static_cast<Duration::rep>(mostBins) + 1s : *length;
        const auto count = static_cast<std::size_t>(range / facts.binLength) + 1;
        for (std::size_t bin = 0; bin < count; ++bin)
            facts.overTime.push_back({.start = m_first + facts.binLength * static_cast<Duration::rep>(bin)});
        countAttempts(facts);
        countFailures(facts);
    }

private:
    [[nodiscard]] TimePoint startOf(const ProxyLog& log, const UpstreamAttempt& row) const
    {
        return m_input.correlation.clocks.toIncident(
            log.evidence, row.startEarliest, log.requests[row.request].loggedAt);
    }
    [[nodiscard]] bool counts(const ProxyLog& log) const { return !m_repeating.contains(log.evidence.value()); }

    void findRange()
    {
        for (const auto& log : m_input.logs) {
            for (const auto& row : log->upstreamAttempts) {
                if (!row.isStartKnown || !counts(*log))
                    continue;
                const auto start = startOf(*log, row);
                m_first = std::min(m_first, start);
                m_last = std::max(m_last, start);
            }
        }
    }

    void countAttempts(FailureFacts& facts)
    {
        for (const auto& log : m_input.logs) {
            if (!counts(*log))
                continue;
            std::unordered_map<StringId, std::uint64_t> byUpstream;
            for (const auto& row : log->upstreamAttempts) {
                ++byUpstream[row.upstream];
                if (row.isStartKnown)
                    ++binOf(facts, startOf(*log, row)).attempts;
            }
            for (const auto& [upstream, attempts] : byUpstream)
                m_upstreams[std::string(log->text(upstream))].attempts += attempts;
        }
    }

    void countFailures(FailureFacts& facts)
    {
        std::map<ErrorClass, SymptomSpan> symptoms;
        for (const auto& link : m_input.correlation.links) {
            const auto log = std::ranges::find(m_input.logs, link.attempt.evidence, &ProxyLog::evidence);
            if (log == m_input.logs.end())
                continue;
            const auto& row = (*log)->upstreamAttempts[link.attempt.index];
            if (isGatewayFailure(link, row))
                ++m_upstreams[std::string((*log)->text(row.upstream))].failed;
            if (!row.isStartKnown)
                continue;
            const auto start = startOf(**log, row);
            if (isGatewayFailure(link, row))
                ++binOf(facts, start).failed;
            auto& symptom =
                symptoms
                    .try_emplace(link.errorClass,
                        SymptomSpan{
                            .errorClass = link.errorClass, .first = start, .last = start, .firstObject = link.attempt})
                    .first->second;
            if (start < symptom.first)
                symptom.firstObject = link.attempt;
            symptom.first = std::min(symptom.first, start);
            symptom.last = std::max(symptom.last, start);
            ++symptom.count;
        }
        for (auto& [errorClass, symptom] : symptoms) {
            symptom.isFromTheBeginning = symptom.first - m_first <= (m_last - m_first) / 20;
            facts.symptoms.push_back(symptom);
        }
        std::ranges::stable_sort(facts.symptoms, {}, &SymptomSpan::first);
        for (auto& [name, rate] : m_upstreams)
            facts.byUpstream.push_back({.name = name, .attempts = rate.attempts, .failed = rate.failed});
    }

    [[nodiscard]] RateBin& binOf(FailureFacts& facts, TimePoint start) const
    {
        const auto bin = std::max<Duration::rep>((start - m_first) / facts.binLength, 0);
        return facts.overTime[std::min(static_cast<std::size_t>(bin), facts.overTime.size() - 1)];
    }

    const DiagnosisInput& m_input;
    std::unordered_set<std::uint32_t> m_repeating; ///< Logs that say again what another one says.
    std::map<std::string, GroupRate> m_upstreams;
    TimePoint m_first = TimePoint::max();
    TimePoint m_last = TimePoint::min();
};

LoadTest loadTest(const std::vector<RateBin>& bins)
{
    std::vector<const RateBin*> byLoad;
    std::uint64_t attempts = 0;
    for (const auto& bin : bins) {
        attempts += bin.attempts;
        if (bin.attempts > 0)
            byLoad.push_back(&bin);
    }
    std::ranges::stable_sort(byLoad, {}, &RateBin::attempts);
    LoadTest test;
    for (const auto* const bin : byLoad) {
        const bool isQuiet = test.quietAttempts * 2 < attempts;
        (isQuiet ? test.quietAttempts : test.busyAttempts) += bin->attempts;
        (isQuiet ? test.quietFailed : test.busyFailed) += bin->failed;
    }
    const auto failed = test.busyFailed + test.quietFailed;
    constexpr std::size_t fewestBins = 4;
    if (failed < fewestFailures || byLoad.size() < fewestBins || attempts > exacttest::mostTrials)
        return test;
    const auto tail = [&](std::uint64_t hits, std::uint64_t drawn) {
        return exacttest::hypergeometricTail(static_cast<std::int64_t>(hits), static_cast<std::int64_t>(drawn),
            static_cast<std::int64_t>(failed), static_cast<std::int64_t>(attempts));
    };
    const auto rises = tail(test.busyFailed, test.busyAttempts);
    const auto falls = tail(test.quietFailed, test.quietAttempts);
    test.chance = std::min({1.0, 2 * rises, 2 * falls});
    test.dependence = test.chance >= significant ? LoadDependence::Independent
        : rises < falls                          ? LoadDependence::RisesWithLoad
                                                 : LoadDependence::FallsWithLoad;
    return test;
}

/// Connections to upstreams at the capture point nearest the proxy.
void addConnections(const DiagnosisInput& input, FailureFacts& facts)
{
    const auto& upstreams = input.correlation.statistics.upstreams;
    const auto captures = capturesByNearness(input.captures, {upstreams.begin(), upstreams.end()});
    std::map<IpAddress, GroupRate> clients;
    for (const auto& ranked : captures) {
        const auto& nearest = captures.front();
        if (ranked.vantage != nearest.vantage || ranked.isEveryInterface != nearest.isEveryInterface)
            continue;
        for (const auto& attempt : ranked.capture->attempts) {
            if (!upstreams.empty() && !upstreams.contains(attempt.server))
                continue;
            auto& client = clients[attempt.client.address];
            ++client.attempts;
            if (isFailure(attempt))
                ++client.failed;
            if (!attempt.isEstablished || isFailure(attempt))
                continue;
            facts.establishedPackets += attempt.packetCount;
            facts.establishedRetransmissions += attempt.dataRetransmissions;
        }
    }
    for (const auto& [address, rate] : clients)
        facts.byClient.push_back({.name = toString(address), .attempts = rate.attempts, .failed = rate.failed});
}

PortParity parityOf(const FailureStatistics& statistics)
{
    const auto isEven = [](std::uint16_t port) { return port % 2 == 0; };
    const auto evenAmong = [isEven](const std::vector<std::uint16_t>& ports) {
        return static_cast<std::uint64_t>(std::ranges::count_if(ports, isEven));
    };
    return {.failed = statistics.failedClientPorts.size(),
        .failedEven = evenAmong(statistics.failedClientPorts),
        .completed = statistics.completedClientPorts.size(),
        .completedEven = evenAmong(statistics.completedClientPorts)};
}

void sortGroups(std::vector<GroupRate>& groups)
{
    std::ranges::stable_sort(groups, [](const GroupRate& a, const GroupRate& b) { return a.failed > b.failed; });
    if (groups.size() > mostGroups)
        groups.resize(mostGroups);
}

} // namespace

std::string_view toString(LoadDependence dependence)
{
    switch (dependence) {
    case LoadDependence::TooFewFailures:
        return "too_few_failures";
    case LoadDependence::Independent:
        return "independent";
    case LoadDependence::RisesWithLoad:
        return "rises_with_load";
    case LoadDependence::FallsWithLoad:
        break;
    }
    return "falls_with_load";
}

FailureFacts failureFacts(const DiagnosisInput& input)
{
    FailureFacts facts;
    AttemptCounter(input).run(facts);
    facts.load = loadTest(facts.overTime);
    facts.parity = parityOf(input.correlation.statistics);
    addConnections(input, facts);
    addTimeouts(input, facts);
    sortGroups(facts.byUpstream);
    sortGroups(facts.byClient);
    return facts;
}

} // namespace halfshake
