// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/capture/readcapture.h"
#include "tests/support/unpacking.h"

#include <QDirIterator>
#include <QTest>

#include <bit>
#include <cstring>

using namespace halfshake;
using namespace halfshake::test;

namespace {

const QString folder = QStringLiteral(HALFSHAKE_EVIDENCE "/public/pcap/");

/// The rows of a table with a header line, as maps.
QList<QMap<QString, QString>> rowsOf(const QString& name)
{
    QFile file(folder + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(name));
    const auto lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    const auto header = lines.first().split(u'\t');
    QList<QMap<QString, QString>> rows;
    for (const QString& line : lines.mid(1)) {
        const auto cells = line.split(u'\t');
        QMap<QString, QString> row;
        for (qsizetype i = 0; i < header.size() && i < cells.size(); ++i)
            row.insert(header[i], cells[i]);
        rows.push_back(row);
    }
    return rows;
}

void addRows(const QString& table)
{
    QTest::addColumn<QMap<QString, QString>>("row");
    for (const auto& row : rowsOf(table))
        QTest::newRow(qPrintable(row[QStringLiteral("file")])) << row;
}

quint64 number(const QMap<QString, QString>& row, const char* column)
{
    return row[QString::fromLatin1(column)].toULongLong();
}

/// Blocks of a little-endian pcapng file that are no packets but shown as frames by Wireshark: custom blocks.
quint64 customBlocksIn(const std::string& bytes)
{
    static_assert(std::endian::native == std::endian::little);
    quint64 count = 0;
    std::size_t offset = 0;
    while (offset + 12 <= bytes.size()) {
        quint32 type = 0;
        quint32 length = 0;
        std::memcpy(&type, bytes.data() + offset, 4);
        std::memcpy(&length, bytes.data() + offset + 4, 4);
        count += (type & ~0x4000'0000U) == 0x0bad ? 1 : 0;
        offset += length;
    }
    return count;
}

} // namespace

class TestPublicCaptures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsEqualThoseOfTshark_data() { addRows(QStringLiteral("oracle.tsv")); }
    void countsEqualThoseOfTshark()
    {
        using Row = QMap<QString, QString>;
        QFETCH(Row, row);
        const QString name = row[QStringLiteral("file")];
        const auto capture = captureOfFile(folder + name);
        QVERIFY(capture.has_value());
        const CaptureCounts& counts = (*capture)->counts;
        QCOMPARE(counts.synAck, number(row, "synack"));
        QCOMPARE(counts.rst, number(row, "rst"));
        QCOMPARE(counts.syn, number(row, "syn_not_in_icmp"));

        // tshark shows custom blocks of pcapng as frames; capinfos, of the same authors, does not count them as
        // packets.
        quint64 customBlocks = 0;
        if ((*capture)->format == "pcapng")
            customBlocks = customBlocksIn(bytesOf(*(*capture)->bytes));
        QCOMPARE(counts.packets + customBlocks, number(row, "packets"));

        if (name.endsWith(QStringLiteral("bigtcp-ipv4-vxlan-ipv4.pcap"))) {
            // A UDP header of length 0, because the datagram is larger than 64 KiB, stops tshark 4.0. Inside are the
            // VXLAN header (flags 08, VNI 0x1389), Ethernet, and IPv4 with protocol 6: a TCP segment.
            const std::string bytes = bytesOf(*(*capture)->bytes);
            const std::string_view packet = std::string_view(bytes).substr(24 + 16);
            QCOMPARE(packet.substr(38, 2), std::string_view("\0\0", 2));
            QCOMPARE(packet.substr(42, 8), std::string_view("\x08\0\0\0\0\x13\x89\0", 8));
            QCOMPARE(packet.substr(62, 2), std::string_view("\x08\0", 2));
            QCOMPARE(packet[64 + 9], '\x06');
            QCOMPARE(counts.tcpPackets, number(row, "tcp_packets") + 1);
            return;
        }
        QCOMPARE(counts.tcpPackets, number(row, "tcp_packets"));
    }

    void realRepeatsAreToldFromCopies_data() { addRows(QStringLiteral("handshake_truth.tsv")); }
    void realRepeatsAreToldFromCopies()
    {
        using Row = QMap<QString, QString>;
        QFETCH(Row, row);
        const auto capture = captureOfFile(folder + row[QStringLiteral("file")]);
        QVERIFY(capture.has_value());
        QCOMPARE((*capture)->counts.synRetransmissions, number(row, "true_retrans_syn"));
        QCOMPARE((*capture)->counts.synAckRetransmissions, number(row, "true_retrans_synack"));
    }

    void overlappingNetworksKeepTheirConnectionsApart()
    {
        // Three connections of the same addresses, ports and sequence numbers: two overlay networks and the plain one.
        const auto capture = captureOfFile(folder
            + QStringLiteral("zeek__zeek/doc/advanced/devel/plugins/connkey-vxlan-fivetuple-plugin-src/Traces/"
                             "vxlan-overlapping-http-get.pcap"));
        QVERIFY(capture.has_value());
        QCOMPARE((*capture)->attempts.size(), 3U);
        for (const ConnectionAttempt& attempt : (*capture)->attempts) {
            QCOMPARE(toString(attempt.outcome), "completed");
            QCOMPARE(attempt.packetCount, 14U);
        }
    }

    void droppedPacketsAreTold()
    {
        const auto capture =
            captureOfFile(folder + QStringLiteral("hadrielk__pcapng-test-generator/output_le/advanced/test102.pcapng"));
        QVERIFY(capture.has_value());
        QCOMPARE((*capture)->diagnostics.count(DiagnosticCode::CapturePacketsDropped), 2U);
    }

    void interfacesKeepTheirNames()
    {
        const auto capture = captureOfFile(folder + QStringLiteral("wireshark__wireshark/many_interfaces.pcapng.1"));
        QVERIFY(capture.has_value());
        QVERIFY((*capture)->interfaces.size() > 1);
        QVERIFY(std::ranges::none_of((*capture)->interfaces, &std::string::empty, &CaptureInterface::name));
    }

    void everyFileOfTheFolderOpensOrSaysWhyNot()
    {
        QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            const QString path = files.next();
            const auto capture = captureOfFile(path);
            if (path.endsWith(QStringLiteral(".tsv")))
                QCOMPARE(capture.error().code, DiagnosticCode::UnknownFormat);
            else
                QVERIFY2(capture.has_value(), qPrintable(path));
            ++count;
        }
        QVERIFY(count > 70);
    }
};

QTEST_APPLESS_MAIN(TestPublicCaptures)
#include "tst_publiccaptures.moc"
