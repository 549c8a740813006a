// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/backoffladder.h"
#include "tests/capture/readcapture.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;

namespace {

const QString folder = QStringLiteral(HALFSHAKE_EVIDENCE "/handshakes/");

/// What TRUTH.txt of a recording says, at one capture point. \c attempt counts from 0 by start.
struct Truth
{
    const char* file;
    std::size_t attempts;
    std::size_t attempt;
    HandshakeOutcome outcome;
    int synRetransmissions;
    int synAckRetransmissions;
    int synAckReissues;
    PlaceOfLoss lost;
    VantagePoint vantage;
};

using enum HandshakeOutcome;
using enum PlaceOfLoss;
using VantagePoint::Client;
using VantagePoint::Middle;
using VantagePoint::Server;
constexpr auto noLoss = PlaceOfLoss::Unknown;

constexpr Truth truths[] = {
    {"01-ok/client", 1, 0, Completed, 0, 0, 0, noLoss, Client},
    {"01-ok/middle-any", 1, 0, Completed, 0, 0, 0, noLoss, Middle},
    {"01-ok/server", 1, 0, Completed, 0, 0, 0, noLoss, Server},
    // 10 SYN/ACK retransmissions: 5 by the timer, 5 triggered by the repeated SYN.
    {"04-synack-lost-in-middle/client", 1, 0, SynUnanswered, 5, 0, 0, BeyondCapturePoint, Client},
    {"04-synack-lost-in-middle/middle-any", 1, 0, SynAckUnacknowledged, 5, 10, 0, BeforeClient, Middle},
    {"04-synack-lost-in-middle/server", 1, 0, SynAckUnacknowledged, 5, 10, 0, BeyondCapturePoint, Server},
    // The request socket expires at 7 s: the next SYN gets a new server number.
    {"05-synack-dropped-on-client-host/client", 1, 0, SynAckUnacknowledged, 4, 8, 2, InsideClientHost, Client},
    {"05-synack-dropped-on-client-host/middle-any", 1, 0, SynAckUnacknowledged, 4, 8, 2, BeyondCapturePoint, Middle},
    {"05-synack-dropped-on-client-host/server", 1, 0, SynAckUnacknowledged, 4, 8, 2, BeyondCapturePoint, Server},
    {"07-pure-acks-lost/client", 1, 0, Completed, 0, 0, 0, noLoss, Client},
    {"07-pure-acks-lost/middle-any", 1, 0, Completed, 0, 0, 0, noLoss, Middle},
    {"07-pure-acks-lost/server", 1, 0, CompletedByData, 0, 0, 0, noLoss, Server},
    // Two established, two whose SYN the full accept queue drops.
    {"08-accept-queue-full-syn-stage/client", 4, 0, Completed, 0, 0, 0, noLoss, Client},
    {"08-accept-queue-full-syn-stage/client", 4, 2, SynUnanswered, 10, 0, 0, BeyondCapturePoint, Client},
    {"08-accept-queue-full-syn-stage/middle-any", 4, 3, SynUnanswered, 10, 0, 0, BeyondCapturePoint, Middle},
    {"08-accept-queue-full-syn-stage/server", 4, 1, Completed, 0, 0, 0, noLoss, Server},
    {"08-accept-queue-full-syn-stage/server", 4, 2, SynUnanswered, 10, 0, 0, InsideServerHost, Server},
    {"08-accept-queue-full-syn-stage/server", 4, 3, SynUnanswered, 10, 0, 0, InsideServerHost, Server},
    // tcp.stream 6, 7, 8: final ACK and data are on the wire at the server, which still repeats its SYN/ACK 5 times.
    {"09-accept-queue-overflow-ack-stage/client", 9, 5, Completed, 0, 0, 0, noLoss, Client},
    {"09-accept-queue-overflow-ack-stage/client", 9, 6, AckIgnored, 0, 5, 0, BeyondCapturePoint, Client},
    {"09-accept-queue-overflow-ack-stage/middle-any", 9, 7, AckIgnored, 0, 5, 0, BeyondCapturePoint, Middle},
    {"09-accept-queue-overflow-ack-stage/server", 9, 6, AckIgnored, 0, 5, 0, InsideServerHost, Server},
    {"09-accept-queue-overflow-ack-stage/server", 9, 7, AckIgnored, 0, 5, 0, InsideServerHost, Server},
    {"09-accept-queue-overflow-ack-stage/server", 9, 8, AckIgnored, 0, 5, 0, InsideServerHost, Server},
    {"11-refused/client", 1, 0, Refused, 0, 0, 0, noLoss, Client},
    {"11-refused/middle-any", 1, 0, Refused, 0, 0, 0, noLoss, Middle},
    {"11-refused/server", 1, 0, Refused, 0, 0, 0, noLoss, Server},
    {"13-icmp-admin-prohibited/client", 1, 0, IcmpRejected, 1, 0, 0, noLoss, Client},
    {"13-icmp-admin-prohibited/middle-any", 1, 0, IcmpRejected, 1, 0, 0, noLoss, Middle},
    {"16-syncookies-synack-lost/client", 1, 0, SynUnanswered, 3, 0, 0, BeyondCapturePoint, Client},
    {"16-syncookies-synack-lost/middle-any", 1, 0, SynAckUnacknowledged, 3, 3, 0, BeforeClient, Middle},
    {"16-syncookies-synack-lost/server", 1, 0, SynAckUnacknowledged, 3, 3, 0, BeyondCapturePoint, Server},
    {"18-challenge-ack-half-open/client", 2, 0, Completed, 0, 0, 0, noLoss, Client},
    {"18-challenge-ack-half-open/client", 2, 1, ChallengeAck, 1, 0, 0, noLoss, Client},
    {"18-challenge-ack-half-open/middle-any", 2, 1, ChallengeAck, 1, 0, 0, noLoss, Middle},
    {"18-challenge-ack-half-open/server", 2, 1, ChallengeAck, 1, 0, 0, noLoss, Server},
    {"19-timewait-reuse/client", 2, 1, Completed, 0, 0, 0, noLoss, Client},
    {"19-timewait-reuse/middle-any", 2, 1, Completed, 0, 0, 0, noLoss, Middle},
    {"19-timewait-reuse/server", 2, 1, Completed, 0, 0, 0, noLoss, Server},
    // Neither is the client alone; the first SYN seen decides.
    {"21-simultaneous-open/client", 1, 0, SimultaneousOpen, 0, 0, 0, noLoss, Server},
    {"21-simultaneous-open/middle-any", 1, 0, SimultaneousOpen, 0, 0, 0, noLoss, Middle},
    {"21-simultaneous-open/server", 1, 0, SimultaneousOpen, 0, 0, 0, noLoss, Client},
    {"22-keepalive-race/client", 1, 0, Completed, 0, 0, 0, noLoss, Client},
    {"22-keepalive-race/middle-any", 1, 0, Completed, 0, 0, 0, noLoss, Middle},
    {"22-keepalive-race/server", 1, 0, Completed, 0, 0, 0, noLoss, Server},
    {"24-mtu-blackhole/client", 1, 0, Completed, 0, 0, 0, noLoss, Client},
    {"24-mtu-blackhole/middle-any", 1, 0, Completed, 0, 0, 0, noLoss, Middle},
    {"24-mtu-blackhole/server", 1, 0, Completed, 0, 0, 0, noLoss, Server},
    // The router drops what it receives: nothing in the middle capture tells it from a server.
    {"26-linear-timeouts-retries2/client", 1, 0, SynUnanswered, 5, 0, 0, BeyondCapturePoint, Client},
    {"26-linear-timeouts-retries2/middle-any", 1, 0, SynUnanswered, 5, 0, 0, BeyondCapturePoint, VantagePoint::Unknown},
    {"28-conntrack-invalid/client", 1, 0, SynUnanswered, 3, 0, 0, BeyondCapturePoint, Client},
    {"28-conntrack-invalid/middle-any", 1, 0, SynAckUnacknowledged, 3, 8, 0, BeforeClient, Middle},
    {"28-conntrack-invalid/server", 1, 0, SynAckUnacknowledged, 3, 8, 0, BeyondCapturePoint, Server},
    {"30-snat-in-middle/client", 1, 0, Completed, 0, 0, 0, noLoss, Client},
    {"30-snat-in-middle/middle-any", 2, 0, Completed, 0, 0, 0, noLoss, Middle},
    {"30-snat-in-middle/middle-any", 2, 1, Completed, 0, 0, 0, noLoss, Middle},
    {"30-snat-in-middle/server", 1, 0, Completed, 0, 0, 0, noLoss, Server},
    {"32-overlay-qinq/nodeA-any", 2, 0, Completed, 0, 0, 0, noLoss, Middle},
    {"32-overlay-qinq/nodeA-any", 2, 1, SynUnanswered, 2, 0, 0, BeyondCapturePoint, Middle},
    {"32-overlay-qinq/nodeB-underlay", 2, 1, SynUnanswered, 2, 0, 0, BeyondCapturePoint, Middle},
    {"32-overlay-qinq/podA", 2, 1, SynUnanswered, 2, 0, 0, BeyondCapturePoint, Client},
    {"32-overlay-qinq/podB", 2, 1, SynAckUnacknowledged, 2, 7, 0, BeyondCapturePoint, Server},
    {"32-overlay-vxlan/nodeA-any", 2, 0, Completed, 0, 0, 0, noLoss, Middle},
    {"32-overlay-vxlan/nodeA-any", 2, 1, SynUnanswered, 2, 0, 0, BeyondCapturePoint, Middle},
    {"32-overlay-vxlan/nodeB-underlay", 2, 1, SynUnanswered, 2, 0, 0, BeyondCapturePoint, Middle},
    {"32-overlay-vxlan/podA", 2, 0, Completed, 0, 0, 0, noLoss, Client},
    {"32-overlay-vxlan/podB", 2, 1, SynAckUnacknowledged, 2, 7, 0, BeyondCapturePoint, Server},
    // The SYN/ACK that leaves the node again is another leg of the attempt; the pod of the NodePort sees it stray.
    {"40-nodeport-ipvs-hijack/ingress-any", 3, 0, Completed, 0, 0, 0, noLoss, Client},
    {"40-nodeport-ipvs-hijack/ingress-any", 3, 1, SynAckUnacknowledged, 4, 8, 2, InsideClientHost, Client},
    {"40-nodeport-ipvs-hijack/ingress-any", 3, 2, StraySynAck, 0, 8, 2, noLoss, Middle},
    {"40-nodeport-ipvs-hijack/backend", 3, 1, SynAckUnacknowledged, 4, 8, 2, BeyondCapturePoint, Server},
    {"40-nodeport-ipvs-hijack/nodeportpod", 1, 0, StraySynAck, 0, 8, 2, noLoss, Client},
};

std::shared_ptr<const Capture> recording(const char* name)
{
    const auto capture = captureOfFile(folder + QString::fromLatin1(name) + QStringLiteral(".pcap"));
    if (!capture)
        qFatal("%s is not readable", name);
    return *capture;
}

const ImpliedSetting* settingOf(const Capture& capture, WireSetting setting)
{
    const auto found = std::ranges::find(capture.impliedSettings, setting, &ImpliedSetting::setting);
    return found == capture.impliedSettings.end() ? nullptr : &*found;
}

} // namespace

