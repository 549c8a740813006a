// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/correlation.h"

#include "models/correlation/attemptlinker.h"
#include "models/correlation/captureclock.h"
#include "models/correlation/clockestimator.h"
#include "models/correlation/clockgraph.h"
#include "models/correlation/errorjoin.h"
#include "models/correlation/failedattempt.h"
#include "models/correlation/logcomparison.h"
#include "models/correlation/statisticsbuilder.h"
#include "models/correlation/timelinebuilder.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace halfshake {

namespace {

/// The captures' clocks, each against the nearest capture it shares connections with.
std::vector<ClockEstimate> compareCaptureClocks(const std::vector<RankedCapture>& captures)
{
    std::vector<ClockEstimate> estimates;
    if (captures.size() < 2)
        return estimates;
    std::vector<std::vector<InitialSequenceNumber>> numbers;
    for (std::size_t i = 0; i < captures.size(); ++i) {
        numbers.push_back(initialSequenceNumbers(*captures[i].capture));
        for (std::size_t against = 0; against < i; ++against) {
            const auto estimate =
                estimateCaptureClock(*captures[i].capture, numbers[i], *captures[against].capture, numbers[against]);
            if (estimate.pairs == 0)
                continue;
            estimates.push_back(estimate);
            if (estimate.isReliable)
                break;
        }
    }
    return estimates;
}

/// The log that states times best.
EvidenceId leadingLog(const std::vector<LogIndex>& logs)
{
    const auto best = std::ranges::min_element(logs, {}, [](const LogIndex& index) {
        return std::tuple(index.log().requests.empty(), index.resolution(), index.evidence());
    });
    return best != logs.end() ? best->evidence() : EvidenceId{};
}

/// The steps of correlate(), in order.
class Steps
{
public:
    explicit Steps(const CorrelationInput& input);

    void compareClocks();
    void identify();
    void alignClocks();
    [[nodiscard]] std::shared_ptr<const Correlation> finish();

private:
    [[nodiscard]] ClockGraph graph() const;
    [[nodiscard]] std::vector<bool> knownLogClocks() const;

