// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/followedstream.h"
#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

CaptureBuilder opened()
{
    CaptureBuilder builder;
    builder.connection("10.0.0.1:40000", "10.0.0.2:80").initialNumbers(1000, 5000).handshake().wait(1ms);
    return builder;
}

/// "> " before what the client said, "< " before what the server said, "(n)" for what is missing.
std::string textOf(const FollowedStream& stream)
{
    std::string text;
    for (const auto& part : stream.parts) {
        if (part.missingBefore > 0)
            text += "(" + std::to_string(part.missingBefore) + ")";
        text += (part.isFromClient ? "> " : "< ") + part.bytes + "\n";
    }
    return text;
}

FollowedStream followed(const CaptureBuilder& builder, std::size_t mostBytes = 1000)
{
    return followStream(*captureOf(builder.pcap()), 0, mostBytes).value();
}

constexpr std::uint8_t pushed = tcpflag::psh | tcpflag::ack;

} // namespace

class TestFollowedStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sidesSpeakInTurn()
    {
        const auto stream =
            followed(opened().clientData("GET / ").clientData("HTTP/1.1").serverData("200").clientData("GET /2"));
        QCOMPARE(textOf(stream), "> GET / HTTP/1.1\n< 200\n> GET /2\n");
        QCOMPARE(stream.parts[0].packet, 4U);
        QCOMPARE(stream.parts[1].packet, 6U);
        QVERIFY(!stream.isCut);
    }

    void repeatedAndReorderedSegmentsAreWrittenOnce()
    {
        CaptureBuilder builder = opened();
        builder.segment(
            {.isFromClient = true, .flags = pushed, .sequence = 1004, .acknowledgment = 5001, .payload = "def"});
        builder.segment(
            {.isFromClient = true, .flags = pushed, .sequence = 1001, .acknowledgment = 5001, .payload = "abc"});
        builder.segment(
            {.isFromClient = true, .flags = pushed, .sequence = 1001, .acknowledgment = 5001, .payload = "abcdefgh"});
        QCOMPARE(textOf(followed(builder)), "> abcdefgh\n");
    }

    void whatWasNotCapturedIsCounted()
    {
        CaptureBuilder builder = opened();
        builder.segment(
            {.isFromClient = true, .flags = pushed, .sequence = 1001, .acknowledgment = 5001, .payload = "abc"});
        builder.segment(
            {.isFromClient = true, .flags = pushed, .sequence = 1009, .acknowledgment = 5001, .payload = "xyz"});
        builder.segment({.isFromClient = false, .flags = tcpflag::ack, .sequence = 5001, .acknowledgment = 1012});
        QCOMPARE(textOf(followed(builder)), "> abc\n(5)> xyz\n");
    }

    void copiesAreLeftOut()
    {
        CaptureBuilder builder(CaptureBuilder::Link::LinuxSll2);
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").points({0, 3}, {0, 2}).handshake().wait(1ms);
        builder.clientData("once").seenAgain(5us, 1, {{4, 2}});
        QCOMPARE(textOf(followed(builder)), "> once\n");
    }

    void limitCutsTheStream()
    {
        const auto stream = followed(opened().clientData("0123456789").serverData("abc"), 5);
        QCOMPARE(textOf(stream), "> 01234\n");
        QVERIFY(stream.isCut);
    }

    void unknownConnectionIsAnError() { QVERIFY(!followStream(*captureOf(opened().pcap()), 1)); }
};

QTEST_APPLESS_MAIN(TestFollowedStream)
#include "tst_followedstream.moc"