class TestRecordedHandshakes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void attemptIsWhatTheRecordingsTruthSays_data()
    {
        QTest::addColumn<const Truth*>("expected");
        for (const Truth& expected : truths)
            QTest::addRow("%s, attempt %zu", expected.file, expected.attempt) << &expected;
    }
    void attemptIsWhatTheRecordingsTruthSays()
    {
        QFETCH(const Truth*, expected);
        const auto capture = recording(expected->file);
        QCOMPARE(capture->attempts.size(), expected->attempts);
        const ConnectionAttempt& attempt = capture->attempts[expected->attempt];
        QCOMPARE(toString(attempt.outcome), toString(expected->outcome));
        QCOMPARE(int{attempt.synRetransmissions}, expected->synRetransmissions);
        QCOMPARE(int{attempt.synAckRetransmissions}, expected->synAckRetransmissions);
        QCOMPARE(int{attempt.synAckReissues}, expected->synAckReissues);
        QCOMPARE(toString(attempt.lost), toString(expected->lost));
        QCOMPARE(toString(attempt.vantage), toString(expected->vantage));
    }

    void healthyRecordingsHaveNoFailure_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"01-ok", "07-pure-acks-lost", "18-challenge-ack-half-open", "19-timewait-reuse",
                 "21-simultaneous-open", "22-keepalive-race", "24-mtu-blackhole", "30-snat-in-middle"}) {
            for (const char* point : {"client", "middle-any", "server"})
                QTest::addRow("%s/%s", name, point) << QString::fromLatin1(name) + u'/' + QString::fromLatin1(point);
        }
    }
    void healthyRecordingsHaveNoFailure()
    {
        QFETCH(QString, name);
        const auto capture = recording(qPrintable(name));
        for (const ConnectionAttempt& attempt : capture->attempts)
            QVERIFY(!isFailure(attempt));
    }

    void timerAndTriggeredRepeatsAreToldApart()
    {
        const auto capture = recording("04-synack-lost-in-middle/server");
        const auto steps = stepsOf(*capture, onlyAttempt(*capture));
        QCOMPARE(std::ranges::count(steps, HandshakeStep::SynAckRetransmission), 5);
        QCOMPARE(std::ranges::count(steps, HandshakeStep::SynAckTriggered), 5);
    }

    void cookiesAnswerSynsAndHaveNoTimer()
    {
        const auto capture = recording("16-syncookies-synack-lost/server");
        const auto steps = stepsOf(*capture, onlyAttempt(*capture));
        QCOMPARE(std::ranges::count(steps, HandshakeStep::SynAckTriggered), 3);
        QCOMPARE(std::ranges::count(steps, HandshakeStep::SynAckRetransmission), 0);
    }

    void translatedLegsKnowEachOther()
    {
        const auto snat = recording("30-snat-in-middle/middle-any");
        QCOMPARE(snat->attempts[0].otherLeg, 1U);
        QCOMPARE(snat->attempts[1].otherLeg, 0U);
        const auto hijack = recording("40-nodeport-ipvs-hijack/ingress-any");
        QCOMPARE(hijack->attempts[0].otherLeg, ConnectionAttempt::noLeg);
        QCOMPARE(hijack->attempts[1].otherLeg, 2U);
        // nstat of the backend: TCPSynRetrans=8. The second leg holds the same packets.
        QCOMPARE(hijack->counts.synAckRetransmissions, 8U);
    }

    void wholeFilesTellTheirVantagePoint()
    {
        for (const char* name : {"01-ok", "05-synack-dropped-on-client-host", "11-refused"}) {
            const auto at = [&](const char* point) {
                return toString(recording((std::string(name) + "/" + point).c_str())->vantage);
            };
            QCOMPARE(at("client"), "client");
            QCOMPARE(at("middle-any"), "middle");
            QCOMPARE(at("server"), "server");
        }
    }

    void keepAliveRaceShowsTheFinAndTheReset()
    {
        const ConnectionAttempt attempt = onlyAttempt(*recording("22-keepalive-race/client"));
        QVERIFY(attempt.hasServerFin);
        QVERIFY(attempt.hasServerReset);
        QVERIFY(!attempt.hasClientReset);
    }

    void blackholeShowsAsDataRetransmissions()
    {
        // The server's segments above 1400 bytes never arrive: the client's capture has none of them.
        QCOMPARE(onlyAttempt(*recording("24-mtu-blackhole/client")).serverBytes, 0U);
        QVERIFY(onlyAttempt(*recording("24-mtu-blackhole/server")).dataRetransmissions >= 5);
    }

    // TRUTH.txt of each recording.
    void recordingsImplyTheSettingsOfTheirHosts_data()
    {
        using Range = std::optional<RetryRange>;
        QTest::addColumn<QString>("name");
        QTest::addColumn<Range>("syn");
        QTest::addColumn<Range>("linear");
        QTest::addColumn<Range>("synAck");
        const auto exactly = [](int value) { return Range(RetryRange{.least = value, .most = value}); };
        const QString client = QStringLiteral("/client");
        const QString server = QStringLiteral("/server");
        const auto row = [](const QString& name) -> QTestData& { return QTest::newRow(qPrintable(name)) << name; };
        row(QStringLiteral("04-synack-lost-in-middle") + server) << exactly(5) << exactly(0) << exactly(5);
        row(QStringLiteral("05-synack-dropped-on-client-host") + client) << exactly(4) << exactly(0) << exactly(2);
        row(QStringLiteral("16-syncookies-synack-lost") + server) << exactly(3) << exactly(0) << Range();
        row(QStringLiteral("26-linear-timeouts-retries2") + client)
            << exactly(2) << Range(RetryRange{.least = 4, .most = {}}) << Range();
        // These captures end before the next rung would come.
        const auto atLeast = [](int value) { return Range(RetryRange{.least = value, .most = {}}); };
        row(QStringLiteral("09-accept-queue-overflow-ack-stage") + server) << Range() << Range() << atLeast(5);
        row(QStringLiteral("40-nodeport-ipvs-hijack/ingress-any")) << atLeast(4) << exactly(0) << exactly(2);
    }
    void recordingsImplyTheSettingsOfTheirHosts()
    {
        using Range = std::optional<RetryRange>;
        QFETCH(QString, name);
        const auto capture = recording(qPrintable(name));
        const auto range = [&](WireSetting setting) {
            const auto* found = settingOf(*capture, setting);
            return found ? Range(RetryRange{.least = found->least, .most = found->most}) : Range();
        };
        QTEST(range(WireSetting::SynRetries), "syn");
        QTEST(range(WireSetting::SynLinearTimeouts), "linear");
        QTEST(range(WireSetting::SynAckRetries), "synAck");
    }

    void recordedRaceIsSeenAtEveryPoint_data()
    {
        QTest::addColumn<QString>("point");
        for (const char* point : {"client", "middle-any", "server"})
            QTest::newRow(point) << QString::fromLatin1(point);
    }
    void recordedRaceIsSeenAtEveryPoint()
    {
        // TRUTH.txt: the server's FIN crosses the client's request; the server answers with RST.
        QFETCH(QString, point);
        const auto capture = recording(qPrintable(QStringLiteral("22-keepalive-race/") + point));
        QVERIFY(onlyAttempt(*capture).closeRace == CloseRace::FinCrossedRequest);
    }

    void recordedBlackHoleLosesLargeSegments()
    {
        // TRUTH.txt: segments of more than 1400 bytes are dropped; the server sends them again.
        const ConnectionAttempt attempt = onlyAttempt(*recording("24-mtu-blackhole/server"));
        QCOMPARE_GE(attempt.lostSegmentLength, 1300U);
        QVERIFY(attempt.isLostSegmentOfServer);
    }

    void healthyRecordingHasNoRaceAndLosesNothing()
    {
        const ConnectionAttempt attempt = onlyAttempt(*recording("01-ok/client"));
        QVERIFY(attempt.closeRace == CloseRace::None);
        QCOMPARE(attempt.lostSegmentLength, 0U);
    }
};

QTEST_APPLESS_MAIN(TestRecordedHandshakes)
#include "tst_recordedhandshakes.moc"
