// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/testtime.h"
#include "tests/support/wirebytes.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

CaptureBuilder manyConnections(int count)
{
    CaptureBuilder builder;
    for (int i = 0; i < count; ++i)
        builder.connection("10.0.0.1:" + std::to_string(10'000 + i), "10.0.0.2:80").handshake().clientData("hello");
    return builder;
}

} // namespace

class TestCaptureReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void magicNumbersAreRecognised()
    {
        const CaptureFile file = manyConnections(1).file();
        for (const std::string& bytes : {file.pcap(), file.pcapNanoseconds(), file.pcapng(9)})
            QCOMPARE(int{probeCapture({bytes, bytes.size()}).confidence}, 100);
        QCOMPARE(int{probeCapture({"GET / HTTP/1.1", 14}).confidence}, 0);
        QCOMPARE(int{probeCapture({"", 0}).confidence}, 0);
        QCOMPARE(int{probeCapture({"\x0a\x0d\x0d\x0a just text", 20}).confidence}, 0);
    }

    void everyRecordIsARowAndPointsAtItsAttempt()
    {
        const auto capture = captureOf(manyConnections(3).pcap());
        QCOMPARE(capture->packets.size(), 12U);
        QCOMPARE(capture->counts.packets, 12U);
        QCOMPARE(capture->attempts.size(), 3U);
        for (std::size_t i = 0; i < 12; ++i)
            QCOMPARE(capture->packets.attempt(i), i / 4);
        QCOMPARE(capture->packets.row(0).tcpFlags, tcpflag::syn);
        QVERIFY(capture->range.start == testStart());
        QVERIFY(capture->range.contains(capture->packets.time(11)));
    }

    void containersGiveTheSameCapture()
    {
        CaptureFile file = manyConnections(5).file();
        const auto reference = captureOf(file.pcapNanoseconds());
        for (const bool isBigEndian : {false, true}) {
            file.isBigEndian = isBigEndian;
            const auto capture = captureOf(file.pcapng(9));
            QCOMPARE(capture->format, "pcapng");
            QCOMPARE(capture->attempts.size(), reference->attempts.size());
            for (std::size_t i = 0; i < capture->attempts.size(); ++i) {
                QVERIFY(capture->attempts[i].start == reference->attempts[i].start);
                QVERIFY(capture->attempts[i].outcome == reference->attempts[i].outcome);
            }
        }
    }

    void eventsOfAnAttemptLieSideBySide()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:1", "10.0.0.2:80").syn();
        builder.connection("10.0.0.1:2", "10.0.0.2:80").syn();
        builder.connection("10.0.0.1:1", "10.0.0.2:80")
            .initialNumbers(101'000, 105'000)
            .wait(1ms)
            .synAck()
            .wait(1ms)
            .ack();
        const auto capture = captureOf(builder.pcap());
        std::uint32_t next = 0;
        for (const ConnectionAttempt& attempt : capture->attempts) {
            QCOMPARE(attempt.firstEvent, next);
            next += attempt.eventCount;
        }
        QCOMPARE(capture->events.size(), next);
    }

    void cancelledJobSaysSo()
    {
        std::stop_source stop;
        stop.request_stop();
        JobContext job(stop.get_token());
        const auto capture = readCapture(memorySource(manyConnections(1).pcap()), EvidenceId{4}, job);
        QCOMPARE(capture.error().code, DiagnosticCode::Cancelled);
        QVERIFY(capture.error().where.evidence == EvidenceId{4});
    }

    void progressReachesTheEnd()
    {
        const std::string bytes = manyConnections(500).pcap();
        Progress last;
        JobContext job({}, [&](Progress progress) { last = progress; });
        QVERIFY(readCapture(memorySource(bytes), EvidenceId{0}, job).has_value());
        QCOMPARE(last.done, bytes.size());
        QCOMPARE(last.total, bytes.size());
    }

    void unknownFormatNamesTheEvidence()
    {
        JobContext job;
        const auto capture = readCapture(memorySource("not a capture"), EvidenceId{2}, job);
        QCOMPARE(capture.error().code, DiagnosticCode::UnknownFormat);
        QVERIFY(capture.error().where.evidence == EvidenceId{2});
    }

    void linkTypesNotReadAreCountedAndTold()
    {
        CaptureFile file{.records = {{testStart(), "abc"}, {testStart(), "def"}}, .linkType = 105};
        const auto capture = captureOf(file.pcap());
        QCOMPARE(capture->counts.undecodable, 2U);
        QCOMPARE(capture->diagnostics.count(DiagnosticCode::CaptureLinkTypeUnsupported), 2U);
        const Diagnostic& first = capture->diagnostics.entries().front();
        QCOMPARE(first.where.packet, 1U);
        QCOMPARE(first.arguments, std::vector<std::string>{"105"});
    }

    void headersCutByTheSnapLengthAreTold()
    {
        auto builder = manyConnections(1);
        const auto capture = captureOf(builder.snapLength(40).pcap());
        QCOMPARE(capture->counts.tcpPackets, 4U);
        QCOMPARE(capture->counts.undecodable, 4U);
        QCOMPARE(capture->attempts.size(), 0U);
        QCOMPARE(capture->diagnostics.count(DiagnosticCode::CaptureSnapLengthCutsHeaders), 4U);
    }

    void fiftyFourBytesAreEnough()
    {
        auto builder = manyConnections(1);
        builder.wait(1ms).serverAck();
        const auto capture = captureOf(builder.snapLength(54).pcap());
        QCOMPARE(toString(onlyAttempt(*capture).outcome), "completed");
        QCOMPARE(onlyAttempt(*capture).clientBytes, 5U);
    }

    void stepsBackInTimeAreTold()
    {
        CaptureFile file = manyConnections(2).file();
        file.records.back().time -= 90s;
        const auto capture = captureOf(file.pcap());
        QCOMPARE(capture->diagnostics.count(DiagnosticCode::CaptureTimeStepsBackwards), 1U);
        QCOMPARE(capture->diagnostics.entries().front().where.packet, 8U);
        QVERIFY(capture->range.start == file.records.back().time);
    }

    void emptyCaptureIsOne()
    {
        const auto capture = captureOf(CaptureFile{}.pcap());
        QCOMPARE(capture->counts.packets, 0U);
        QVERIFY(capture->range.isEmpty());
        QVERIFY(capture->attempts.empty());
    }

    void connectionsBeyondTheFirstTableAreFoundAgain()
    {
        CaptureBuilder builder;
        constexpr int count = 20'000;
        for (int i = 0; i < count; ++i)
            builder.connection("10.0." + std::to_string(i % 200) + ".1:" + std::to_string(1024 + i), "10.0.0.2:80")
                .syn();
        for (int i = 0; i < count; ++i)
            builder.connection("10.0." + std::to_string(i % 200) + ".1:" + std::to_string(1024 + i), "10.0.0.2:80")
                .initialNumbers(1000 + 100'000 * static_cast<std::uint32_t>(i + 1), 1)
                .synAck();
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(capture->attempts.size(), std::size_t{count});
        QVERIFY(std::ranges::all_of(
            capture->attempts, [](const ConnectionAttempt& attempt) { return attempt.packetCount == 2; }));
    }
};

QTEST_APPLESS_MAIN(TestCaptureReader)
#include "tst_capturereader.moc"
