// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

CaptureBuilder connection()
{
    CaptureBuilder builder;
    builder.connection("10.0.0.1:40000", "10.0.0.2:80").hopLimits(64, 63);
    return builder;
}

/// Outcome, with a question mark where the capture ended too early.
std::string outcomeOf(const ConnectionAttempt& attempt)
{
    return std::string(toString(attempt.outcome)) + (attempt.isEndCutOff ? "?" : "");
}

std::string outcomeOf(const CaptureBuilder& builder)
{
    return outcomeOf(onlyAttempt(*captureOf(builder.pcap())));
}

constexpr std::uint8_t ackFlag = 0x10;
constexpr std::uint8_t synFlag = 0x02;

} // namespace

/// What was captured in part (tcp-handshakes 1.5).
class TestPartialHandshakes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void halfSeenWhereTheSynIsMissing()
    {
        auto builder = connection();
        builder.synAck().wait(1ms).ack().wait(1ms).clientData("x").wait(1ms).serverAck();
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QCOMPARE(outcomeOf(attempt), "half_seen");
        QCOMPARE(toString(attempt.client), "10.0.0.1:40000");
    }

    void halfSeenWhereTheSynAckIsMissing()
    {
        auto builder = connection();
        builder.syn().wait(1ms).ack().wait(1ms).clientData("x").wait(1ms).serverAck();
        QCOMPARE(outcomeOf(builder), "half_seen");
    }

    void strayWhereNobodyAskedForTheSynAck()
    {
        auto builder = connection();
        builder.at(5s).synAck().wait(20us).clientReset().repeatSynAck({1s}).wait(20us).clientReset();
        auto late = connection();
        late.frame(std::string(60, '\0'));
        late.at(5s).synAck().wait(20us).clientReset();
        QCOMPARE(outcomeOf(builder), "stray_syn_ack");
        QCOMPARE(outcomeOf(late), "stray_syn_ack");
    }

    void midstreamWhereTheCaptureBeganLate()
    {
        auto builder = connection();
        builder.clientData("x").wait(1ms).serverData("y");
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QCOMPARE(outcomeOf(attempt), "midstream");
        QCOMPARE(toString(attempt.client), "10.0.0.1:40000");
    }

    void requestTellsWhoIsTheClientOfAMidstreamConnection()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:1234", "10.0.0.2:8080");
        builder.clientData("GET / HTTP/1.1\r\n\r\n").wait(1ms).serverData("HTTP/1.1 200 OK\r\n\r\n");
        QCOMPARE(toString(onlyAttempt(*captureOf(builder.pcap())).client), "10.0.0.1:1234");
    }

    void otherAttemptsTellWhoIsTheServerOfAMidstreamConnection()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:1234", "10.0.0.2:8080").clientData("x").wait(1ms).serverAck();
        builder.connection("10.0.0.1:40000", "10.0.0.2:8080").handshake();
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(toString(capture->attempts.front().client), "10.0.0.1:1234");
    }

    void oneWayWhereOneDirectionIsMissing()
    {
        auto builder = connection();
        builder.syn().wait(1ms).ack().wait(1ms).clientData("x").wait(1ms).clientData("y");
        QCOMPARE(outcomeOf(builder), "one_way");
    }

    void orphanSynAckWhereTwoServersAnswer()
    {
        auto builder = connection();
        builder.initialNumbers(100, 500).handshake().clientData("x").wait(1ms).serverAck().wait(10ms);
        builder.segment({.isFromClient = false, .flags = synFlag | ackFlag, .sequence = 900, .acknowledgment = 101});
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QCOMPARE(outcomeOf(attempt), "orphan_syn_ack");
        QVERIFY(!isFailure(attempt));
    }
};

QTEST_APPLESS_MAIN(TestPartialHandshakes)
#include "tst_partialhandshakes.moc"
