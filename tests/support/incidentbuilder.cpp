// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/incidentbuilder.h"

#include "models/base/text.h"
#include "tests/support/testtime.h"

#include <algorithm>
#include <numeric>

namespace halfshake::test {

namespace {

using namespace std::chrono_literals;

EvidenceTime floored(EvidenceTime time, Duration resolution)
{
    return time - time.time_since_epoch() % resolution;
}

} // namespace

Endpoint endpoint(std::string_view text)
{
    return Endpoint::parse(text).value();
}

BuiltCapture::BuiltCapture(EvidenceId evidence, Duration clockOffset) : m_clockOffset(clockOffset)
{
    m_capture.evidence = evidence;
    m_capture.format = "pcap";
    m_capture.vantage = VantagePoint::Client;
    setLinkType(LinkType::Ethernet);
}

void BuiltCapture::setLinkType(LinkType type)
{
    m_capture.interfaces = {
        {.linkType = static_cast<std::uint16_t>(type), .snapLength = 262144, .name = {}, .dropped = {}}};
}

void BuiltCapture::addEvents(ConnectionAttempt& attempt, const BuiltConnection& connection)
{
    struct Step
    {
        Duration after;
        HandshakeStep step;
        bool isFromClient;
    };
    std::vector<Step> steps{{0ns, HandshakeStep::Syn, true}};
    for (const auto after : connection.synRepeats)
        steps.push_back({after, HandshakeStep::SynRetransmission, true});
    for (const auto after : connection.synAcks) {
        const bool isFirst = after == connection.synAcks.front();
        steps.push_back({after, isFirst ? HandshakeStep::SynAck : HandshakeStep::SynAckRetransmission, false});
    }
    if (connection.serverReset)
        steps.push_back({*connection.serverReset, HandshakeStep::Reset, false});
    if (connection.serverFin)
        steps.push_back({*connection.serverFin, HandshakeStep::Fin, false});
    std::ranges::stable_sort(steps, {}, &Step::after);
    attempt.firstEvent = static_cast<std::uint32_t>(m_capture.events.size());
    attempt.eventCount = static_cast<std::uint32_t>(steps.size());
    attempt.firstPacket = m_packets + 1;
    attempt.packetCount = attempt.eventCount;
    for (const auto& step : steps) {
        // what comes back passes a point further down the path earlier
        const auto delay = step.isFromClient ? Duration{0} : -2 * m_pathDelay;
        m_capture.events.push_back({.time = attempt.start + step.after + delay,
            .packet = ++m_packets,
            .step = step.step,
            .isFromClient = step.isFromClient});
    }
}

std::uint32_t BuiltCapture::add(const BuiltConnection& connection)
{
    ConnectionAttempt attempt;
    attempt.client = connection.client;
    attempt.server = connection.server;
    attempt.start = testStart() + connection.at + m_clockOffset + m_pathDelay;
    attempt.end = attempt.start + connection.length;
    const auto number = static_cast<std::uint32_t>(m_capture.attempts.size());
    // far apart, as the kernel chooses them
    attempt.clientInitialSequenceNumber = connection.initialSequenceNumber != 0
        ? connection.initialSequenceNumber
        : (m_capture.evidence.value() * 100'003u + number + 1) * 2'654'435'761u;
    attempt.synRetransmissions = static_cast<std::uint16_t>(connection.synRepeats.size());
    attempt.synAckRetransmissions =
        static_cast<std::uint16_t>(connection.synAcks.empty() ? 0 : connection.synAcks.size() - 1);
    attempt.outcome = connection.outcome;
    attempt.vantage = connection.vantage;
    attempt.isEstablished = !isFailure(connection.outcome) && connection.outcome != HandshakeOutcome::Midstream;
    attempt.clientBytes = attempt.isEstablished ? 100 : 0;
    attempt.hasServerReset = connection.serverReset.has_value();
    attempt.hasServerFin = connection.serverFin.has_value();
    if (connection.outcome != HandshakeOutcome::Midstream)
        addEvents(attempt, connection);
    m_capture.attempts.push_back(attempt);
    return number;
}

void BuiltCapture::add(const BuiltMark& mark)
{
    const auto time = testStart() + mark.at + m_clockOffset + m_pathDelay;
    m_capture.requests.push_back({.time = time,
        .attempt = mark.connection,
        .packet = ++m_packets,
        .targetHash = mark.target.empty() ? 0 : hashText(mark.target),
        .requestIdHash = mark.requestId.empty() ? 0 : hashText(mark.requestId),
        .responseStatus = mark.status,
        .responseTime = time + (mark.status != 0 ? mark.responseAfter : 0ns)});
}

std::shared_ptr<const Capture> BuiltCapture::build()
{
    std::vector<std::uint32_t> order(m_capture.attempts.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, {}, [this](std::uint32_t i) { return m_capture.attempts[i].start; });
    std::vector<ConnectionAttempt> attempts;
    std::vector<std::uint32_t> newNumber(order.size());
    for (const auto old : order) {
        newNumber[old] = static_cast<std::uint32_t>(attempts.size());
        attempts.push_back(m_capture.attempts[old]);
    }
    m_capture.attempts = std::move(attempts);
    for (auto& mark : m_capture.requests)
        mark.attempt = newNumber[mark.attempt];
    std::ranges::stable_sort(m_capture.requests, {}, &HttpRequestMark::time);
    m_capture.range = {testStart() + m_clockOffset, testStart() + m_clockOffset};
    for (const auto& attempt : m_capture.attempts) {
        m_capture.range.start = std::min(m_capture.range.start, attempt.start);
        m_capture.range.end = std::max(m_capture.range.end, attempt.end);
        m_capture.vantage = attempt.vantage;
    }
    return std::make_shared<const Capture>(std::move(m_capture));
}

BuiltLog::BuiltLog(EvidenceId evidence, Duration resolution, Duration clockOffset)
    : m_resolution(resolution), m_clockOffset(clockOffset)
{
    m_log.evidence = evidence;
    m_log.format = "built";
}

std::uint32_t BuiltLog::add(const BuiltRequest& built)
{
    Duration length = built.tail;
    for (const auto& attempt : built.attempts)
        length += attempt.length;
    const auto start = testStart() + built.at + m_clockOffset;
    ProxyRequest request;
    request.line = m_log.requests.size() + 1;
    request.loggedAt = floored(start + length, m_resolution);
    request.resolution = m_resolution;
    request.requestTime = length;
    request.status = built.status;
    request.method = m_log.strings.intern("GET");
    request.target = m_log.strings.intern(built.target);
    request.clientAddress = m_log.strings.intern(built.client);
    if (!built.requestId.empty())
        request.requestId = m_log.strings.intern(built.requestId);
    request.firstAttempt = static_cast<std::uint32_t>(m_log.upstreamAttempts.size());
    request.attemptCount = static_cast<std::uint32_t>(built.attempts.size());
    auto earliest = request.loggedAt - length;
    for (std::uint16_t i = 0; i < built.attempts.size(); ++i) {
        UpstreamAttempt attempt;
        attempt.request = static_cast<std::uint32_t>(m_log.requests.size());
        attempt.index = i;
        attempt.endpoint = built.attempts[i].upstream;
        attempt.upstream = m_log.strings.intern(toString(built.attempts[i].upstream));
        attempt.status = built.attempts[i].status;
        attempt.responseTime = built.attempts[i].length;
        attempt.startEarliest = earliest;
        attempt.startLatest = earliest + built.tail + m_resolution;
        attempt.isStartKnown = true;
        attempt.errorClass = built.attempts[i].errorClass;
        earliest += built.attempts[i].length;
        m_log.upstreamAttempts.push_back(attempt);
    }
    m_log.requests.push_back(request);
    return static_cast<std::uint32_t>(m_log.requests.size() - 1);
}

std::uint32_t BuiltLog::add(const BuiltError& built)
{
    ErrorEntry entry;
    entry.line = m_log.errors.size() + 1;
    entry.loggedAt = floored(testStart() + built.at + m_clockOffset, 1s);
    entry.errorClass = built.errorClass;
    entry.clientAddress = m_log.strings.intern(built.client);
    entry.method = m_log.strings.intern("GET");
    entry.target = m_log.strings.intern(built.target);
    entry.upstream = m_log.strings.intern("http://" + toString(built.upstream) + built.target);
    entry.upstreamEndpoint = built.upstream;
    m_log.errors.push_back(entry);
    return static_cast<std::uint32_t>(m_log.errors.size() - 1);
}

std::shared_ptr<const ProxyLog> BuiltLog::build()
{
    m_log.counts.requests = m_log.requests.size();
    m_log.counts.errorEntries = m_log.errors.size();
    return std::make_shared<const ProxyLog>(std::move(m_log));
}

} // namespace halfshake::test
