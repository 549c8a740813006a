// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packetdetails.h"
#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"

#include <QTest>

#include <functional>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

const PacketField* find(const std::vector<PacketField>& fields, std::string_view name)
{
    for (const PacketField& field : fields) {
        if (field.name == name)
            return &field;
        if (const PacketField* inside = find(field.fields, name))
            return inside;
    }
    return nullptr;
}

std::string valueOf(const PacketDetails& details, std::string_view name)
{
    const PacketField* field = find(details.layers, name);
    return field ? field->value : "(no such field)";
}

std::vector<std::string> layersOf(const PacketDetails& details)
{
    std::vector<std::string> names;
    for (const PacketField& layer : details.layers)
        names.push_back(layer.name);
    return names;
}

PacketDetails detailsOf(const CaptureBuilder& builder, std::uint64_t number)
{
    return packetDetails(*captureOf(builder.pcap()), number).value();
}

bool liesInside(const PacketField& field, std::size_t size)
{
    return std::size_t{field.offset} + field.length <= size
        && std::ranges::all_of(field.fields, [&](const PacketField& inner) { return liesInside(inner, size); });
}

CaptureBuilder connection()
{
    CaptureBuilder builder;
    builder.connection("10.0.0.1:40000", "10.0.0.2:80").initialNumbers(100, 500);
    return builder;
}

} // namespace

class TestPacketDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void synShowsItsHeadersAndOptions()
    {
        const auto details = detailsOf(connection().syn(), 1);
        QCOMPARE(layersOf(details),
            (std::vector<std::string>{
                "Frame 1", "Ethernet II", "Internet Protocol Version 4", "Transmission Control Protocol"}));
        QCOMPARE(valueOf(details, "Source Address"), "10.0.0.1");
        QCOMPARE(valueOf(details, "Time to Live"), "64");
        QCOMPARE(valueOf(details, "Destination Port"), "80");
        QCOMPARE(valueOf(details, "Sequence Number"), "100");
        QCOMPARE(valueOf(details, "Flags"), "0x2, Don't fragment");
        QCOMPARE(valueOf(details, "Syn"), "Set");
        QCOMPARE(valueOf(details, "Acknowledgment"), "Not set");
        QCOMPARE(valueOf(details, "TCP Option - Maximum segment size"), "1460 bytes");
        QCOMPARE(valueOf(details, "TCP Option - Window scale"), "7 (multiply by 128)");
        QCOMPARE(valueOf(details, "TCP Option - SACK permitted"), "");
        QVERIFY(details.summary.starts_with("10.0.0.1:40000 → 10.0.0.2:80 [SYN] Seq=100 Win=64240 Len=0 MSS=1460"));
        QVERIFY(details.summary.contains("SACK_PERM"));
    }

    void fieldsPointAtTheirBytes()
    {
        const auto details = detailsOf(connection().syn(), 1);
        const PacketField* port = find(details.layers, "Destination Port");
        QCOMPARE(port->length, 2U);
        QCOMPARE(details.bytes[port->offset + 1], std::byte{80});
        const PacketField* ttl = find(details.layers, "Time to Live");
        QCOMPARE(details.bytes[ttl->offset], std::byte{64});
    }

    void requestShowsItsFirstLine()
    {
        auto builder = connection();
        builder.handshake().clientData("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto details = detailsOf(builder, 4);
        QCOMPARE(layersOf(details).back(), "Hypertext Transfer Protocol");
        QCOMPARE(valueOf(details, "Request Line"), "GET /a HTTP/1.1");
        QVERIFY(details.summary.ends_with(" GET /a HTTP/1.1"));
        QVERIFY(details.summary.contains("[PSH, ACK]"));
        QVERIFY(details.summary.contains("Len=28"));
    }

    void icmpErrorHoldsTheQuotedHeaders()
    {
        auto builder = connection();
        builder.syn().wait(1ms).icmpError(3, 1, "10.0.0.254");
        const auto details = detailsOf(builder, 2);
        QCOMPARE(layersOf(details).back(), "Internet Control Message Protocol");
        QCOMPARE(details.layers.back().value, "Destination unreachable (Host unreachable)");
        QCOMPARE(details.layers.back().fields.back().name, "Transmission Control Protocol");
        QCOMPARE(details.summary,
            "10.0.0.254 → 10.0.0.1 Destination unreachable (Host unreachable) quoting 10.0.0.1:40000 → 10.0.0.2:80");
    }

    void tunnelsAndTagsAreLayers()
    {
        CaptureBuilder builder(CaptureBuilder::Link::LinuxSll2);
        builder.connection("[2001:db8::1]:40000", "[2001:db8::2]:80")
            .points({4, 7}, {0, 7})
            .vlans({12})
            .vxlan(99)
            .syn();
        const auto details = detailsOf(builder, 1);
        QCOMPARE(layersOf(details),
            (std::vector<std::string>{"Frame 1", "Linux cooked capture v2", "802.1Q Virtual LAN",
                "Internet Protocol Version 4", "User Datagram Protocol", "Virtual eXtensible Local Area Network",
                "Ethernet II", "Internet Protocol Version 6", "Transmission Control Protocol"}));
        QCOMPARE(valueOf(details, "Packet type"), "Sent by us (4)");
        QCOMPARE(valueOf(details, "VXLAN Network Identifier (VNI)"), "99");
        QCOMPARE(valueOf(details, "ID"), "12");
        QCOMPARE(valueOf(details, "Next Header"), "TCP (6)");
    }

    void optionsOfManyKindsHaveNames()
    {
        WireSegment wire;
        const auto details = wire.detailsWith(
            std::string_view("\x22\x02\x1e\x0c\x00\x81\0\0\0\0\0\0\0\0\x05\x0a\0\0\0\x01\0\0\0\x09\x01\x01", 26));
        QCOMPARE(valueOf(details, "TCP Option - TCP Fast Open Cookie"), "Request");
        QCOMPARE(valueOf(details, "TCP Option - Multipath TCP"), "Multipath Capable");
        QCOMPARE(valueOf(details, "TCP Option - SACK"), "1-9");
    }

    void senselessOptionLengthsAreShownAsTheyAre()
    {
        WireSegment wire;
        for (const std::string_view options :
            {std::string_view("\x02\x00\x02\x01", 4), std::string_view("\x08\xff\0\0", 4),
                std::string_view("\x01\x01\x01\x05", 4), std::string_view("\x00\x02\x04\x05", 4)})
            QVERIFY(!wire.detailsWith(options).layers.empty());
    }

    void cutHeadersAreNoted()
    {
        for (std::uint32_t length = 0; length <= 74; ++length) {
            auto builder = connection();
            builder.snapLength(length).syn();
            const auto details = detailsOf(builder, 1);
            QCOMPARE(details.bytes.size(), std::size_t{length});
            QCOMPARE(details.originalLength, 78U);
            QVERIFY(std::ranges::all_of(
                details.layers, [&](const PacketField& layer) { return liesInside(layer, length); }));
        }
    }

    void copyIsCalledOne()
    {
        auto builder = connection();
        builder.syn().seenAgain(3us);
        QCOMPARE(valueOf(detailsOf(builder, 2), "Captured twice"), "A copy of an earlier packet");
        QCOMPARE(valueOf(detailsOf(builder, 1), "Captured twice"), "(no such field)");
    }

    void missingPacketsAndChangedFilesAreErrors()
    {
        const auto capture = captureOf(connection().syn().pcap());
        QCOMPARE(packetDetails(*capture, 0).error().code, DiagnosticCode::FileNotReadable);
        QCOMPARE(packetDetails(*capture, 2).error().code, DiagnosticCode::FileNotReadable);
        Capture shortened = *capture;
        shortened.bytes = memorySource("gone");
        QCOMPARE(packetDetails(shortened, 1).error().code, DiagnosticCode::FileChangedSinceImport);
    }

private:
    /// A SYN with options as the test wants them.
    struct WireSegment
    {
        PacketDetails detailsWith(std::string_view options) const
        {
            std::string padded(options);
            padded.resize((padded.size() + 3) / 4 * 4);
            CaptureFile file = connection().withoutTimestamps().syn().file();
            std::string& bytes = file.records.front().bytes;
            bytes.replace(54, std::string::npos, padded);
            bytes[16] = 0;
            bytes[17] = static_cast<char>(40 + padded.size());
            bytes[46] = static_cast<char>((5 + padded.size() / 4) << 4);
            return packetDetails(*captureOf(file.pcap()), 1).value();
        }
    };
};

QTEST_APPLESS_MAIN(TestPacketDetails)
#include "tst_packetdetails.moc"
