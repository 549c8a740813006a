// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packetreader.h"
#include "models/capture/pcapngclock.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/testtime.h"
#include "tests/support/wirebytes.h"

#include <QTest>

#include <limits>
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
    std::uint16_t interface = 0;
    std::uint16_t linkType = 0;
    PacketDirection direction = PacketDirection::Unknown;
};

/// Everything a file holds, and what its reader says about it.
struct ReadFile
{
    std::vector<Read> records;
    std::vector<CaptureInterface> interfaces;
    DiagnosticLog diagnostics;
};

ReadFile readAll(const std::string& bytes)
{
    const auto source = memorySource(bytes);
    auto reader = openPacketReader(*source);
    if (!reader)
        qFatal("not readable");
    ReadFile file;
    std::vector<PacketRecord> batch(3);
    for (auto count = (*reader)->next(batch); count.value() > 0; count = (*reader)->next(batch)) {
        for (const PacketRecord& record : std::span(batch).first(*count))
            file.records.push_back(
                {record.time, {reinterpret_cast<const char*>(record.bytes.data()), record.bytes.size()},
                    record.interface, record.linkType, record.direction});
    }
    file.interfaces = (*reader)->interfaces();
    file.diagnostics = (*reader)->diagnostics();
    return file;
}

std::string interfaceBlock(
    std::uint16_t linkType, std::uint32_t snapLength, std::string_view options = {}, bool isBigEndian = false)
{
    WireBytes body(isBigEndian);
    body.put(linkType).put<std::uint16_t>(0).put(snapLength).text(options);
    return pcapngBlock(1, body.str(), isBigEndian);
}

std::string packetBlock(std::uint32_t interface, std::uint64_t ticks, std::string_view bytes,
    std::string_view options = {}, bool isBigEndian = false)
{
    WireBytes body(isBigEndian);
    body.put(interface).put(static_cast<std::uint32_t>(ticks >> 32)).put(static_cast<std::uint32_t>(ticks));
    body.put(static_cast<std::uint32_t>(bytes.size())).put(static_cast<std::uint32_t>(bytes.size()));
    body.text(bytes).padTo(4).text(options);
    return pcapngBlock(6, body.str(), isBigEndian);
}

std::string option(std::uint16_t code, std::string_view value)
{
    WireBytes bytes(false);
    return bytes.put(code).put(static_cast<std::uint16_t>(value.size())).text(value).padTo(4).str();
}

std::string number64(std::uint64_t value)
{
    return WireBytes(false).put(value).str();
}

constexpr std::uint32_t endOfOptions = 0;

std::string ended(std::string options)
{
    return options + WireBytes(false).put(endOfOptions).str();
}

} // namespace

class TestPcapngReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBothByteOrdersAndAnyDecimalResolution()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").handshake();
        CaptureFile file = builder.file();
        for (const bool isBigEndian : {false, true}) {
            for (const std::uint8_t resolution : {std::uint8_t{6}, std::uint8_t{9}}) {
                file.isBigEndian = isBigEndian;
                const auto read = readAll(file.pcapng(resolution));
                QCOMPARE(read.records.size(), 3U);
                for (std::size_t i = 0; i < 3; ++i) {
                    QCOMPARE(read.records[i].bytes, file.records[i].bytes);
                    QCOMPARE(read.records[i].time, file.records[i].time);
                }
                QVERIFY(read.diagnostics.isEmpty());
            }
        }
    }

    void interfacesDifferInLinkTypeNameAndClock()
    {
        const std::string file = pcapngSection() + interfaceBlock(1, 96, ended(option(2, "eth0") + option(9, "\x09")))
            + interfaceBlock(276, 128, ended(option(2, std::string_view("any\0", 4))))
            + packetBlock(1, 5'000'000, "second") + packetBlock(0, 7'000'000'000, "first");
        const auto read = readAll(file);
        QCOMPARE(read.interfaces.size(), 2U);
        QCOMPARE(read.interfaces[0].name, "eth0");
        QCOMPARE(read.interfaces[1].name, "any");
        QCOMPARE(read.interfaces[1].snapLength, 128U);
        QCOMPARE(read.records.size(), 2U);
        QCOMPARE(read.records[0].linkType, std::uint16_t{276});
        QCOMPARE(read.records[0].time, EvidenceTime{5s});
        QCOMPARE(read.records[1].linkType, std::uint16_t{1});
        QCOMPARE(read.records[1].time, EvidenceTime{7s});
    }

    void newSectionHasItsOwnByteOrderAndInterfaces()
    {
        const std::string file = pcapngSection() + interfaceBlock(1, 0) + packetBlock(0, 1'000'000, "abc")
            + pcapngSection(true) + interfaceBlock(101, 0, {}, true) + packetBlock(0, 2'000'000, "def", {}, true);
        const auto read = readAll(file);
        QCOMPARE(read.records.size(), 2U);
        QCOMPARE(read.records[0].interface, std::uint16_t{0});
        QCOMPARE(read.records[1].interface, std::uint16_t{1});
        QCOMPARE(read.records[1].linkType, std::uint16_t{101});
        QCOMPARE(read.records[1].time, EvidenceTime{2s});
    }

    void offsetShiftsTheClock()
    {
        const std::string file =
            pcapngSection() + interfaceBlock(1, 0, ended(option(14, number64(3600)))) + packetBlock(0, 1'000'000, "x");
        QCOMPARE(readAll(file).records.front().time, EvidenceTime{3601s});
    }

    void simplePacketsAreCutAtTheSnapLengthAndKeepTheLastTime()
    {
        const std::string body = WireBytes(false).put<std::uint32_t>(100).text("abcdefgh").str();
        const std::string file =
            pcapngSection() + interfaceBlock(1, 6) + packetBlock(0, 4'000'000, "x") + pcapngBlock(3, body);
        const auto read = readAll(file);
        QCOMPARE(read.records.size(), 2U);
        QCOMPARE(read.records[1].bytes, "abcdef");
        QCOMPARE(read.records[1].time, EvidenceTime{4s});
    }

    void obsoletePacketBlockTellsDrops()
    {
        WireBytes body(false);
        body.put<std::uint16_t>(0).put<std::uint16_t>(5).put<std::uint32_t>(0).put<std::uint32_t>(9'000'000);
        body.put<std::uint32_t>(4).put<std::uint32_t>(4).text("abcd");
        const auto read = readAll(pcapngSection() + interfaceBlock(1, 0) + pcapngBlock(2, body.str()));
        QCOMPARE(read.records.front().bytes, "abcd");
        QCOMPARE(read.records.front().time, EvidenceTime{9s});
        QCOMPARE(read.interfaces.front().dropped, std::optional<std::uint64_t>{5});
    }

    void statisticsTellDropsAndSilenceTellsNothing()
    {
        const std::string head = pcapngSection() + interfaceBlock(1, 0);
        WireBytes body(false);
        body.put<std::uint32_t>(0).put<std::uint64_t>(0);
        body.text(ended(option(5, number64(40)) + option(7, number64(2))));
        QCOMPARE(
            readAll(head + pcapngBlock(5, body.str())).interfaces.front().dropped, std::optional<std::uint64_t>{42});
        QVERIFY(!readAll(head).interfaces.front().dropped);
    }

    void packetFlagsTellTheDirection()
    {
        const auto flags = [](std::uint32_t value) { return ended(option(2, WireBytes(false).put(value).str())); };
        const auto read = readAll(pcapngSection() + interfaceBlock(1, 0) + packetBlock(0, 1, "a", flags(1))
            + packetBlock(0, 2, "b", flags(2)) + packetBlock(0, 3, "c", flags(0)));
        QCOMPARE(read.records[0].direction, PacketDirection::Received);
        QCOMPARE(read.records[1].direction, PacketDirection::Sent);
        QCOMPARE(read.records[2].direction, PacketDirection::Unknown);
    }

    void unknownBlocksAreSteppedOver()
    {
        const std::string file = pcapngSection() + pcapngBlock(0x0bad, "abcd") + interfaceBlock(1, 0)
            + pcapngBlock(4, std::string(64, 'n')) + packetBlock(0, 1, "x") + pcapngBlock(0x4000'0bad, "wxyz");
        const auto read = readAll(file);
        QCOMPARE(read.records.size(), 1U);
        QVERIFY(read.diagnostics.isEmpty());
    }

    void packetOfAnUnknownInterfaceIsKeptAndNoted()
    {
        const auto read = readAll(pcapngSection() + packetBlock(3, 1, "x") + packetBlock(0, 2, "y"));
        QCOMPARE(read.records.size(), 2U);
        QCOMPARE(read.diagnostics.count(DiagnosticCode::CaptureDamaged), 2U);
    }

    void differingLengthsEndTheFile()
    {
        std::string damaged = packetBlock(0, 1, "x");
        damaged[damaged.size() - 4] = 40;
        const auto read =
            readAll(pcapngSection() + interfaceBlock(1, 0) + packetBlock(0, 1, "y") + damaged + packetBlock(0, 2, "z"));
        QCOMPARE(read.records.size(), 1U);
        QCOMPARE(read.diagnostics.count(DiagnosticCode::CaptureDamaged), 1U);
    }

    void hostileBlockLengthIsNotBelieved()
    {
        std::string huge = packetBlock(0, 1, "x");
        huge.replace(4, 4, std::string("\xfc\xff\xff\xff", 4));
        const auto read = readAll(pcapngSection() + interfaceBlock(1, 0) + huge);
        QCOMPARE(read.records.size(), 0U);
        QCOMPARE(read.diagnostics.count(DiagnosticCode::CaptureDamaged), 1U);
    }

    void clockCountsInPowersOfTenAndTwo()
    {
        QCOMPARE(PcapngClock().toTime(1'500'000), EvidenceTime{1500ms});
        QCOMPARE(PcapngClock(0, 0).toTime(12), EvidenceTime{12s});
        QCOMPARE(PcapngClock(9, -10).toTime(11'000'000'001), EvidenceTime{1s + 1ns});
        QCOMPARE(PcapngClock(12, 0).toTime(1'000'000'000'999), EvidenceTime{1s});
        QCOMPARE(PcapngClock(0x80 | 10, 0).toTime(1536), EvidenceTime{1500ms});
        QCOMPARE(PcapngClock(0x80 | 32, 0).toTime((std::uint64_t{5} << 32) + (1U << 31)), EvidenceTime{5500ms});
    }

    void clockStaysInsideItsRange()
    {
        const auto latest = std::numeric_limits<std::uint64_t>::max();
        // The time stamp of a well-known sample: 2^64 - 505 s in microseconds, written by a tool with signed numbers.
        QCOMPARE(PcapngClock().toTime(18'446'744'073'204'276'013U), EvidenceTime{-505'275'603us});
        const auto last = PcapngClock(0, std::numeric_limits<std::int64_t>::max()).toTime(latest / 2);
        const auto first = PcapngClock(0, std::numeric_limits<std::int64_t>::min()).toTime(latest / 2 + 1);
        QVERIFY(first < EvidenceTime{});
        QVERIFY(last - first > 200 * 365 * std::chrono::days{1});
        QCOMPARE(PcapngClock(127, 0).toTime(latest / 2), EvidenceTime{});
        QCOMPARE(PcapngClock(0xff, 0).toTime(latest / 2), EvidenceTime{});
    }
};

QTEST_APPLESS_MAIN(TestPcapngReader)
#include "tst_pcapngreader.moc"
