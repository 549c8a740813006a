// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/diagnosis.h"
#include "models/diagnosis/failurefacts.h"
#include "tests/support/incidentbuilder.h"

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <format>
#include <map>
#include <random>
#include <string>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

constexpr int requestCount = 1'000'000;
constexpr int failureEvery = 200; // 5,000 of them
constexpr int upstreamCount = 20;
constexpr Duration requestGap = 2ms;
constexpr EvidenceId captureId{0};
constexpr EvidenceId logId{1};

/// A million requests over a million connections; every 200th first attempt goes astray.
struct LargeIncident
{
    std::shared_ptr<const Capture> capture;
    std::shared_ptr<const ProxyLog> log;
    std::map<std::uint32_t, std::uint16_t> truth; ///< Client port by row of the failed attempt.
};

class Maker
{
public:
    explicit Maker(Duration resolution) : m_captured(captureId), m_logged(logId, resolution, 2s + 345ms) { }

    LargeIncident make()
    {
        for (int i = 0; i < upstreamCount; ++i)
            m_upstreams.push_back(endpoint(std::format("10.244.{}.{}:8080", i / 5, 10 + i)));
        for (int i = 0; i < requestCount; ++i)
            addRequest(i);
        return {m_captured.build(), m_logged.build(), std::move(m_truth)};
    }

private:
    Endpoint client()
    {
        m_port = m_port >= 65'530 ? 1'024 : m_port + 2;
        return {endpoint("192.168.0.11:1").address, static_cast<std::uint16_t>(m_port)};
    }

    void addRequest(int number)
    {
        const auto at = number * requestGap + std::chrono::microseconds{m_random() % 1'900};
        const auto target = std::format("/api/v1/items/{}", number % 5'000);
        const auto id = std::format("{:016x}", std::uint64_t{m_random()} << 32 | static_cast<std::uint32_t>(number));
        const auto& upstream = m_upstreams[m_random() % upstreamCount];
        BuiltRequest request{.at = at, .attempts = {}, .target = target, .requestId = id};
        auto start = at;
        if (number % failureEvery == 0) {
            const Duration length = 31'040ms + std::chrono::milliseconds{m_random() % 900};
            const auto from = client();
            m_captured.add(BuiltConnection{.client = from,
                .server = upstream,
                .at = start,
                .length = 15s,
                .outcome = HandshakeOutcome::SynAckUnacknowledged,
                .synRepeats = {1010ms, 3030ms, 7080ms, 15'200ms},
                .synAcks = {200us, 1010ms, 3030ms}});
            request.attempts.push_back({upstream, length, 502, ErrorClass::SynExhausted});
            m_truth[m_rows++] = from.port;
            start += length;
        }
        const auto& working = m_upstreams[m_random() % upstreamCount];
        const Duration length = 2ms + std::chrono::microseconds{m_random() % 30'000};
        const auto connection =
            m_captured.add(BuiltConnection{.client = client(), .server = working, .at = start, .length = length});
        m_captured.add(BuiltMark{.connection = connection,
            .at = start + 300us,
            .target = target,
            .requestId = id,
            .responseAfter = length - 400us});
        request.attempts.push_back({working, length, 200, ErrorClass::None});
        ++m_rows;
        m_logged.add(request);
    }

    BuiltCapture m_captured;
    BuiltLog m_logged;
    std::mt19937 m_random{7};
    std::vector<Endpoint> m_upstreams;
    std::map<std::uint32_t, std::uint16_t> m_truth;
    std::uint32_t m_port = 1'024;
    std::uint32_t m_rows = 0;
};

const LargeIncident& incidentOf(Duration resolution)
{
    static std::map<Duration, LargeIncident> made;
    auto& incident = made[resolution];
    if (!incident.log)
        incident = Maker(resolution).make();
    return incident;
}

double mostMemory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// How many links are right, and how many there are.
void reportLinks(benchmark::State& state, const LargeIncident& incident, const Correlation& correlation)
{
    double right = 0;
    double linked = 0;
    for (const auto& link : correlation.links) {
        if (!link.connection)
            continue;
        ++linked;
        const auto truth = incident.truth.find(link.attempt.index);
        const auto port = incident.capture->attempts[link.connection->index].client.port;
        right += truth != incident.truth.end() && truth->second == port ? 1 : 0;
    }
    state.counters["precision"] = linked > 0 ? right / linked : 0;
    state.counters["recall"] = right / static_cast<double>(incident.truth.size());
}

void diagnoses(benchmark::State& state, Duration resolution)
{
    const auto& incident = incidentOf(resolution);
    static const auto causes = CauseCatalogue::shipped();
    const auto before = mostMemory();
    std::shared_ptr<const Correlation> correlation;
    std::string first;
    for (auto _ : state) {
        JobContext job;
        correlation =
            correlate({.captures = {incident.capture}, .logs = {incident.log}, .typedOffsets = {}}, job).value();
        const std::vector captures{incident.capture};
        const std::vector logs{incident.log};
        const ParameterStore parameters;
        const std::vector<Finding> findings;
        DiagnosisInput input{captures, logs, *correlation, parameters, findings};
        const auto facts = failureFacts(input);
        input.facts = &facts;
        first = diagnose(input, causes).front().id;
    }
    reportLinks(state, incident, *correlation);
    state.counters["MB"] = mostMemory() - before;
    state.SetLabel(first);
}

BENCHMARK_CAPTURE(diagnoses, millisecond_stamps, Duration{1ms})->Unit(benchmark::kMillisecond)->Iterations(3);
BENCHMARK_CAPTURE(diagnoses, whole_second_stamps, Duration{1s})->Unit(benchmark::kMillisecond)->Iterations(3);

} // namespace

BENCHMARK_MAIN();