    const CorrelationInput* m_input;
    std::vector<LogIndex> m_logs;
    std::vector<RankedCapture> m_captures;
    EvidenceId m_reference;
    std::vector<EvidenceId> m_evidence;
    std::vector<ClockEstimate> m_captureClocks;
    std::vector<ClockEstimate> m_logClocks;
    ConnectionIdentity m_identity;
    Wire m_wire;
    RequestIdentity m_requests;
    ErrorJoin m_errors;
    std::optional<UpstreamRoute> m_route;
    ClockAlignment m_clocks;
};

Steps::Steps(const CorrelationInput& input) : m_input(&input), m_logs(indexLogs(input.logs))
{
    m_captures = capturesByNearness(input.captures, loggedUpstreams(m_logs));
    for (const auto& point : m_captures)
        m_evidence.push_back(point.capture->evidence);
    for (const auto& index : m_logs)
        m_evidence.push_back(index.evidence());
    m_reference = m_captures.empty() ? leadingLog(m_logs) : m_captures.front().capture->evidence;
}

ClockGraph Steps::graph() const
{
    ClockGraph result{m_evidence, m_reference};
    for (const auto& estimate : m_captureClocks)
        result.add(estimate);
    for (const auto& estimate : m_logClocks)
        result.add(estimate);
    for (const auto& estimate : m_errors.clocks)
        result.add(estimate);
    return result;
}

void Steps::compareClocks()
{
    m_captureClocks = compareCaptureClocks(m_captures);
    const auto captureClocks = graph().alignment({});
    m_identity = identifyConnections(m_captures, captureClocks, loggedUpstreams(m_logs));
    m_wire = buildWire(m_captures, m_identity, captureClocks);
    m_logClocks = compareLogClocks(m_logs);
}

void Steps::identify()
{
    ClockGraph logGraph{m_evidence, leadingLog(m_logs)};
    for (const auto& estimate : m_logClocks)
        logGraph.add(estimate);
    const auto logClocks = logGraph.alignment({});
    m_requests = identifyRequests(std::move(m_logs), logClocks);
    m_errors = joinErrors(m_requests, logClocks);
}

void Steps::alignClocks()
{
    m_route.emplace(m_requests.logs, m_wire);
    if (!m_captures.empty()) {
        for (const auto& index : m_requests.logs) {
            if (index.log().upstreamAttempts.empty())
                continue;
            const auto estimate = estimateLogClock(index, m_wire, *m_route, m_reference);
            if (estimate.pairs != 0)
                m_logClocks.push_back(estimate);
        }
    }
    m_clocks = graph().alignment(m_input->typedOffsets);
    const bool isCaptureTyped = std::ranges::any_of(m_captures,
        [this](const RankedCapture& point) { return m_input->typedOffsets.contains(point.capture->evidence); });
    if (isCaptureTyped)
        m_wire = buildWire(m_captures, m_identity, m_clocks);
}

std::vector<bool> Steps::knownLogClocks() const
{
    const auto compared = graph();
    std::vector<bool> isKnown;
    for (const auto& index : m_requests.logs)
        isKnown.push_back(compared.isKnown(index.evidence(), m_input->typedOffsets));
    return isKnown;
}

std::shared_ptr<const Correlation> Steps::finish()
{
    auto failed = failedAttempts(m_requests, m_errors);
    const auto starts = startsOf(m_requests, m_clocks);
    std::ranges::stable_sort(
        failed, {}, [&](const FailedAttempt& attempt) { return starts[attempt.attempt].earliest; });
    const auto isClockKnown = knownLogClocks();
    const LinkingInput linkingInput{.captures = m_captures,
        .identity = m_identity,
        .wire = m_wire,
        .route = *m_route,
        .requests = m_requests,
        .failed = failed,
        .clocks = m_clocks,
        .isClockKnown = isClockKnown};
    auto linking = linkAttempts(linkingInput);

    auto result = std::make_shared<Correlation>();
    result->estimates = graph().estimates();
    result->clocks = m_clocks;
    result->statistics = failureStatistics(linkingInput, linking);
    result->timeline = buildTimeline(linkingInput, m_errors, linking);
    result->links = std::move(linking.links);
    result->index = LinkIndex{result->links};
    return result;
}

const Link* find(const Correlation& correlation, ObjectRef object)
{
    if (!correlation.index.isEmpty()) {
        const auto row = correlation.index.find(object);
        return row ? &correlation.links[*row] : nullptr;
    }
    const auto it = std::ranges::find_if(correlation.links, [&](const Link& link) { return names(link, object); });
    return it != correlation.links.end() ? &*it : nullptr;
}

} // namespace

const Link* Correlation::linkOfAttempt(ObjectRef attempt) const
{
    return find(*this, attempt);
}

const Link* Correlation::linkOfConnection(ObjectRef connection) const
{
    return find(*this, connection);
}

const Link* Correlation::linkOfErrorEntry(ObjectRef entry) const
{
    return find(*this, entry);
}

Expected<std::shared_ptr<const Correlation>> correlate(const CorrelationInput& input, JobContext& job)
{
    constexpr std::uint64_t stepCount = 4;
    Steps steps{input};
    std::uint64_t done = 0;
    for (const auto step : {&Steps::compareClocks, &Steps::identify, &Steps::alignClocks}) {
        if (job.isCancelled())
            return failure(DiagnosticCode::Cancelled);
        (steps.*step)();
        job.report({++done, stepCount});
    }
    if (job.isCancelled())
        return failure(DiagnosticCode::Cancelled);
    auto result = steps.finish();
    job.report({stepCount, stepCount});
    return result;
}

} // namespace halfshake
