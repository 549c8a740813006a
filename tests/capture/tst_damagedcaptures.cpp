// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packetdetails.h"
#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"

#include <QTest>

#include <random>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t cutEverywhereUpTo = 4096;

/// One capture of each kind that matters to the readers and decoders.
std::vector<std::pair<std::string, std::string>> samples()
{
    CaptureBuilder ethernet;
    ethernet.connection("10.0.0.1:40000", "10.0.0.2:80")
        .handshake()
        .clientData("GET / HTTP/1.1\r\nX-Request-ID: 1\r\n\r\n");
    ethernet.wait(1ms).serverData("HTTP/1.1 200 OK\r\n\r\n").serverFin().clientFin();
    ethernet.connection("10.0.0.1:40001", "10.0.0.2:80").syn().repeatSyn({1s, 3s}).icmpError(3, 1, "10.0.0.9");
    CaptureBuilder cooked(CaptureBuilder::Link::LinuxSll2);
    cooked.connection("[2001:db8::1]:40000", "[2001:db8::2]:80").points({0, 3}, {0, 2});
    cooked.syn().seenAgain(5us, 1, {{4, 2}}).wait(1ms).synAck().repeatSynAck({1s, 3s}).clientReset();
    CaptureBuilder tunnelled;
    tunnelled.connection("10.0.0.1:40000", "10.0.0.2:80").vlans({1, 2}).vxlan(7).handshake().clientData("data");
    CaptureFile bigEndian = ethernet.file();
    bigEndian.isBigEndian = true;
    return {{"pcap", ethernet.pcap()}, {"big endian", bigEndian.pcap()},
        {"nanoseconds", cooked.file().pcapNanoseconds()}, {"pcapng", ethernet.file().pcapng(6)},
        {"big endian pcapng", bigEndian.pcapng(9)}, {"tunnels", tunnelled.pcap()},
        {"pcapng of tunnels", tunnelled.file().pcapng(9)}};
}

enum class Look : std::uint8_t { AtCapture, AtEveryPacket };

/// Whether reading ends in a capture or an error, and every packet of the capture can be looked at.
bool endsInAResult(const std::string& bytes, Look look = Look::AtEveryPacket)
{
    JobContext job;
    const auto capture = readCapture(memorySource(bytes), EvidenceId{0}, job);
    if (!capture)
        return true;
    for (std::uint64_t number = 1; look == Look::AtEveryPacket && number <= (*capture)->packets.size(); ++number) {
        if (!packetDetails(**capture, number))
            return false;
    }
    return (*capture)->counts.packets == (*capture)->packets.size();
}

} // namespace

class TestDamagedCaptures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPrefixEndsInAResultOrADiagnostic()
    {
        for (const auto& [name, bytes] : samples()) {
            for (std::size_t length = 0; length < std::min(bytes.size(), cutEverywhereUpTo); ++length) {
                const Look look = length % 16 == 0 ? Look::AtEveryPacket : Look::AtCapture;
                QVERIFY2(endsInAResult(bytes.substr(0, length), look), qPrintable(QString::number(length)));
            }
        }
    }

    void prefixGivesThePacketsBeforeTheCut()
    {
        for (const auto& [name, bytes] : samples()) {
            const auto whole = captureOf(bytes);
            const std::size_t end = static_cast<std::size_t>(whole->packets.row(2).location.offset);
            const auto cut = captureOf(bytes.substr(0, end + 3));
            QCOMPARE(cut->packets.size(), 2U);
            QCOMPARE(cut->diagnostics.count(DiagnosticCode::CaptureTruncated), 1U);
            QVERIFY(cut->diagnostics.entries().front().where.byteOffset > 0);
        }
    }

    void flippedBitsEndInAResultOrADiagnostic()
    {
        std::mt19937 random(20'261'123);
        for (const auto& [name, bytes] : samples()) {
            for (int round = 0; round < 150; ++round) {
                std::string damaged = bytes;
                for (unsigned flips = 1 + random() % 8; flips > 0; --flips)
                    damaged[random() % damaged.size()] ^= static_cast<char>(1 << random() % 8);
                QVERIFY2(endsInAResult(damaged), name.c_str());
            }
        }
    }

    void packetsOfRandomBytesAreDecodedAsFarAsTheyGo()
    {
        std::mt19937 random(4711);
        for (const std::uint16_t linkType : {0, 1, 101, 108, 113, 228, 239, 276}) {
            CaptureFile file;
            file.linkType = linkType;
            for (int i = 0; i < 500; ++i) {
                std::string packet(random() % 160, '\0');
                std::ranges::generate(packet, [&] { return static_cast<char>(random()); });
                if (packet.size() > 40 && linkType == 1)
                    packet.replace(12, 3, std::string("\x08\x00\x45", 3));
                file.records.push_back({EvidenceTime{std::chrono::seconds{random()}}, packet});
            }
            QVERIFY(endsInAResult(file.pcap()));
        }
    }

    void manyAttemptsOnOnePairOfPortsStayFast()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80");
        for (std::uint32_t i = 0; i < 20'000; ++i)
            builder.initialNumbers(i * 3, i).vlans({static_cast<std::uint16_t>(i % 100)}).syn();
        QVERIFY(endsInAResult(builder.pcap()));
    }
};

QTEST_APPLESS_MAIN(TestDamagedCaptures)
#include "tst_damagedcaptures.moc"
