// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/linkwriter.h"

#include "models/base/timeformat.h"
#include "models/correlation/outcomefit.h"
#include "models/correlation/timearithmetic.h"
#include "models/correlation/wireclass.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

constexpr double byRequestId = 0.99;
constexpr double byTarget = 0.96;
constexpr double byTime = 0.95;
constexpr double byRequestTime = 0.9;
/// How a poor fit lowers the confidence: by a third at the price of a poor outcome.
constexpr double costScale = 8;
/// The clocks were believed, not compared.
constexpr double byUnknownClock = 0.8;
/// A log this far from the captures is about another time, whatever its zone.
constexpr Duration widestZone = 14h + 30min;
constexpr Duration windowSlack = 1s;

/// Against rivals whose odds fall with the margin.
double amongRivals(double margin)
{
    return 1 / (1 + std::exp(-margin));
}

double confidenceOf(Recognition recognition)
{
    switch (recognition) {
    case Recognition::RequestId:
        return byRequestId;
    case Recognition::Target:
        return byTarget;
    case Recognition::Time:
        return byRequestTime;
    }
    return byRequestTime;
}

std::string distanceText(const TimeWindow& window, TimePoint time)
{
    if (time >= window.earliest && time <= window.latest)
        return "0";
    return toHumanString(time < window.earliest ? between(window.earliest, time) : between(window.latest, time));
}

ObjectRef connectionRef(const std::vector<RankedCapture>& captures, const ConnectionSighting& at)
{
    return {ObjectKind::Connection, captures[at.capture].capture->evidence, at.attempt};
}

} // namespace

ObjectRef LinkWriter::nearest(std::uint32_t connection) const
{
    const auto sightings = m_input->identity.sightingsOf(m_input->wire.connections[connection].identity);
    return connectionRef(m_input->captures, sightings.front());
}

bool LinkWriter::isClockKnown(const FailedAttempt& failed) const
{
    const auto& attempt = m_input->requests.attempts[failed.attempt];
    return m_input->isClockKnown[m_input->requests.mostPrecise(attempt).log];
}

const UpstreamAttempt& LinkWriter::rowOf(const FailedAttempt& failed) const
{
    return m_input->requests.attemptRow(m_input->requests.attempts[failed.attempt]);
}

Link LinkWriter::begun(const FailedAttempt& failed) const
{
    Link link;
    const auto& requests = m_input->requests;
    const auto& attempt = requests.attempts[failed.attempt];
    for (const auto& logged : requests.loggedOf(requests.requests[attempt.request])) {
        const auto& request = requests.row(logged);
        if (attempt.position >= request.attemptCount)
            continue;
        const ObjectRef ref{
            ObjectKind::UpstreamAttempt, requests.logs[logged.log].evidence(), request.firstAttempt + attempt.position};
        if (link.attempt.isValid())
            link.alsoLogged.push_back(ref);
        else
            link.attempt = ref;
    }
    link.errorClass = failed.errorClass;
    if (failed.error)
        link.errorEntry =
            ObjectRef{ObjectKind::ErrorEntry, requests.logs[failed.error->log].evidence(), failed.error->entry};
    return link;
}

void LinkWriter::setConnection(Link& link, std::uint32_t connection) const
{
    const auto sightings = m_input->identity.sightingsOf(m_input->wire.connections[connection].identity);
    link.connection = connectionRef(m_input->captures, sightings.front());
    for (const auto& at : sightings.subspan(1))
        link.sameConnection.push_back(connectionRef(m_input->captures, at));
}

void LinkWriter::addCommonReasons(Link& link, const FailedAttempt& failed, const WireConnection& connection) const
{
    const auto& requests = m_input->requests;
    const auto& attempt = requests.attempts[failed.attempt];
    const auto& row = requests.attemptRow(attempt);
    const auto& text = requests.logs[requests.mostPrecise(attempt).log].log().text(row.upstream);
    link.reasons.push_back({LinkReasonCode::AddressMatches, {std::string{text}}});
    if (outcomeFit(failed.errorClass, connection.attempt->outcome) == Fit::Good
        && phaseOf(failed.errorClass) != FailurePhase::Unknown)
        link.reasons.push_back({LinkReasonCode::OutcomeFits,
            {std::string{toString(connection.attempt->outcome)}, std::string{toString(failed.errorClass)}}});
    const auto nominal = expectedGiveUp(connection, m_input->wire);
    if (failed.errorClass == ErrorClass::SynExhausted && nominal && row.responseTime)
        link.reasons.push_back(
            {LinkReasonCode::DurationFits, {toHumanString(*row.responseTime), toHumanString(*nominal)}});
}

