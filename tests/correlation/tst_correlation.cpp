// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/correlation/incidents.h"

#include <QTest>

#include <algorithm>
#include <stop_token>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

const std::vector<BuiltFailure> failures{{3s, 30100}, {9s + 137ms, 30200}, {20s + 444ms, 30300}};

std::size_t countOf(const Correlation& correlation, TrackKind kind)
{
    return correlation.timeline.find(kind)->events().size();
}

const LinkReason* reasonOf(const Link& link, LinkReasonCode code)
{
    const auto it = std::ranges::find(link.reasons, code, &LinkReason::code);
    return it != link.reasons.end() ? &*it : nullptr;
}

} // namespace

class TestCorrelation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingGivesAnEmptyIncident();
    void aFailedHandshakeIsTiedToItsAttempt();
    void theLinkSaysWhatSpokeForIt();
    void aHealthyIncidentClaimsNothing();
    void twinsInOneSecondAreToldApartByTheirRetries();
    void aReusedConnectionIsFoundByTheRequest();
    void aReusedConnectionIsFoundByItsClosingWhereTextIsEncrypted();
    void evidenceOfTheSameThingCountsOnce();
    void statisticsCountWhatHappened();
    void theTimelineHasEveryTrack();
    void lookupsWorkWithoutAnIndexToo();
    void aCancelledJobEndsEarly();
    void theSameInputGivesTheSameResult();
};

void TestCorrelation::nothingGivesAnEmptyIncident()
{
    const auto correlation = test::correlated({});
    QVERIFY(correlation.links.empty() && correlation.estimates.empty());
    QCOMPARE(correlation.timeline.tracks.size(), std::size_t{6});
    QVERIFY(correlation.timeline.range.isEmpty());
}

void TestCorrelation::aFailedHandshakeIsTiedToItsAttempt()
{
    const BuiltIncident incident{{}, failures};
    const auto correlation = incident.correlated();
    QCOMPARE(correlation.links.size(), std::size_t{3});
    for (std::size_t i = 0; i < failures.size(); ++i)
        QCOMPARE(incident.linkedPort(correlation, i), failures[i].port);
}

void TestCorrelation::theLinkSaysWhatSpokeForIt()
{
    const BuiltIncident incident{{}, failures};
    const auto correlation = incident.correlated();
    const auto& link = correlation.links.front();
    QVERIFY(link.confidence > 0.9 && link.confidence <= 1);
    QVERIFY(link.rivals.empty());
    QCOMPARE(reasonOf(link, LinkReasonCode::AddressMatches)->arguments.front(), "10.244.0.11:8080");
    const auto* outcome = reasonOf(link, LinkReasonCode::OutcomeFits);
    QCOMPARE(outcome->arguments[0], "syn_unanswered");
    QCOMPARE(outcome->arguments[1], "syn_exhausted");
    const auto* duration = reasonOf(link, LinkReasonCode::DurationFits);
    QCOMPARE(duration->arguments[0], "31.5 s");
    QCOMPARE(duration->arguments[1], "31 s");
    QVERIFY(reasonOf(link, LinkReasonCode::StartsInsideInterval));
    QVERIFY(reasonOf(link, LinkReasonCode::OnlyCandidate));
}

void TestCorrelation::aHealthyIncidentClaimsNothing()
{
    const BuiltIncident incident{{}, {}};
    const auto correlation = incident.correlated();
    QVERIFY(correlation.links.empty());
    QCOMPARE(correlation.statistics.failedAttempts, 0u);
    QCOMPARE(correlation.statistics.failedConnections, 0u);
}

void TestCorrelation::twinsInOneSecondAreToldApartByTheirRetries()
{
    const std::vector<BuiltFailure> twins{{3s + 100ms, 30100}, {3s + 150ms, 30200}, {3s + 700ms, 30300}};
    const BuiltIncident incident{{.logResolution = 1s}, twins};
    const auto correlation = incident.correlated();
    for (std::size_t i = 0; i < twins.size(); ++i)
        QCOMPARE(incident.linkedPort(correlation, i), twins[i].port);
}

