// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/diagnosis/story.h"

#include <QTest>

#include <algorithm>
#include <format>

using namespace halfshake;
using test::Story;

namespace {

const std::vector<std::uint16_t> nodePorts{30'080, 30'256, 31'072, 32'038, 32'156, 32'500};

/// Five attempts whose SYN/ACK stayed unanswered, from these client ports, among 300 completed connections.
void addUnanswered(Story& story, const std::vector<std::uint16_t>& ports)
{
    story.addCompleted(300);
    story.addSucceeded(300);
    for (const auto port : ports) {
        const auto connection = story.addConnection(
            {.clientPort = port, .outcome = HandshakeOutcome::SynAckUnacknowledged, .at = 100, .length = 31});
        story.addAttempt({.connection = connection});
        story.addSucceeded(1);
    }
}

Cause causeOf(const Story& story, const std::string& id)
{
    const auto causes = story.diagnose();
    return *std::ranges::find(causes, id, &Cause::id);
}

std::string idsOf(const std::vector<CauseStatement>& statements)
{
    std::string ids;
    for (const auto& statement : statements)
        ids += statement.id + ' ';
    return ids;
}

/// Failed attempts while connecting, one in twelve, without any connection known.
void addScatteredTimeouts(Story& story, int count)
{
    for (int i = 0; i < count; ++i) {
        story.addAttempt(
            {.errorClass = ErrorClass::SynExhausted, .upstream = i % 2 == 0 ? "10.244.1.11:8080" : "10.244.1.12:8080"});
        story.addSucceeded(10);
        story.addSucceeded(10, "10.244.1.12:8080");
    }
}

} // namespace

class TestDiagnosis : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theShippedCausesHaveNoErrors();

    void nodePortsAsClientPortsConfirmTheCollision();
    void withoutServicesTheCollisionIsLikely();
    void withoutADumpTheCollisionIsLikely();
    void portsInTheRangeThatNoServiceHasMakeTheCollisionLikely();
    void withoutACaptureAnExposedHostMakesTheCollisionLikely();
    void withoutACaptureFailuresInARowAreNoCollision();
    void withoutACaptureAHostThatIsNotExposedExcludesTheCollision();
    void aRewritingPodCountsOnlyWhereSeveralUpstreamsFail();
    void portsOutsideTheRangeExcludeTheCollision();
    void portsThatLookRandomLeaveOnlyTheHostNamed();
    void withFewCompletedConnectionsTheRangeIsTheBaseRate();
    void iptablesModeIsToldAgainstTheCollision();
    void statementsCiteSettingsAndConnections();

    void aSilentUpstreamIsABlackhole();
    void anUpstreamThatAnswersMeanwhileIsNoBlackhole();
    void anOutageThatHealsIsABlackholeIfNothingWaited();
    void synsThatNeverReachTheServerConfirmTheBlackhole();
    void synsThatReachTheServerAreNoBlackhole();

    void ignoredAcksAreTheAcceptQueue();
    void withoutACaptureTimeoutsHaveNoNamedCause();

    void resetsConfirmARefusal();
    void theErrorLogAloneMakesARefusalLikely();
    void icmpErrorsConfirmThatThereIsNoRoute();
    void theErrorLogTellsOfExhaustedPorts();

    void theApplicationsOwn502IsNotBlamedOnTheNetwork();
    void withoutACaptureTheApplicationsOwn502IsLikely();
    void aFew500sLeaveTheIncidentHealthy();
    void many500sAreTheApplications();
    void closedIdleConnectionsAreAKeepAliveRace();
    void resetsOnNewConnectionsAreNoRace();

    void nothingFailedIsHealthy();
    void aFailedHandshakeIsNotHealthy();
    void repeatedHandshakesArePacketLoss();
    void aSingleRepeatedHandshakeIsHealthy();

    void twoCausesAtOnceAreBothFound();
    void withoutLogsConnectionsAreCounted();
    void withAnErrorLogOnlyItsEntriesAreCounted();
    void entriesOfAnErrorLogCountWhereNoHandshakeFailed();
    void aCaptureWithoutFailuresAloneProvesNothing();
    void withoutEvidenceNothingIsClaimed();
    void theSameInputGivesTheSameAnswer();
};

