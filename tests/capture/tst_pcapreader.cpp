// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packetreader.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/testtime.h"
#include "tests/support/wirebytes.h"

#include <QTest>

#include <string>
#include <vector>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

struct Read
{
    EvidenceTime time;
    std::string bytes;
    std::uint64_t offset = 0;
    std::uint32_t originalLength = 0;
};

std::vector<Read> allOf(PacketReader& reader, std::size_t batchSize = 7)
{
    std::vector<Read> records;
    std::vector<PacketRecord> batch(batchSize);
    for (auto count = reader.next(batch); count.value() > 0; count = reader.next(batch)) {
        for (const PacketRecord& record : std::span(batch).first(*count))
            records.push_back({record.time, {reinterpret_cast<const char*>(record.bytes.data()), record.bytes.size()},
                record.offset, record.originalLength});
    }
    return records;
}

CaptureBuilder threePackets()
{
    CaptureBuilder builder;
    builder.connection("10.0.0.1:40000", "10.0.0.2:80").handshake();
    return builder;
}

std::string kuznetzov()
{
    WireBytes file(false);
    file.put<std::uint32_t>(0xa1b2cd34).put<std::uint16_t>(2).put<std::uint16_t>(4).put<std::uint64_t>(0);
    file.put<std::uint32_t>(65535).put<std::uint32_t>(1);
    for (int i = 0; i < 2; ++i) {
        file.put<std::uint32_t>(1000).put<std::uint32_t>(250).put<std::uint32_t>(4).put<std::uint32_t>(60);
        file.put<std::uint32_t>(3).put<std::uint16_t>(8).put<std::uint16_t>(0).text("abcd");
    }
    return file.str();
}

} // namespace

class TestPcapReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBothByteOrders()
    {
        CaptureFile file = threePackets().file();
        const auto little = memorySource(file.pcap());
        file.isBigEndian = true;
        const auto big = memorySource(file.pcap());
        const auto fromLittle = allOf(**openPacketReader(*little));
        const auto fromBig = allOf(**openPacketReader(*big));
        QCOMPARE(fromLittle.size(), 3U);
        QCOMPARE(fromBig.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(fromLittle[i].bytes, file.records[i].bytes);
            QCOMPARE(fromBig[i].bytes, file.records[i].bytes);
            QCOMPARE(fromLittle[i].time, file.records[i].time);
            QCOMPARE(fromBig[i].time, file.records[i].time);
        }
    }

    void keepsNanosecondsWhereTheFileHasThem()
    {
        const CaptureFile file{.records = {{testStart() + 123'456'789ns, "x"}}};
        const auto nanoseconds = memorySource(file.pcapNanoseconds());
        const auto microseconds = memorySource(file.pcap());
        QCOMPARE(allOf(**openPacketReader(*nanoseconds)).front().time, testStart() + 123'456'789ns);
        QCOMPARE(allOf(**openPacketReader(*microseconds)).front().time, testStart() + 123'456us);
        QCOMPARE((*openPacketReader(*nanoseconds))->format(), "pcap (nanoseconds)");
        QCOMPARE((*openPacketReader(*microseconds))->format(), "pcap");
    }

    void readsKuznetzovsLongerRecordHeader()
    {
        const auto source = memorySource(kuznetzov());
        const auto records = allOf(**openPacketReader(*source));
        QCOMPARE(records.size(), 2U);
        QCOMPARE(records[1].bytes, "abcd");
        QCOMPARE(records[1].originalLength, 60U);
        QCOMPARE(records[1].time, EvidenceTime{1000s + 250us});
    }

    void offsetsPointAtThePacketsBytes()
    {
        const std::string bytes = threePackets().pcap();
        const auto source = memorySource(bytes);
        for (const Read& record : allOf(**openPacketReader(*source)))
            QCOMPARE(bytes.substr(record.offset, record.bytes.size()), record.bytes);
    }

    void batchSizeChangesNothing()
    {
        CaptureBuilder builder;
        for (int i = 0; i < 40; ++i)
            builder.connection("10.0.0.1:40000", "10.0.0.2:80").handshake().clientData(std::string(60'000, 'x'));
        const auto source = memorySource(builder.pcap());
        const auto single = allOf(**openPacketReader(*source), 1);
        const auto many = allOf(**openPacketReader(*source), 1000);
        QCOMPARE(single.size(), 160U);
        QCOMPARE(many.size(), single.size());
        for (std::size_t i = 0; i < many.size(); ++i) {
            QCOMPARE(many[i].offset, single[i].offset);
            QCOMPARE(many[i].bytes, single[i].bytes);
        }
    }

    void acceptsPacketsLongerThanTheSnapLengthSays()
    {
        CaptureFile file = threePackets().file();
        std::string bytes = file.pcap();
        bytes[16] = 20; // snap length 20
        bytes[17] = bytes[18] = bytes[19] = 0;
        const auto source = memorySource(bytes);
        QCOMPARE(allOf(**openPacketReader(*source)).size(), 3U);
    }

    void truncatedTailKeepsWhatCameBeforeAndSaysWhere()
    {
        const std::string bytes = threePackets().pcap();
        const auto source = memorySource(bytes.substr(0, bytes.size() - 5));
        auto reader = openPacketReader(*source);
        const auto records = allOf(**reader);
        QCOMPARE(records.size(), 2U);
        const auto& entry = (*reader)->diagnostics().entries().front();
        QCOMPARE(entry.code, DiagnosticCode::CaptureTruncated);
        QCOMPARE(entry.where.byteOffset, records[1].offset + records[1].bytes.size());
        QCOMPARE(entry.arguments, std::vector<std::string>{"5"});
    }

    void impossibleLengthEndsTheFileWithoutBeingBelieved()
    {
        std::string bytes = threePackets().pcap();
        bytes.replace(24 + 8, 4, "\xff\xff\xff\x7f");
        const auto source = memorySource(bytes);
        auto reader = openPacketReader(*source);
        QCOMPARE(allOf(**reader).size(), 0U);
        QCOMPARE((*reader)->diagnostics().count(DiagnosticCode::CaptureDamaged), 1U);
    }

    void fileHeaderAloneIsAnEmptyCapture()
    {
        const auto source = memorySource(threePackets().pcap().substr(0, 24));
        auto reader = openPacketReader(*source);
        QCOMPARE(allOf(**reader).size(), 0U);
        QVERIFY((*reader)->diagnostics().isEmpty());
    }

    void cutFileHeaderIsAnError()
    {
        const auto source = memorySource(threePackets().pcap().substr(0, 20));
        QCOMPARE(openPacketReader(*source).error().code, DiagnosticCode::CaptureTruncated);
        const auto text = memorySource("GET / HTTP/1.1\r\n");
        QCOMPARE(openPacketReader(*text).error().code, DiagnosticCode::UnknownFormat);
    }
};

QTEST_APPLESS_MAIN(TestPcapReader)
#include "tst_pcapreader.moc"
