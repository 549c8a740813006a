// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

constexpr CaptureBuilder::Point podSide{.packetType = 0, .interfaceIndex = 4};
constexpr CaptureBuilder::Point wireSide{.packetType = 4, .interfaceIndex = 2};

CaptureBuilder onAnyInterface()
{
    CaptureBuilder builder(CaptureBuilder::Link::LinuxSll2);
    builder.connection("10.0.0.1:40000", "10.0.0.2:80").points(podSide, {.packetType = 0, .interfaceIndex = 2});
    return builder;
}

} // namespace

class TestDuplicates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packetSeenAtEveryInterfaceOfANodeIsOne()
    {
        auto builder = onAnyInterface();
        builder.syn().seenAgain(8us, 1, wireSide).wait(200us).synAck().seenAgain(5us, 1, {{4, 4}});
        builder.wait(100us).ack().seenAgain(3us, 1, wireSide);
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(capture->counts.packets, 6U);
        QCOMPARE(capture->counts.duplicatePackets, 3U);
        QCOMPARE(capture->counts.syn, 2U);
        QCOMPARE(capture->counts.synRetransmissions, 0U);
        QCOMPARE(capture->counts.synAckRetransmissions, 0U);
        QCOMPARE(onlyAttempt(*capture).packetCount, 3U);
        QVERIFY(!capture->packets.row(0).isDuplicate);
        QVERIFY(capture->packets.row(1).isDuplicate);
        QCOMPARE(capture->packets.row(1).attempt, 0U);
    }

    void copyBehindAQueueIsStillACopy()
    {
        auto builder = onAnyInterface();
        builder.syn().seenAgain(60ms, 1, wireSide);
        QCOMPARE(captureOf(builder.pcap())->counts.synRetransmissions, 0U);
    }

    void copyMayComeBeforeItsOriginal()
    {
        auto builder = onAnyInterface();
        builder.syn().seenAgain(-5ms, 1, wireSide);
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(capture->counts.duplicatePackets, 1U);
        QCOMPARE(capture->counts.synRetransmissions, 0U);
    }

    void twoSynAcksAtOnceOnEveryInterfaceAreTwo()
    {
        // The timer and a repeated SYN each send one, 0.1 ms apart, with the same time stamp and no identification.
        auto builder = onAnyInterface();
        builder.syn().seenAgain(8us, 1, wireSide).wait(100us);
        builder.synAck().seenAgain(10us, 1, {{4, 4}});
        builder.at(1s).synAck().wait(120us).synAck();
        auto copies = builder;
        copies.seenAgain(10us, 1, {{4, 4}}).seenAgain(-110us, 1, {{4, 4}});
        for (const auto* variant : {&builder, &copies}) {
            const auto capture = captureOf(variant->pcap());
            QCOMPARE(capture->counts.synAckRetransmissions, 2U);
        }
    }

    void mirrorPortThatDoublesEverythingDoublesSynAcksToo()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").withoutTimestamps();
        builder.syn().seenAgain(2us).wait(1ms).synAck().seenAgain(2us).wait(1ms).ack().seenAgain(2us);
        builder.wait(1ms).clientData("GET / HTTP/1.1\r\n\r\n").seenAgain(2us);
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(capture->counts.duplicatePackets, 4U);
        QCOMPARE(capture->counts.synAckRetransmissions, 0U);
        QCOMPARE(onlyAttempt(*capture).dataRetransmissions, 0U);
    }

    void wherePacketsAreNotDoubledASecondSynAckIsReal()
    {
        CaptureBuilder builder;
        for (int i = 0; i < 30; ++i)
            builder.connection("10.0.0.1:" + std::to_string(40'000 + i), "10.0.0.2:80").handshake().clientData("x");
        builder.connection("10.0.0.1:50000", "10.0.0.2:80").withoutTimestamps();
        builder.syn().wait(1ms).synAck().wait(20ms).synAck();
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(capture->counts.duplicatePackets, 0U);
        QCOMPARE(capture->counts.synAckRetransmissions, 1U);
    }

    void packetMirroredOnTwoHopsIsOne()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").withoutTimestamps();
        builder.syn().wait(1ms).synAck().seenAgain(40us, 1).wait(1ms).ack();
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(capture->counts.duplicatePackets, 1U);
        QCOMPARE(capture->counts.synAckRetransmissions, 0U);
    }

    void laterTimeStampMakesItReal()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").syn().wait(100us).synAck().wait(2ms).synAck();
        QCOMPARE(captureOf(builder.pcap())->counts.synAckRetransmissions, 1U);
    }

    void wrappedAndUnwrappedSightingsAreOneConnection()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80");
        builder.syn().seenAgainInVxlan(10us, 42, 1).wait(200us);
        builder.vxlan(42).synAck().vxlan({}).seenAgain(10us, 1).wait(100us).ack().seenAgainInVxlan(10us, 42, 1);
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(toString(onlyAttempt(*capture).outcome), "completed");
        QCOMPARE(capture->counts.duplicatePackets, 3U);
    }

    void sameAddressesInTwoNetworksAreTwoConnections()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").initialNumbers(1, 2).vxlan(1).syn();
        builder.seenAgainInVxlan(3us, 2).wait(100us).synAck().seenAgainInVxlan(3us, 2);
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(capture->attempts.size(), 2U);
        QCOMPARE(capture->counts.duplicatePackets, 0U);
        QCOMPARE(capture->counts.synRetransmissions, 0U);
    }

    void directionsInTwoVlansAreOneConnection()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80");
        builder.vlans({10}).syn().wait(100us).vlans({20}).synAck().wait(100us).vlans({10}).ack();
        QCOMPARE(toString(onlyAttempt(*captureOf(builder.pcap())).outcome), "completed");
    }

    void translatedPacketsAreTwoLegsOfOneConnection()
    {
        CaptureBuilder builder(CaptureBuilder::Link::LinuxSll2);
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").points(podSide, {.packetType = 0, .interfaceIndex = 2});
        const char* outside = "192.0.2.1:61000";
        builder.syn().seenAgainFrom(20us, outside, "10.0.0.2:80").wait(200us);
        builder.synAck().seenAgainFrom(20us, outside, "10.0.0.2:80");
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(capture->attempts.size(), 2U);
        QCOMPARE(capture->attempts[0].otherLeg, 1U);
        QCOMPARE(capture->attempts[1].otherLeg, 0U);
        QCOMPARE(toString(capture->attempts[0].vantage), "middle");
    }

    void icmpErrorSeenTwiceIsOneEvent()
    {
        CaptureBuilder builder(CaptureBuilder::Link::LinuxSll2);
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").points(wireSide, {.packetType = 0, .interfaceIndex = 2});
        CaptureFile file = builder.syn().wait(1ms).icmpError(3, 1, "10.0.0.254").file();
        CaptureFile::Record copy = file.records.back();
        constexpr std::size_t interfaceIndexAt = 7;
        copy.bytes[interfaceIndexAt] = 3;
        copy.time += 5us;
        file.records.push_back(copy);
        const auto capture = captureOf(file.pcap());
        QCOMPARE(capture->counts.icmpErrors, 2U);
        QCOMPARE(capture->counts.duplicatePackets, 0U); // counts TCP only
        QCOMPARE(std::ranges::count(stepsOf(*capture, onlyAttempt(*capture)), HandshakeStep::IcmpError), 1);
    }
};

QTEST_APPLESS_MAIN(TestDuplicates)
#include "tst_duplicates.moc"