void TestDiagnosis::theShippedCausesHaveNoErrors()
{
    const auto catalogue = CauseCatalogue::shipped();
    for (const auto& error : catalogue.errors())
        qWarning(
            "%s:%u:%u: %s: %s", error.file.c_str(), error.line, error.column, error.rule.c_str(), error.text.c_str());
    QVERIFY(catalogue.errors().empty());
    for (const auto* const id :
        {"nodeport-collision", "accept-queue-overflow", "keepalive-race", "packet-loss", "connection-refused",
            "no-route", "syn-blackhole", "application-error", "port-exhaustion", "healthy", "unknown"})
        QVERIFY2(catalogue.find(id), id);
}

void TestDiagnosis::nodePortsAsClientPortsConfirmTheCollision()
{
    Story story;
    addUnanswered(story, {30'256, 31'072, 32'038, 32'156, 32'500});
    story.addDump("1024 65535");
    story.addServices(nodePorts);
    story.addProxyMode("ipvs");
    QCOMPARE(story.verdict(), std::string("nodeport-collision confirmed 5/5"));
    const auto cause = causeOf(story, "nodeport-collision");
    QVERIFY(cause.contradicts.empty());
    QVERIFY(cause.missing.empty());
    QCOMPARE(cause.explainedObjects.size(), std::size_t{5});
    QVERIFY(cause.supports[0].text.starts_with("5 of 5 connections"));
    QVERIFY(cause.explanation.contains("5 failures fit"));
    for (const auto* const other : {"syn-blackhole", "accept-queue-overflow", "connection-refused", "application-error",
             "healthy", "unknown", "no-route", "keepalive-race", "packet-loss"})
        QCOMPARE(story.verdictOf(other), std::string("excluded 0/5"));
}

void TestDiagnosis::withoutServicesTheCollisionIsLikely()
{
    Story story;
    addUnanswered(story, {30'256, 31'072, 32'038, 32'156, 32'500});
    story.addDump("1024 65535");
    QCOMPARE(story.verdict(), std::string("nodeport-collision likely 5/5"));
    const auto missing = causeOf(story, "nodeport-collision").missing;
    QVERIFY(std::ranges::any_of(missing, [](const CauseTest& test) { return test.command.contains("get services"); }));
}

void TestDiagnosis::withoutADumpTheCollisionIsLikely()
{
    Story story;
    addUnanswered(story, {30'256, 31'072, 32'038, 32'156, 32'500});
    story.addServices(nodePorts);
    QCOMPARE(story.verdict(), std::string("nodeport-collision likely 5/5"));
    const auto missing = causeOf(story, "nodeport-collision").missing;
    QVERIFY(std::ranges::any_of(missing, [](const CauseTest& test) { return test.command == "sysctl -a"; }));
}

void TestDiagnosis::portsInTheRangeThatNoServiceHasMakeTheCollisionLikely()
{
    Story story;
    addUnanswered(story, {30'112, 30'140, 30'152, 30'158, 30'180});
    story.addDump("1024 65535");
    story.addServices(nodePorts);
    QCOMPARE(story.verdict(), std::string("nodeport-collision likely 5/5"));
    QCOMPARE(idsOf(causeOf(story, "nodeport-collision").contradicts), std::string("not-all-allocated "));
}

void TestDiagnosis::withoutACaptureAnExposedHostMakesTheCollisionLikely()
{
    Story story;
    addScatteredTimeouts(story, 6);
    story.addDump("1024 65535");
    story.addServices(nodePorts);
    QCOMPARE(story.verdict(), std::string("nodeport-collision likely 6/6"));
    QCOMPARE(story.verdictOf("unknown"), std::string("excluded 0/6"));
}

void TestDiagnosis::withoutACaptureFailuresInARowAreNoCollision()
{
    Story story;
    story.addSucceeded(100);
    for (int i = 0; i < 6; ++i)
        story.addAttempt({.errorClass = ErrorClass::ConnectTimeout, .status = 504});
    story.addDump("1024 65535");
    story.addServices(nodePorts);
    QCOMPARE(story.verdict(), std::string("unknown likely 6/6"));
    QCOMPARE(story.verdictOf("nodeport-collision"), std::string("possible 6/6"));
}

void TestDiagnosis::withoutACaptureAHostThatIsNotExposedExcludesTheCollision()
{
    for (const auto& [range, reserved] : {std::pair{"32768 60999", ""}, {"1024 65535", "30000-32767"}}) {
        Story story;
        addScatteredTimeouts(story, 6);
        story.addDump(range, reserved);
        story.addServices(nodePorts);
        story.addRewritingPod();
        QCOMPARE(story.verdictOf("nodeport-collision"), std::string("excluded 0/6"));
        QCOMPARE(story.verdict(), std::string("unknown likely 6/6"));
    }
}

void TestDiagnosis::aRewritingPodCountsOnlyWhereSeveralUpstreamsFail()
{
    Story several;
    addScatteredTimeouts(several, 6);
    several.addRewritingPod();
    QCOMPARE(several.verdict(), std::string("nodeport-collision likely 6/6"));
    Story one;
    for (int i = 0; i < 6; ++i) {
        one.addAttempt({.errorClass = ErrorClass::SynExhausted});
        one.addSucceeded(10);
    }
    one.addRewritingPod();
    QCOMPARE(one.verdict(), std::string("unknown likely 6/6"));
}

void TestDiagnosis::portsOutsideTheRangeExcludeTheCollision()
{
    Story story;
    addUnanswered(story, {40'256, 41'072, 42'038, 52'156, 12'500});
    story.addDump("1024 65535");
    story.addServices(nodePorts);
    QCOMPARE(story.verdictOf("nodeport-collision"), std::string("excluded 0/5"));
    QCOMPARE(story.verdict(), std::string("host-drop likely 5/5"));
}

void TestDiagnosis::portsThatLookRandomLeaveOnlyTheHostNamed()
{
    Story story;
    story.addCompleted(40, 30'001); // in the range by chance
    addUnanswered(story, {30'300, 41'072, 42'038, 52'156, 12'500, 13'000, 14'000});
    story.addDump("1024 65535");
    story.addServices(nodePorts);
    QCOMPARE(story.verdictOf("nodeport-collision"), std::string("possible 1/7"));
    QCOMPARE(
        idsOf(causeOf(story, "nodeport-collision").contradicts), std::string("ports-look-random not-all-allocated "));
    QCOMPARE(story.verdict(), std::string("host-drop likely 6/7"));
}

void TestDiagnosis::withFewCompletedConnectionsTheRangeIsTheBaseRate()
{
    Story story;
    for (const std::uint16_t port : {30'256, 31'072}) {
        const auto connection =
            story.addConnection({.clientPort = port, .outcome = HandshakeOutcome::SynAckUnacknowledged, .length = 31});
        story.addAttempt({.connection = connection});
    }
    story.addDump("1024 65535");
    story.addServices(nodePorts);
    QCOMPARE(story.verdict(), std::string("nodeport-collision confirmed 2/2"));
    QVERIFY(causeOf(story, "nodeport-collision").supports[0].text.contains("probability 8.7e-09")); // (6 / 64512)^2
}

void TestDiagnosis::iptablesModeIsToldAgainstTheCollision()
{
    Story story;
    addUnanswered(story, {30'256, 31'072, 32'038});
    story.addDump("1024 65535");
    story.addServices(nodePorts);
    story.addProxyMode("iptables");
    QCOMPARE(story.verdict(), std::string("nodeport-collision confirmed 3/3"));
    QCOMPARE(idsOf(causeOf(story, "nodeport-collision").contradicts), std::string("mode-without-redirection "));
}

void TestDiagnosis::statementsCiteSettingsAndConnections()
{
    Story story;
    addUnanswered(story, {30'256, 31'072, 32'038, 32'156, 32'500});
    story.addDump("1024 65535");
    story.addServices(nodePorts);
    const auto cause = causeOf(story, "nodeport-collision");
    const auto& proof = cause.supports.at(0);
    QCOMPARE(proof.id, std::string("client-ports-are-nodeports"));
    const auto isConnection = [](const ObjectRef& object) { return object.kind == ObjectKind::Connection; };
    QCOMPARE(std::ranges::count_if(proof.objects, isConnection), 5);
    QVERIFY(std::ranges::contains(proof.places, std::uint64_t{100}, &SourceRef::line)); // the range in the dump
    QVERIFY(std::ranges::contains(proof.places, std::uint64_t{10}, &SourceRef::line)); // the Services
    QCOMPARE(cause.explainedObjects[0].kind, ObjectKind::UpstreamAttempt);
}

void TestDiagnosis::aSilentUpstreamIsABlackhole()
{
    Story story;
    story.addCompleted(50);
    for (int i = 0; i < 4; ++i) {
        const auto connection = story.addConnection({.clientPort = static_cast<std::uint16_t>(50'000 + i),
            .server = "10.244.1.14:8080",
            .outcome = HandshakeOutcome::SynUnanswered,
            .at = 100 + i,
            .length = 3});
        story.addAttempt({.errorClass = ErrorClass::ConnectTimeout,
            .status = 504,
            .upstream = "10.244.1.14:8080",
            .connection = connection});
    }
    QCOMPARE(story.verdict(), std::string("syn-blackhole confirmed 4/4"));
    QCOMPARE(story.verdictOf("nodeport-collision"), std::string("excluded 0/4"));
}

void TestDiagnosis::anUpstreamThatAnswersMeanwhileIsNoBlackhole()
{
    Story story;
    story.addCompleted(300); // one each second, to the same server
    for (int i = 0; i < 4; ++i) {
        const auto connection = story.addConnection({.clientPort = static_cast<std::uint16_t>(50'000 + i),
            .outcome = HandshakeOutcome::SynUnanswered,
            .at = 100 + i,
            .length = 3});
        story.addAttempt({.errorClass = ErrorClass::ConnectTimeout, .status = 504, .connection = connection});
    }
    QCOMPARE(story.verdictOf("syn-blackhole"), std::string("excluded 0/4"));
    QCOMPARE(story.verdict(), std::string("unknown likely 4/4"));
}

namespace {

/// Nothing is answered for a minute, then everything again.
std::vector<std::uint32_t> addOutage(Story& story)
{
    std::vector<std::uint32_t> connections;
    story.addCompleted(30);
    for (int i = 0; i < 5; ++i) {
        connections.push_back(story.addConnection({.clientPort = static_cast<std::uint16_t>(50'000 + i),
            .outcome = HandshakeOutcome::SynUnanswered,
            .at = 100 + i,
            .length = 3}));
        story.addAttempt({.errorClass = ErrorClass::ConnectTimeout, .status = 504, .connection = connections.back()});
    }
    story.addConnection({.clientPort = 51'001, .at = 200});
    return connections;
}

} // namespace

void TestDiagnosis::anOutageThatHealsIsABlackholeIfNothingWaited()
{
    Story story;
    addOutage(story);
    QCOMPARE(story.verdict(), std::string("syn-blackhole likely 5/5"));
    QCOMPARE(story.verdictOf("syn-blackhole"), std::string("likely 5/5"));
}

void TestDiagnosis::synsThatNeverReachTheServerConfirmTheBlackhole()
{
    Story story;
    story.addServerCapture("10.244.1.11:8080", addOutage(story));
    QCOMPARE(story.verdict(), std::string("syn-blackhole confirmed 5/5"));
}

void TestDiagnosis::synsThatReachTheServerAreNoBlackhole()
{
    Story story;
    addOutage(story);
    story.addServerCapture("10.244.1.11:8080");
    QCOMPARE(story.verdictOf("syn-blackhole"), std::string("excluded 0/5"));
    QCOMPARE(story.verdict(), std::string("host-drop likely 5/5"));
}

void TestDiagnosis::ignoredAcksAreTheAcceptQueue()
{
    Story story;
    story.addCompleted(30);
    for (int i = 0; i < 3; ++i) {
        const auto connection = story.addConnection(
            {.clientPort = static_cast<std::uint16_t>(50'001 + i), .at = 100, .length = 12, .ignoresAck = true});
        story.addAttempt({.errorClass = ErrorClass::ReadTimeout, .status = 504, .connection = connection});
    }
    for (int i = 0; i < 6; ++i) {
        const auto connection = story.addConnection({.clientPort = static_cast<std::uint16_t>(50'100 + i),
            .outcome = HandshakeOutcome::SynUnanswered,
            .at = 101,
            .length = 3});
        story.addAttempt({.errorClass = ErrorClass::ConnectTimeout, .status = 504, .connection = connection});
    }
    QCOMPARE(story.verdict(), std::string("accept-queue-overflow likely 9/9"));
    QCOMPARE(story.verdictOf("syn-blackhole"), std::string("excluded 0/9"));
    story.addServerCapture("10.244.1.11:8080");
    QCOMPARE(story.verdict(), std::string("accept-queue-overflow confirmed 9/9"));
}

void TestDiagnosis::withoutACaptureTimeoutsHaveNoNamedCause()
{
    Story story;
    story.addSucceeded(50);
    for (int i = 0; i < 5; ++i)
        story.addAttempt({.errorClass = ErrorClass::ConnectTimeout, .status = 504, .hasErrorEntry = true});
    QCOMPARE(story.verdict(), std::string("unknown likely 5/5"));
    for (const auto& cause : story.diagnose()) {
        QVERIFY2(cause.certainty >= Certainty::Possible || cause.id == "unknown", cause.id.c_str());
        if (cause.id == "syn-blackhole" || cause.id == "nodeport-collision")
            QVERIFY2(!cause.missing.empty(), cause.id.c_str());
    }
}

void TestDiagnosis::resetsConfirmARefusal()
{
    Story story;
    story.addCompleted(30);
    for (int i = 0; i < 3; ++i) {
        const auto connection = story.addConnection(
            {.clientPort = static_cast<std::uint16_t>(50'000 + i), .outcome = HandshakeOutcome::Refused, .at = 100});
        story.addAttempt({.errorClass = ErrorClass::ConnRefused, .connection = connection});
    }
    QCOMPARE(story.verdict(), std::string("connection-refused confirmed 3/3"));
}

void TestDiagnosis::theErrorLogAloneMakesARefusalLikely()
{
    Story logged;
    logged.addSucceeded(30);
    logged.addAttempt({.errorClass = ErrorClass::ConnRefused, .hasErrorEntry = true});
    QCOMPARE(logged.verdict(), std::string("connection-refused likely 1/1"));
    Story guessed; // the class comes from the times of the access log alone
    guessed.addSucceeded(30);
    guessed.addAttempt({.errorClass = ErrorClass::ConnRefused});
    QCOMPARE(guessed.verdict(), std::string("unknown likely 1/1"));
    QCOMPARE(guessed.verdictOf("connection-refused"), std::string("possible 1/1"));
}

void TestDiagnosis::icmpErrorsConfirmThatThereIsNoRoute()
{
    Story story;
    story.addCompleted(30);
    const auto connection =
        story.addConnection({.clientPort = 50'000, .outcome = HandshakeOutcome::IcmpRejected, .at = 100, .length = 3});
    story.addAttempt({.errorClass = ErrorClass::HostUnreach, .connection = connection});
    QCOMPARE(story.verdict(), std::string("no-route confirmed 1/1"));
}

void TestDiagnosis::theErrorLogTellsOfExhaustedPorts()
{
    Story story;
    story.addSucceeded(30);
    story.addAttempt({.errorClass = ErrorClass::NoLocalPort, .hasErrorEntry = true});
    QCOMPARE(story.verdict(), std::string("port-exhaustion likely 1/1"));
}

void TestDiagnosis::theApplicationsOwn502IsNotBlamedOnTheNetwork()
{
    Story story;
    story.addSucceeded(300);
    for (int i = 0; i < 3; ++i) {
        const auto connection = story.addConnection({.clientPort = static_cast<std::uint16_t>(50'001 + i), .at = 100});
        story.addAttempt({.errorClass = ErrorClass::UpstreamStatus, .connection = connection, .statusOnWire = 502});
    }
    QCOMPARE(story.verdict(), std::string("application-error confirmed 3/3"));
    for (const auto& cause : story.diagnose())
        QVERIFY2(cause.id == "application-error" || cause.certainty == Certainty::Excluded, cause.id.c_str());
}

void TestDiagnosis::withoutACaptureTheApplicationsOwn502IsLikely()
{
    Story story;
    story.addSucceeded(300);
    for (int i = 0; i < 3; ++i)
        story.addAttempt({.errorClass = ErrorClass::UpstreamStatus});
    QCOMPARE(story.verdict(), std::string("application-error likely 3/3"));
}

void TestDiagnosis::aFew500sLeaveTheIncidentHealthy()
{
    Story story;
    story.addCompleted(30);
    story.addSucceeded(300);
    for (int i = 0; i < 3; ++i) {
        const auto connection = story.addConnection({.clientPort = static_cast<std::uint16_t>(50'001 + i), .at = 100});
        story.addAttempt(
            {.errorClass = ErrorClass::UpstreamStatus, .status = 500, .connection = connection, .statusOnWire = 500});
    }
    QCOMPARE(story.verdict(), std::string("healthy confirmed 0/3"));
    QCOMPARE(story.verdictOf("application-error"), std::string("possible 3/3"));
}

void TestDiagnosis::many500sAreTheApplications()
{
    Story story;
    story.addCompleted(30);
    story.addSucceeded(50);
    for (int i = 0; i < 20; ++i) {
        const auto connection = story.addConnection({.clientPort = static_cast<std::uint16_t>(50'001 + i), .at = 100});
        story.addAttempt(
            {.errorClass = ErrorClass::UpstreamStatus, .status = 500, .connection = connection, .statusOnWire = 500});
    }
    QCOMPARE(story.verdict(), std::string("application-error confirmed 20/20"));
    QCOMPARE(story.verdictOf("healthy"), std::string("excluded 0/20"));
}

void TestDiagnosis::closedIdleConnectionsAreAKeepAliveRace()
{
    Story story;
    story.addSucceeded(100);
    for (int i = 0; i < 3; ++i) {
        const auto connection = story.addConnection(
            {.clientPort = static_cast<std::uint16_t>(50'001 + i), .at = 10, .length = 60, .isClosedByServer = true});
        story.addAttempt({.errorClass = ErrorClass::RstBeforeHeader, .connection = connection, .isReused = true});
    }
    QCOMPARE(story.verdict(), std::string("keepalive-race confirmed 3/3"));
    story.withoutCapture();
    QCOMPARE(story.verdictOf("keepalive-race"), std::string("possible 3/3"));
    QCOMPARE(story.verdict(), std::string("unknown likely 3/3"));
}

void TestDiagnosis::resetsOnNewConnectionsAreNoRace()
{
    Story story;
    story.addSucceeded(100);
    const auto connection = story.addConnection({.clientPort = 50'001, .at = 10, .isClosedByServer = true});
    story.addAttempt({.errorClass = ErrorClass::RstBeforeHeader, .connection = connection});
    QCOMPARE(story.verdictOf("keepalive-race"), std::string("excluded 0/1"));
    QCOMPARE(story.verdict(), std::string("upstream-closed likely 1/1"));
}

void TestDiagnosis::nothingFailedIsHealthy()
{
    Story story;
    story.addCompleted(30);
    story.addSucceeded(100);
    QCOMPARE(story.verdict(), std::string("healthy confirmed 0/0"));
    story.withoutCapture();
    QCOMPARE(story.verdict(), std::string("healthy likely 0/0"));
}

void TestDiagnosis::aFailedHandshakeIsNotHealthy()
{
    Story story;
    story.addCompleted(30);
    story.addSucceeded(100);
    story.addConnection({.clientPort = 50'000, .outcome = HandshakeOutcome::SynAckUnacknowledged, .length = 31});
    QCOMPARE(story.verdictOf("healthy"), std::string("excluded 0/1"));
    QCOMPARE(story.verdict(), std::string("host-drop likely 1/1"));
}

void TestDiagnosis::repeatedHandshakesArePacketLoss()
{
    Story story;
    story.addSucceeded(100);
    story.addCompleted(200);
    for (int i = 0; i < 8; ++i) {
        story.addConnection({.clientPort = static_cast<std::uint16_t>(50'001 + i),
            .server = i % 2 == 0 ? "10.244.1.11:8080" : "10.244.1.12:8080",
            .at = 20 * i,
            .synRetransmissions = 1,
            .dataRetransmissions = 2});
    }
    QCOMPARE(story.verdict(), std::string("packet-loss confirmed 0/0"));
    QCOMPARE(story.verdictOf("healthy"), std::string("possible 0/0"));
}

void TestDiagnosis::aSingleRepeatedHandshakeIsHealthy()
{
    Story story;
    story.addSucceeded(100);
    story.addCompleted(200);
    story.addConnection({.clientPort = 50'001, .synRetransmissions = 1});
    QCOMPARE(story.verdict(), std::string("healthy confirmed 0/0"));
    QCOMPARE(story.verdictOf("packet-loss"), std::string("excluded 0/0"));
}

void TestDiagnosis::twoCausesAtOnceAreBothFound()
{
    Story story;
    addUnanswered(story, {30'256, 31'072, 32'038, 32'156, 32'500});
    story.addDump("1024 65535");
    story.addServices(nodePorts);
    for (int i = 0; i < 3; ++i) {
        const auto connection = story.addConnection({.clientPort = static_cast<std::uint16_t>(50'000 + i),
            .server = "10.244.1.13:8080",
            .outcome = HandshakeOutcome::Refused,
            .at = 100});
        story.addAttempt({.errorClass = ErrorClass::ConnRefused, .connection = connection});
    }
    QCOMPARE(story.verdict(), std::string("nodeport-collision confirmed 5/8"));
    QCOMPARE(story.verdictOf("connection-refused"), std::string("confirmed 3/8"));
    QCOMPARE(story.verdictOf("unknown"), std::string("excluded 0/8"));
}

void TestDiagnosis::withoutLogsConnectionsAreCounted()
{
    Story story;
    addUnanswered(story, {30'256, 31'072, 32'038, 32'156, 32'500});
    story.addDump("1024 65535");
    story.addServices(nodePorts);
    story.addServerCapture("10.244.1.11:8080");
    story.withoutAccessLog();
    QCOMPARE(story.verdict(), std::string("nodeport-collision confirmed 5/5"));
    QCOMPARE(causeOf(story, "nodeport-collision").explainedObjects[0].kind, ObjectKind::Connection);
    QVERIFY(causeOf(story, "nodeport-collision").explainedObjects[0].evidence == EvidenceId{0});
}

void TestDiagnosis::withAnErrorLogOnlyItsEntriesAreCounted()
{
    Story story;
    story.addErrorEntry(ErrorClass::ConnRefused);
    story.addErrorEntry(ErrorClass::ConnRefused);
    story.addErrorEntry(ErrorClass::None);
    QCOMPARE(story.verdict(), std::string("connection-refused likely 2/2"));
    QCOMPARE(causeOf(story, "connection-refused").explainedObjects[0].kind, ObjectKind::ErrorEntry);
}

void TestDiagnosis::entriesOfAnErrorLogCountWhereNoHandshakeFailed()
{
    Story story;
    story.addCompleted(30);
    story.addErrorEntry(ErrorClass::RstBeforeHeader);
    QCOMPARE(story.verdict(), std::string("unknown likely 1/1"));
    QCOMPARE(story.verdictOf("healthy"), std::string("excluded 0/1"));
}

void TestDiagnosis::aCaptureWithoutFailuresAloneProvesNothing()
{
    Story story;
    story.addCompleted(30);
    QCOMPARE(story.verdict(), std::string("healthy possible 0/0"));
    QVERIFY(!causeOf(story, "healthy").missing.empty());
}

void TestDiagnosis::withoutEvidenceNothingIsClaimed()
{
    const Story story;
    for (const auto& cause : story.diagnose())
        QVERIFY2(cause.certainty == Certainty::Excluded, cause.id.c_str());
}

void TestDiagnosis::theSameInputGivesTheSameAnswer()
{
    Story story;
    addUnanswered(story, {30'256, 31'072, 32'038, 32'156, 32'500});
    story.addServices(nodePorts);
    const auto describe = [&story] {
        std::string text;
        for (const auto& cause : story.diagnose()) {
            text +=
                std::format("{} {} {} {}\n", cause.id, toString(cause.certainty), cause.explained, cause.explanation);
            text += idsOf(cause.supports) + idsOf(cause.contradicts);
        }
        return text;
    };
    QCOMPARE(describe(), describe());
}

QTEST_APPLESS_MAIN(TestDiagnosis)
#include "tst_diagnosis.moc"