void TestCorrelation::aReusedConnectionIsFoundByTheRequest()
{
    BuiltCapture captured{captureId};
    BuiltLog logged{logId, 1s};
    for (std::uint16_t c = 0; c < 2; ++c) {
        const auto connection = captured.add(BuiltConnection{.client = proxyEnd(static_cast<std::uint16_t>(40000 + c)),
            .server = pods[0],
            .length = 11s,
            .serverReset = 10s + c * 100ms});
        for (int i = 0; i < 10; ++i) {
            const auto id = std::to_string(c) + "-" + std::to_string(i);
            const Duration at = 1ms + i * 1s;
            captured.add(BuiltMark{.connection = connection, .at = at, .target = "/", .requestId = id});
            logged.add(BuiltRequest{.at = at, .attempts = {{.upstream = pods[0]}}, .target = "/", .requestId = id});
        }
        const auto id = std::to_string(c) + "-lost";
        const Duration at = 10s + c * 100ms - 1ms;
        captured.add(BuiltMark{.connection = connection, .at = at, .target = "/", .requestId = id, .status = 0});
        logged.add(BuiltRequest{.at = at,
            .attempts = {{.upstream = pods[0], .status = 502, .errorClass = ErrorClass::RstBeforeHeader}},
            .target = "/",
            .requestId = id,
            .status = 502});
    }
    const auto capture = captured.build();
    const auto correlation = test::correlated({.captures = {capture}, .logs = {logged.build()}, .typedOffsets = {}});
    QCOMPARE(correlation.links.size(), std::size_t{2});
    for (std::uint16_t c = 0; c < 2; ++c) {
        const auto& link = correlation.links[c];
        QVERIFY(link.connection && link.isReusedConnection);
        QVERIFY(reasonOf(link, LinkReasonCode::RequestIdOnWire));
        const auto row = link.attempt.index;
        QCOMPARE(capture->attempts[link.connection->index].client.port, row == 10 ? 40000 : 40001);
    }
}

void TestCorrelation::aReusedConnectionIsFoundByItsClosingWhereTextIsEncrypted()
{
    BuiltCapture captured{captureId};
    BuiltLog logged{logId, 1ms};
    for (int c = 0; c < 20; ++c) {
        const Duration at = c * 800ms + c * c * 13ms;
        captured.add(BuiltConnection{.client = proxyEnd(static_cast<std::uint16_t>(40000 + c)),
            .server = pods[0],
            .at = at,
            .length = 7s,
            .serverReset = 6s + c * 31ms});
        logged.add(BuiltRequest{.at = at, .attempts = {{.upstream = pods[0]}}, .target = "/"});
        logged.add(BuiltRequest{.at = at + 6s + c * 31ms - 2ms,
            .attempts =
                {{.upstream = pods[0], .length = 2ms, .status = 502, .errorClass = ErrorClass::RstBeforeHeader}},
            .target = "/",
            .status = 502});
    }
    const auto capture = captured.build();
    const auto correlation = test::correlated({.captures = {capture}, .logs = {logged.build()}, .typedOffsets = {}});
    QCOMPARE(correlation.links.size(), std::size_t{20});
    for (const auto& link : correlation.links) {
        QVERIFY(link.connection && link.isReusedConnection);
        // the second request of each pair is the one that failed
        QCOMPARE(capture->attempts[link.connection->index].client.port, 40000 + link.attempt.index / 2);
    }
}

void TestCorrelation::evidenceOfTheSameThingCountsOnce()
{
    BuiltCapture near{EvidenceId{0}};
    BuiltCapture far{EvidenceId{1}, 40s};
    far.setLinkType(LinkType::LinuxSll2);
    BuiltLog text{EvidenceId{2}, 1s};
    BuiltLog json{EvidenceId{3}, 1ms};
    for (int i = 0; i < 40; ++i) {
        const Duration at = i * 700ms + i * i * 3ms;
        const bool fails = i == 20;
        const auto target = "/" + std::to_string(i);
        const BuiltConnection connection{.client = proxyEnd(static_cast<std::uint16_t>(40000 + i)),
            .server = pods[0],
            .at = at,
            .outcome = fails ? HandshakeOutcome::Refused : HandshakeOutcome::Completed,
            .initialSequenceNumber = 5000u + i * 17,
            .synAcks = fails ? std::vector<Duration>{} : std::vector<Duration>{100us},
            .serverReset = fails ? std::optional<Duration>{100us} : std::nullopt};
        for (auto* builder : {&near, &far}) {
            const auto number = builder->add(connection);
            if (!fails)
                builder->add(BuiltMark{.connection = number, .at = at, .target = target, .requestId = {}});
        }
        for (auto* builder : {&text, &json})
            builder->add(BuiltRequest{.at = at,
                .attempts = {{.upstream = pods[0],
                    .status = fails ? 502 : 200,
                    .errorClass = fails ? ErrorClass::ConnRefused : ErrorClass::None}},
                .target = target,
                .status = static_cast<std::uint16_t>(fails ? 502 : 200)});
    }
    const auto correlation = test::correlated(
        {.captures = {far.build(), near.build()}, .logs = {text.build(), json.build()}, .typedOffsets = {}});
    QCOMPARE(correlation.statistics.requests, 40u);
    QCOMPARE(correlation.statistics.connections, 40u);
    QCOMPARE(correlation.links.size(), std::size_t{1});
    const auto& link = correlation.links.front();
    QVERIFY(link.attempt.evidence == EvidenceId{3});
    QCOMPARE(link.alsoLogged.size(), std::size_t{1});
    QVERIFY(link.connection && link.connection->evidence == EvidenceId{0});
    QCOMPARE(link.sameConnection.size(), std::size_t{1});
    QCOMPARE(correlation.linkOfAttempt(link.alsoLogged.front()), &link);
    QCOMPARE(correlation.linkOfConnection(link.sameConnection.front()), &link);
    QCOMPARE(countOf(correlation, TrackKind::FailedConnections), std::size_t{1});
    QVERIFY(abs(correlation.clocks.offsetOf(EvidenceId{1}).offset - 40s) < 10ms);
}

