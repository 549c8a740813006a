// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/captureinterface.h"
#include "models/capture/packetdecoder.h"
#include "models/capture/packettable.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/wirebytes.h"

#include <QTest>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

constexpr IpAddress v4(std::uint8_t last)
{
    return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, last}};
}

/// A TCP segment 10.0.0.1:40000 -> 10.0.0.2:80 with the given flags, without options.
std::string tcp(std::uint8_t flags, std::string_view payload = {})
{
    WireBytes bytes;
    bytes.put<std::uint16_t>(40'000).put<std::uint16_t>(80).put<std::uint32_t>(111).put<std::uint32_t>(222);
    bytes.put<std::uint8_t>(0x50).put(flags).put<std::uint16_t>(512).put<std::uint32_t>(0).text(payload);
    return bytes.str();
}

std::string ipTcp(std::string_view payload = {})
{
    return inIp(
        {.source = v4(1), .destination = v4(2), .hopLimit = 61, .identification = 7}, tcp(tcpflag::syn, payload));
}

/// A decoded packet with everything that decoding gives.
struct Decoded
{
    PacketView view;
    EncapsulationTable encapsulations;
    DecodeTrouble trouble = DecodeTrouble::None;
    LayerTrace trace;
};

Decoded decode(std::string_view bytes, LinkType linkType, std::size_t onWire = 0)
{
    Decoded decoded;
    const PacketRecord record{.time = {},
        .bytes = std::as_bytes(std::span(bytes)),
        .offset = 0,
        .originalLength = static_cast<std::uint32_t>(std::max(onWire, bytes.size())),
        .linkType = std::to_underlying(linkType)};
    decoded.trouble = decodePacket(record, decoded.encapsulations, decoded.view, &decoded.trace);
    return decoded;
}

bool isTheSyn(const PacketView& view)
{
    return view.kind == PacketKind::Tcp && view.source == v4(1) && view.destination == v4(2)
        && view.tcp.sourcePort == 40'000 && view.tcp.destinationPort == 80 && view.tcp.flags == tcpflag::syn
        && view.tcp.sequence == 111 && view.tcp.window == 512 && view.hopLimit == 61;
}

std::vector<std::uint64_t> levelsOf(const Decoded& decoded)
{
    const auto levels = decoded.encapsulations[decoded.view.encapsulation].levels();
    return {levels.begin(), levels.end()};
}

std::uint64_t level(EncapsulationKind kind, std::uint32_t id)
{
    return std::uint64_t{std::to_underlying(kind)} << 32 | id;
}

std::string gre(std::uint16_t flags, std::uint16_t protocol, std::string_view options, std::string_view payload)
{
    return inIp({.source = v4(8), .destination = v4(9), .protocol = 47},
        WireBytes().put(flags).put(protocol).text(options).text(payload).str());
}

} // namespace

class TestPacketDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLinkLayerLeadsToTheSegment_data()
    {
        using Link = CaptureBuilder::Link;
        QTest::addColumn<int>("link");
        QTest::addColumn<bool>("isV6");
        for (const auto& [name, link] : {std::pair{"Ethernet", Link::Ethernet}, {"SLL", Link::LinuxSll},
                 {"SLL2", Link::LinuxSll2}, {"raw", Link::Raw}, {"NULL", Link::Null}, {"LOOP", Link::Loop}}) {
            QTest::addRow("%s IPv4", name) << int(link) << false;
            QTest::addRow("%s IPv6", name) << int(link) << true;
        }
    }
    void everyLinkLayerLeadsToTheSegment()
    {
        QFETCH(int, link);
        QFETCH(bool, isV6);
        CaptureBuilder builder(CaptureBuilder::Link{static_cast<std::uint8_t>(link)});
        builder.connection(isV6 ? "[2001:db8::1]:40000" : "10.0.0.1:40000", isV6 ? "[2001:db8::2]:80" : "10.0.0.2:80");
        builder.initialNumbers(4711, 0).points({.packetType = 4, .interfaceIndex = 9}, {}).syn("hello");
        const CaptureFile file = builder.file();
        const auto decoded = decode(file.records.front().bytes, LinkType{file.linkType});
        QVERIFY(decoded.trouble == DecodeTrouble::None);
        QVERIFY(decoded.view.kind == PacketKind::Tcp);
        QCOMPARE(decoded.view.source.isV4(), !isV6);
        QCOMPARE(decoded.view.tcp.sequence, 4711U);
        QCOMPARE(decoded.view.tcp.payloadLength, 5U);
        QVERIFY(decoded.view.tcp.hasTimestamps);
        QCOMPARE(file.records.front().bytes.substr(decoded.view.tcp.payloadOffset), "hello");
        const bool hasDirection = file.linkType == 113 || file.linkType == 276;
        QCOMPARE(decoded.view.direction == PacketDirection::Sent, hasDirection);
        QCOMPARE(decoded.view.interfaceIndex, file.linkType == 276 ? 9U : 0U);
    }

    void vlanTagsAreEncapsulation()
    {
        const std::string twice = WireBytes()
                                      .put<std::uint16_t>(0x6064)
                                      .put<std::uint16_t>(0x8100)
                                      .put<std::uint16_t>(200)
                                      .put<std::uint16_t>(0x0800)
                                      .text(ipTcp())
                                      .str();
        const auto decoded = decode(inEthernet(0x88a8, twice), LinkType::Ethernet);
        QVERIFY(isTheSyn(decoded.view));
        QCOMPARE(
            levelsOf(decoded), (std::vector{level(EncapsulationKind::Vlan, 100), level(EncapsulationKind::Vlan, 200)}));
    }

    void mplsAndPppoeLeadToTheSegment()
    {
        const std::string labels =
            WireBytes().put<std::uint32_t>(16 << 12 | 64).put<std::uint32_t>(17 << 12 | 0x100 | 64).text(ipTcp()).str();
        QVERIFY(isTheSyn(decode(inEthernet(0x8847, labels), LinkType::Ethernet).view));
        const std::string session = WireBytes()
                                        .put<std::uint16_t>(0x1100)
                                        .put<std::uint16_t>(5)
                                        .put<std::uint16_t>(42)
                                        .put<std::uint16_t>(0x0021)
                                        .text(ipTcp())
                                        .str();
        QVERIFY(isTheSyn(decode(inEthernet(0x8864, session), LinkType::Ethernet).view));
    }

    void tunnelsLeadToTheInnerSegment_data()
    {
        QTest::addColumn<std::string>("packet");
        QTest::addColumn<quint64>("innermost");
        const std::string inner = ipTcp();
        const std::string frame = inEthernet(0x0800, inner);
        const auto over = [](std::uint16_t port, const std::string& payload) {
            return inIp({.source = v4(8), .destination = v4(9), .protocol = 17}, inUdp(5, port, payload));
        };
        QTest::newRow("VXLAN") << over(4789, inVxlan(77, frame)) << quint64{level(EncapsulationKind::Vxlan, 77)};
        QTest::newRow("VXLAN of flannel")
            << over(8472, inVxlan(1, frame)) << quint64{level(EncapsulationKind::Vxlan, 1)};
        QTest::newRow("Geneve with options") << over(6081,
            WireBytes()
                .put<std::uint32_t>(0x01006558)
                .put<std::uint32_t>(9 << 8)
                .put<std::uint32_t>(0)
                .text(frame)
                .str()) << quint64{level(EncapsulationKind::Geneve, 9)};
        QTest::newRow("GRE") << gre(0, 0x0800, "", inner) << quint64{level(EncapsulationKind::Gre, 0)};
        QTest::newRow("GRE with checksum, key and sequence")
            << gre(0xb000, 0x0800, std::string_view("\0\0\0\0\0\0\0\x2a\0\0\0\1", 12), inner)
            << quint64{level(EncapsulationKind::Gre, 42)};
        QTest::newRow("GRE of Ethernet") << gre(0, 0x6558, "", frame) << quint64{level(EncapsulationKind::Gre, 0)};
        QTest::newRow("ERSPAN II") << gre(0x1000, 0x88be, std::string_view("\0\0\0\1", 4),
            WireBytes().put<std::uint32_t>(0x1000'0014).put<std::uint32_t>(0).text(frame).str())
                                   << quint64{level(EncapsulationKind::Erspan, 0x14)};
        QTest::newRow("IP in IP") << inIp({.source = v4(8), .destination = v4(9), .protocol = 4}, inner)
                                  << quint64{level(EncapsulationKind::Ipip, 4)};
        QTest::newRow("GTP-U") << over(2152,
            WireBytes()
                .put<std::uint8_t>(0x30)
                .put<std::uint8_t>(0xff)
                .put(static_cast<std::uint16_t>(inner.size()))
                .put<std::uint32_t>(3)
                .text(inner)
                .str()) << quint64{level(EncapsulationKind::Gtp, 3)};
    }
    void tunnelsLeadToTheInnerSegment()
    {
        QFETCH(std::string, packet);
        QFETCH(quint64, innermost);
        const auto decoded = decode(packet, LinkType::Raw);
        QVERIFY(isTheSyn(decoded.view));
        QCOMPARE(quint64{levelsOf(decoded).back()}, innermost);
    }

    void sixInFourLeadsToTheInnerSegment()
    {
        const auto address = IpAddress::parse("2001:db8::1").value();
        const std::string inner = inIp({.source = address, .destination = address}, tcp(tcpflag::ack));
        const auto decoded =
            decode(inIp({.source = v4(8), .destination = v4(9), .protocol = 41}, inner), LinkType::Raw);
        QVERIFY(decoded.view.kind == PacketKind::Tcp);
        QVERIFY(decoded.view.source == address);
    }

    void tunnelsAreOpenedToDepthFour()
    {
        std::string packet = ipTcp();
        for (int depth = 0; depth < 6; ++depth) {
            const auto decoded = decode(packet, LinkType::Raw);
            QCOMPARE(decoded.view.kind == PacketKind::Tcp, depth <= 4);
            packet = inIp({.source = v4(8), .destination = v4(9), .protocol = 4}, packet);
        }
    }

    void ipv4OptionsAndIpv6ExtensionsAreSteppedOver()
    {
        std::string packet = ipTcp("abc");
        packet[0] = 0x46; // one word of options
        packet[3] = static_cast<char>(packet[3] + 4);
        packet.insert(20, std::string("\x94\x04\0\0", 4));
        const auto v4Decoded = decode(packet, LinkType::Raw);
        QVERIFY(isTheSyn(v4Decoded.view));
        QCOMPARE(v4Decoded.view.tcp.payloadLength, 3U);

        const auto address = IpAddress::parse("2001:db8::1").value();
        const std::string hopByHop =
            WireBytes().put<std::uint16_t>(0x3c00).put<std::uint32_t>(0x0104'0000).put<std::uint16_t>(0).str();
        const std::string destination =
            WireBytes().put<std::uint16_t>(0x0600).put<std::uint32_t>(0x0104'0000).put<std::uint16_t>(0).str();
        const auto v6Decoded = decode(inIp({.source = address, .destination = address, .protocol = 0},
                                          hopByHop + destination + tcp(tcpflag::syn, "abcd")),
            LinkType::Raw);
        QVERIFY(v6Decoded.view.kind == PacketKind::Tcp);
        QCOMPARE(v6Decoded.view.tcp.payloadLength, 4U);
    }

    void onlyTheFirstFragmentHasATcpHeader()
    {
        std::string packet = ipTcp("abc");
        packet[6] = 0x20; // more fragments follow
        QVERIFY(isTheSyn(decode(packet, LinkType::Raw).view));
        packet[7] = 0x10;
        const auto later = decode(packet, LinkType::Raw);
        QVERIFY(later.view.kind == PacketKind::Other);
        QVERIFY(!later.view.isTcp);
        QVERIFY(later.trouble == DecodeTrouble::None);
    }

    void payloadLengthIsThatOfTheIpHeader()
    {
        const std::string padded = inEthernet(0x0800, ipTcp("ab") + std::string(20, '\0'));
        QCOMPARE(decode(padded, LinkType::Ethernet).view.tcp.payloadLength, 2U);
        const std::string cut = inEthernet(0x0800, ipTcp(std::string(1000, 'x'))).substr(0, 54);
        const auto decoded = decode(cut, LinkType::Ethernet, 1054);
        QVERIFY(isTheSyn(decoded.view));
        QCOMPARE(decoded.view.tcp.payloadLength, 1000U);
    }

    void lengthZeroMeansTheFrameTellsIt()
    {
        std::string packet = ipTcp(std::string(100, 'x'));
        packet[2] = packet[3] = 0;
        QCOMPARE(decode(packet, LinkType::Raw).view.tcp.payloadLength, 100U);
        QCOMPARE(decode(packet, LinkType::Raw, 90'040).view.tcp.payloadLength, 90'000U);
    }

    void headersMissingAreToldAndATcpPacketStaysOne()
    {
        const std::string packet = inEthernet(0x0800, ipTcp());
        for (std::size_t length = 0; length < 54; ++length) {
            const auto decoded = decode(packet.substr(0, length), LinkType::Ethernet, packet.size());
            const bool isReadable = length >= 14 + 20 + 14;
            QCOMPARE(decoded.view.kind == PacketKind::Tcp, isReadable);
            QCOMPARE(decoded.trouble == DecodeTrouble::CutOff, !isReadable);
            QCOMPARE(decoded.view.isTcp, length >= 34);
        }
    }

    void icmpErrorQuotesTheSegmentAndIsNoTcp()
    {
        const auto quote = ipTcp().substr(0, 28);
        const std::string message =
            WireBytes().put<std::uint16_t>(0x030d).put<std::uint16_t>(0).put<std::uint32_t>(0).text(quote).str();
        const auto decoded =
            decode(inIp({.source = v4(99), .destination = v4(1), .protocol = 1}, message), LinkType::Raw);
        QVERIFY(decoded.view.kind == PacketKind::IcmpError);
        QVERIFY(!decoded.view.isTcp);
        QVERIFY(decoded.view.reporter == v4(99));
        QVERIFY(decoded.view.source == v4(1));
        QVERIFY(decoded.view.destination == v4(2));
        QCOMPARE(decoded.view.tcp.sequence, 111U);
        QCOMPARE(int{decoded.view.icmpCode}, 13);
        QVERIFY(decoded.trace.back().isQuoted);
    }

    void icmpv6ErrorQuotesTheSegment()
    {
        const auto from = IpAddress::parse("2001:db8::9").value();
        const auto to = IpAddress::parse("2001:db8::1").value();
        const std::string quote = inIp({.source = to, .destination = from}, tcp(tcpflag::syn));
        const std::string message =
            WireBytes().put<std::uint16_t>(0x0104).put<std::uint16_t>(0).put<std::uint32_t>(0).text(quote).str();
        const auto decoded = decode(inIp({.source = from, .destination = to, .protocol = 58}, message), LinkType::Raw);
        QVERIFY(decoded.view.kind == PacketKind::IcmpError);
        QVERIFY(decoded.view.isIcmpV6);
        QVERIFY(decoded.view.source == to);
    }

    void otherIcmpAndOtherQuotesAreNothing()
    {
        const auto icmp = [](std::uint8_t type, std::string_view quote) {
            const std::string message = WireBytes()
                                            .put(type)
                                            .put<std::uint8_t>(0)
                                            .put<std::uint16_t>(0)
                                            .put<std::uint32_t>(0)
                                            .text(quote)
                                            .str();
            return decode(inIp({.source = v4(99), .destination = v4(1), .protocol = 1}, message), LinkType::Raw)
                .view.kind;
        };
        QVERIFY(icmp(8, ipTcp()) == PacketKind::Other);
        QVERIFY(
            icmp(3, inIp({.source = v4(1), .destination = v4(2), .protocol = 17}, "12345678")) == PacketKind::Other);
        QVERIFY(icmp(3, ipTcp().substr(0, 27)) == PacketKind::Other);
    }

    void linkTypesNotReadAreTold()
    {
        QVERIFY(decode("anything", LinkType{105}).trouble == DecodeTrouble::LinkTypeUnsupported);
        QVERIFY(decode(inEthernet(0x0806, std::string(28, 'a')), LinkType::Ethernet).view.kind == PacketKind::Other);
    }

    void nestedEncapsulationsAreTheSamePacketOnItsWay()
    {
        EncapsulationTable table;
        const auto stack = [&](std::initializer_list<std::pair<EncapsulationKind, std::uint32_t>> levels) {
            Encapsulation encapsulation;
            for (const auto& [kind, id] : levels)
                encapsulation.add(kind, id);
            return table.intern(encapsulation);
        };
        using enum EncapsulationKind;
        const auto outerTag = stack({{Vlan, 100}});
        const auto bothTags = stack({{Vlan, 100}, {Vlan, 200}});
        const auto innerTag = stack({{Vlan, 200}});
        const auto first = stack({{Vxlan, 1}});
        const auto second = stack({{Vxlan, 2}});
        QVERIFY(table.areNested(EncapsulationTable::plain, first));
        QVERIFY(table.areNested(outerTag, bothTags));
        QVERIFY(table.areNested(bothTags, innerTag));
        QVERIFY(!table.areNested(first, second));
        QVERIFY(!table.areNested(outerTag, innerTag));
        QCOMPARE(stack({{Vxlan, 1}}), first);
    }
};

QTEST_APPLESS_MAIN(TestPacketDecoder)
#include "tst_packetdecoder.moc"
