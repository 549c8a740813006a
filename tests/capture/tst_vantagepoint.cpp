// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

using Point = CaptureBuilder::Point;

constexpr Point toUs{.packetType = 0, .interfaceIndex = 2};
constexpr Point byUs{.packetType = 4, .interfaceIndex = 2};

CaptureBuilder connection(std::uint8_t clientTtl, std::uint8_t serverTtl)
{
    CaptureBuilder builder;
    builder.connection("10.0.0.1:40000", "10.0.0.2:80").hopLimits(clientTtl, serverTtl);
    return builder;
}

std::string vantageOf(const CaptureBuilder& builder)
{
    return std::string(toString(captureOf(builder.pcap())->vantage));
}

} // namespace

class TestVantagePoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hopLimitsTellTheSide()
    {
        QCOMPARE(vantageOf(connection(64, 63).handshake()), "client");
        QCOMPARE(vantageOf(connection(128, 55).handshake()), "client");
        QCOMPARE(vantageOf(connection(61, 64).handshake()), "server");
        QCOMPARE(vantageOf(connection(62, 57).handshake()), "middle");
    }

    void refusalTellsTheServersHopLimit()
    {
        QCOMPARE(vantageOf(connection(63, 64).syn().wait(10us).refuse()), "server");
    }

    void packetTypeOutweighsHopLimits()
    {
        CaptureBuilder builder(CaptureBuilder::Link::LinuxSll);
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").hopLimits(64, 64).points(toUs, byUs).handshake();
        QCOMPARE(vantageOf(builder), "server");
        builder = CaptureBuilder(CaptureBuilder::Link::LinuxSll);
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").hopLimits(61, 61).points(byUs, toUs).handshake();
        QCOMPARE(vantageOf(builder), "client");
    }

    void forwardingHostIsInTheMiddle()
    {
        CaptureBuilder builder(CaptureBuilder::Link::LinuxSll2);
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").points(toUs, {.packetType = 0, .interfaceIndex = 3});
        builder.syn().seenAgain(10us, 1, {{4, 3}}).wait(1ms).synAck().seenAgain(10us, 1, {{4, 2}});
        QCOMPARE(vantageOf(builder), "middle");
    }

    void receivedSynThatGoesNowhereIsNotTheClients()
    {
        CaptureBuilder builder(CaptureBuilder::Link::LinuxSll2);
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").points(toUs, byUs).syn().repeatSyn({1s, 3s});
        const auto attempt = onlyAttempt(*captureOf(builder.at(20s).frame(std::string(60, '\0')).pcap()));
        QCOMPARE(toString(attempt.vantage), "unknown");
        QCOMPARE(toString(attempt.lost), "beyond capture point");
    }

    void serverKnownFromOtherConnectionsHoldsTheLostSyn()
    {
        CaptureBuilder builder(CaptureBuilder::Link::LinuxSll2);
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").points(toUs, byUs).handshake();
        builder.connection("10.0.0.1:40001", "10.0.0.2:80").at(5s).syn().repeatSyn({1s, 3s});
        const auto capture = captureOf(builder.at(20s).frame(std::string(60, '\0')).pcap());
        QCOMPARE(toString(capture->attempts[1].vantage), "server");
        QCOMPARE(toString(capture->attempts[1].lost), "inside server host");
    }

    void synHeldByAForwardingHostIsLostBeforeTheServer()
    {
        CaptureBuilder builder(CaptureBuilder::Link::LinuxSll2);
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").points(toUs, {.packetType = 0, .interfaceIndex = 3});
        builder.syn().seenAgain(10us, 1, {{4, 3}}).wait(1ms).synAck().seenAgain(10us, 1, {{4, 2}});
        builder.connection("10.0.0.1:40001", "10.0.0.2:81").at(5s).syn().repeatSyn({1s, 3s});
        const auto capture = captureOf(builder.at(20s).frame(std::string(60, '\0')).pcap());
        QCOMPARE(toString(capture->attempts[1].vantage), "middle");
        QCOMPARE(toString(capture->attempts[1].lost), "before server");
    }

    void addressCommonToAllConnectionsIsTheCapturingHost()
    {
        CaptureBuilder builder;
        for (const char* client : {"10.0.0.1:40000", "10.0.0.3:40000", "10.0.0.4:40000"})
            builder.connection(client, "10.0.0.2:80").handshake();
        QCOMPARE(vantageOf(builder), "server");
    }

    void delaySplitTellsTheSideWhereNothingElseDoes()
    {
        auto atClient = connection(64, 64);
        atClient.syn().wait(20ms).synAck().wait(30us).ack();
        QCOMPARE(vantageOf(atClient), "client");
        auto atServer = connection(64, 64);
        atServer.syn().wait(30us).synAck().wait(20ms).ack();
        QCOMPARE(vantageOf(atServer), "server");
        auto between = connection(64, 64);
        between.syn().wait(20ms).synAck().wait(20ms).ack();
        QCOMPARE(vantageOf(between), "middle");
        QCOMPARE(vantageOf(connection(64, 64).handshake()), "unknown");
    }

    void proxyIsAClientThoughItServesMore()
    {
        CaptureBuilder builder;
        builder.connection("192.0.2.1:40000", "10.0.0.2:80").hopLimits(60, 64);
        for (int i = 0; i < 4; ++i)
            builder.connection("192.0.2.1:" + std::to_string(41'000 + i), "10.0.0.2:80").handshake();
        builder.connection("10.0.0.2:50000", "10.0.0.9:8080").hopLimits(64, 63).handshake();
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(toString(capture->vantage), "client");
        QCOMPARE(toString(capture->attempts.front().vantage), "server");
        QCOMPARE(toString(capture->attempts.back().vantage), "client");
        QCOMPARE(capture->vantageSignals.size(), 2U);
        QCOMPARE(capture->vantageSignals.front(), "client's packets with TTL 60, server's with TTL 64: 4 attempts");
    }

    void noConnectionsTellNothing()
    {
        CaptureBuilder builder;
        builder.frame(std::string(60, '\0'));
        QCOMPARE(vantageOf(builder), "unknown");
    }
};

QTEST_APPLESS_MAIN(TestVantagePoint)
#include "tst_vantagepoint.moc"
