// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/correlation/incidents.h"

namespace halfshake::test {

using namespace std::chrono_literals;

BuiltIncident::BuiltIncident(const Recording& recording, const std::vector<BuiltFailure>& failures)
{
    BuiltCapture captured{captureId};
    BuiltLog logged{logId, recording.logResolution, recording.logOffset};
    addHealthy(recording, captured, logged);
    for (const auto& failure : failures)
        addFailure(recording, failure, captured, logged);
    capture = captured.build();
    log = logged.build();
}

void BuiltIncident::addHealthy(const Recording& recording, BuiltCapture& captured, BuiltLog& logged)
{
    for (int i = 0; i < 90; ++i) {
        const Duration at = i * 500ms + (i * i * 37 % 401) * 1ms;
        const auto& pod = pods[static_cast<std::size_t>(i % 3)];
        const auto target = "/orders/" + std::to_string(m_number);
        const auto id = recording.hasIds ? "id" + std::to_string(m_number) : std::string{};
        ++m_number;
        const auto connection = captured.add(BuiltConnection{
            .client = proxyEnd(static_cast<std::uint16_t>(40000 + i)), .server = pod, .at = at, .length = 5ms});
        captured.add(BuiltMark{.connection = connection,
            .at = at + 200us,
            .target = recording.hasText ? target : std::string{},
            .requestId = recording.hasText ? id : std::string{}});
        logged.add(
            BuiltRequest{.at = at, .attempts = {{.upstream = pod, .length = 2ms}}, .target = target, .requestId = id});
    }
}

void BuiltIncident::addFailure(
    const Recording& recording, const BuiltFailure& failure, BuiltCapture& captured, BuiltLog& logged)
{
    const auto giveUp = 31'500ms;
    const auto target = "/orders/" + std::to_string(m_number);
    const auto id = recording.hasIds ? "id" + std::to_string(m_number) : std::string{};
    ++m_number;
    captured.add(BuiltConnection{.client = proxyEnd(failure.port),
        .server = pods[0],
        .at = failure.at,
        .length = 15s,
        .outcome = HandshakeOutcome::SynUnanswered,
        .synRepeats = {1s, 3s, 7s, 15s}});
    const auto retry = captured.add(BuiltConnection{.client = proxyEnd(static_cast<std::uint16_t>(failure.port + 1)),
        .server = pods[1],
        .at = failure.at + giveUp,
        .length = 5ms});
    captured.add(BuiltMark{.connection = retry,
        .at = failure.at + giveUp + 200us,
        .target = recording.hasText ? target : std::string{},
        .requestId = recording.hasText ? id : std::string{}});
    m_rows.push_back(logged.add(BuiltRequest{.at = failure.at,
        .attempts = {{.upstream = pods[0], .length = giveUp, .status = 502, .errorClass = ErrorClass::SynExhausted},
            {.upstream = pods[1], .length = 2ms}},
        .target = target,
        .requestId = id}));
}

Correlation BuiltIncident::correlated(const std::map<EvidenceId, Duration>& typed) const
{
    return test::correlated({.captures = {capture}, .logs = {log}, .typedOffsets = typed});
}

std::uint16_t BuiltIncident::linkedPort(const Correlation& correlation, std::size_t failure) const
{
    const auto attempt = log->requests[m_rows[failure]].firstAttempt;
    const auto* link = correlation.linkOfAttempt({ObjectKind::UpstreamAttempt, logId, attempt});
    return link && link->connection ? capture->attempts[link->connection->index].client.port : 0;
}

} // namespace halfshake::test