void TestCorrelation::statisticsCountWhatHappened()
{
    const BuiltIncident incident{{}, failures};
    const auto correlation = incident.correlated();
    const auto& statistics = correlation.statistics;
    QCOMPARE(statistics.requests, 93u);
    QCOMPARE(statistics.upstreamAttempts, 96u);
    QCOMPARE(statistics.failedAttempts, 3u);
    QCOMPARE(statistics.linkedAttempts, 3u);
    QCOMPARE(statistics.failedByClass.at(ErrorClass::SynExhausted), 3u);
    QCOMPARE(statistics.failedByStatus.at(502), 3u);
    QCOMPARE(statistics.connections, 96u);
    QCOMPARE(statistics.failedConnections, 3u);
    QCOMPARE(statistics.linkedByOutcome.at(HandshakeOutcome::SynUnanswered), 3u);
    QCOMPARE(statistics.failedClientPorts, (std::vector<std::uint16_t>{30100, 30200, 30300}));
    QCOMPARE(statistics.linkedFailedClientPorts, statistics.failedClientPorts);
    QCOMPARE(statistics.completedClientPorts.size(), std::size_t{30});
    QCOMPARE(statistics.mostSynRetransmissions, 4);
    QCOMPARE(*statistics.typicalGiveUp, Duration{31'500ms});
    QVERIFY(statistics.failingUpstreams == std::set<Endpoint>{pods[0]});
    QCOMPARE(statistics.upstreams.size(), std::size_t{3});
    QVERIFY(statistics.vantage == VantagePoint::Client);
    QVERIFY(statistics.hasCapture && statistics.hasAccessLog && !statistics.hasErrorLog);
}

void TestCorrelation::theTimelineHasEveryTrack()
{
    const BuiltIncident incident{{.logOffset = 5min}, failures};
    const auto correlation = incident.correlated();
    const std::vector kinds{TrackKind::Requests, TrackKind::FailingUpstreamAttempts, TrackKind::FailedConnections,
        TrackKind::SynRetransmissions, TrackKind::SynAckRetransmissions, TrackKind::ErrorLog};
    for (std::size_t i = 0; i < kinds.size(); ++i)
        QCOMPARE(correlation.timeline.tracks[i]->kind(), kinds[i]);
    QCOMPARE(countOf(correlation, TrackKind::Requests), std::size_t{93});
    QCOMPARE(countOf(correlation, TrackKind::FailingUpstreamAttempts), std::size_t{3});
    QCOMPARE(countOf(correlation, TrackKind::FailedConnections), std::size_t{3});
    QCOMPARE(countOf(correlation, TrackKind::SynRetransmissions), std::size_t{12});
    const auto attempts = correlation.timeline.find(TrackKind::FailingUpstreamAttempts)->events();
    const auto connections = correlation.timeline.find(TrackKind::FailedConnections)->events();
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        QCOMPARE(attempts[i].start, connections[i].start);
        QCOMPARE(attempts[i].duration, Duration{31'500ms});
        QVERIFY(attempts[i].eventClass == EventClass::Failed);
    }
    for (const auto& track : correlation.timeline.tracks) {
        for (const auto& event : track->events())
            QVERIFY(correlation.timeline.range.contains(event.start + event.duration));
    }
}

void TestCorrelation::lookupsWorkWithoutAnIndexToo()
{
    const BuiltIncident incident{{}, failures};
    auto correlation = incident.correlated();
    const auto connection = *correlation.links[1].connection;
    QCOMPARE(correlation.linkOfConnection(connection), &correlation.links[1]);
    correlation.index = {};
    QCOMPARE(correlation.linkOfConnection(connection), &correlation.links[1]);
    QCOMPARE(correlation.linkOfConnection({ObjectKind::Connection, captureId, 5}), nullptr);
}

void TestCorrelation::aCancelledJobEndsEarly()
{
    std::stop_source stop;
    stop.request_stop();
    JobContext job{stop.get_token()};
    const auto result = correlate({}, job);
    QVERIFY(!result);
    QVERIFY(result.error().code == DiagnosticCode::Cancelled);
}

void TestCorrelation::theSameInputGivesTheSameResult()
{
    const BuiltIncident incident{{.logResolution = 1s, .hasText = false, .hasIds = false}, failures};
    const auto first = incident.correlated();
    const auto second = incident.correlated();
    QCOMPARE(first.links.size(), second.links.size());
    for (std::size_t i = 0; i < first.links.size(); ++i) {
        QVERIFY(first.links[i].connection == second.links[i].connection);
        QCOMPARE(first.links[i].confidence, second.links[i].confidence);
        QVERIFY(first.links[i].rivals == second.links[i].rivals);
    }
}

QTEST_GUILESS_MAIN(TestCorrelation)
#include "tst_correlation.moc"