void LinkWriter::writeRequest(Link& link, const FailedAttempt& failed, const MatchedRequest& match) const
{
    const auto& request = m_input->wire.requests[match.request];
    const auto& connection = m_input->wire.connections[request.connection];
    for (const auto rival : match.rivals)
        link.rivals.push_back(nearest(rival));
    if (match.margin < certainMargin) {
        link.whyNone = NoLinkReason::Ambiguous;
        link.rivals.insert(link.rivals.begin(), nearest(request.connection));
        return;
    }
    setConnection(link, request.connection);
    link.errorClass =
        classOnWire(failed, rowOf(failed).status, *connection.attempt, statusInTime(rowOf(failed), request));
    link.isReusedConnection = !request.isFirst;
    if (match.recognition == Recognition::RequestId)
        link.reasons.push_back({LinkReasonCode::RequestIdOnWire, {}});
    else if (match.recognition == Recognition::Target)
        link.reasons.push_back({LinkReasonCode::TargetOnWire, {}});
    addCommonReasons(link, failed, connection);
    const auto& start = m_linking->starts[failed.attempt];
    if (start.isKnown)
        link.reasons.push_back({LinkReasonCode::StartsInsideInterval, {distanceText(start, request.opening)}});
    link.confidence = confidenceOf(match.recognition) * amongRivals(match.margin);
    if (match.recognition != Recognition::RequestId && !isClockKnown(failed))
        link.confidence *= byUnknownClock;
}

void LinkWriter::writeConnection(Link& link, const FailedAttempt& failed, const MatchedConnection& match) const
{
    for (const auto rival : match.rivals)
        link.rivals.push_back(nearest(rival));
    if (match.margin < certainMargin) {
        link.whyNone = NoLinkReason::Ambiguous;
        link.rivals.insert(link.rivals.begin(), nearest(match.connection));
        return;
    }
    const auto& connection = m_input->wire.connections[match.connection];
    setConnection(link, match.connection);
    link.errorClass = classOnWire(failed, rowOf(failed).status, *connection.attempt, {});
    link.isReusedConnection = match.isReused;
    addCommonReasons(link, failed, connection);
    if (!match.isReused)
        link.reasons.push_back({LinkReasonCode::StartsInsideInterval,
            {distanceText(m_linking->starts[failed.attempt], connection.start)}});
    if (match.candidates == 1)
        link.reasons.push_back({LinkReasonCode::OnlyCandidate, {std::to_string(match.candidates)}});
    else
        link.reasons.push_back({LinkReasonCode::UniqueAssignment, {}});
    link.confidence = byTime * std::exp(-match.cost / costScale) * amongRivals(match.margin);
    if (!isClockKnown(failed))
        link.confidence *= byUnknownClock;
}

NoLinkReason LinkWriter::whyNotFound(const FailedAttempt& failed, const std::vector<Endpoint>& servers) const
{
    const auto& start = m_linking->starts[failed.attempt];
    const bool isKnown = isClockKnown(failed);
    const auto slack = sum(windowSlack, std::max(start.lead, start.lag));
    bool isCovered = false;
    bool isNear = false;
    for (const auto& server : servers) {
        for (const auto capture : m_input->wire.seenBy.at(server)) {
            const auto& coverage = m_input->wire.coverage[capture];
            const auto reaches = [&](Duration by) {
                return moved(start.latest, by) >= coverage.first && moved(start.earliest, -by) <= coverage.last;
            };
            isCovered = isCovered || reaches(slack);
            isNear = isNear || reaches(widestZone);
        }
    }
    if (isCovered)
        return isKnown ? NoLinkReason::NoCandidate : NoLinkReason::ClockUnknown;
    return isKnown || !isNear ? NoLinkReason::OutsideCaptureWindow : NoLinkReason::ClockUnknown;
}

NoLinkReason LinkWriter::whyNone(const FailedAttempt& failed) const
{
    const auto& row = m_input->requests.attemptRow(m_input->requests.attempts[failed.attempt]);
    if (m_input->captures.empty())
        return NoLinkReason::NoCapture;
    const bool sentNothing = failed.isClassStated && phaseOf(failed.errorClass) == FailurePhase::NothingSent;
    if (!row.endpoint || sentNothing)
        return NoLinkReason::NothingOnWire;
    const auto& servers = m_input->route.serversOf(*row.endpoint);
    if (servers.empty()) {
        // a host of the same network that does not answer ARP gets no SYN
        const bool isUnresolved = failed.isClassStated && failed.errorClass == ErrorClass::HostUnreach;
        return isUnresolved && m_input->route.knowsProxy() ? NoLinkReason::NothingOnWire
                                                           : NoLinkReason::UpstreamNotCaptured;
    }
    if (!m_linking->starts[failed.attempt].isKnown)
        return NoLinkReason::StartUnknown;
    return whyNotFound(failed, servers);
}

Link LinkWriter::write(const FailedAttempt& failed, const MatchedConnection& match) const
{
    auto link = begun(failed);
    const auto& request = m_linking->requests[failed.attempt];
    if (request.isFound())
        writeRequest(link, failed, request);
    else if (match.isFound())
        writeConnection(link, failed, match);
    else
        link.whyNone = whyNone(failed);
    return link;
}

} // namespace halfshake
