// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/unpacking.h"

#include <pcap/pcap.h>

#include <QDirIterator>
#include <QTemporaryFile>
#include <QTest>

#include <memory>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

struct Record
{
    EvidenceTime time;
    std::uint32_t captured = 0;
    std::uint32_t original = 0;
    bool operator==(const Record&) const = default;
};

/// What libpcap reads, up to the first error; nothing where it refuses the file.
std::optional<std::vector<Record>> readByLibpcap(const std::string& bytes)
{
    QTemporaryFile file;
    if (!file.open())
        qFatal("no temporary file");
    file.write(bytes.data(), static_cast<qint64>(bytes.size()));
    file.close();
    char error[PCAP_ERRBUF_SIZE];
    const std::unique_ptr<pcap_t, decltype(&pcap_close)> handle(
        pcap_open_offline_with_tstamp_precision(
            file.fileName().toLocal8Bit().constData(), PCAP_TSTAMP_PRECISION_NANO, error),
        &pcap_close);
    if (!handle)
        return {};
    std::vector<Record> records;
    pcap_pkthdr* header = nullptr;
    const u_char* data = nullptr;
    while (pcap_next_ex(handle.get(), &header, &data) == 1)
        records.push_back({EvidenceTime{std::chrono::seconds{header->ts.tv_sec} + Duration{header->ts.tv_usec}},
            header->caplen, header->len});
    return records;
}

std::vector<Record> readByUs(const std::string& bytes)
{
    const auto capture = captureOf(bytes);
    std::vector<Record> records;
    for (std::size_t i = 0; i < capture->packets.size(); ++i) {
        const auto row = capture->packets.row(i);
        records.push_back({row.time, row.location.capturedLength, row.location.originalLength});
    }
    return records;
}

} // namespace

/// libpcap is the reference for what it can read.
class TestLibpcap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void madeFilesReadTheSame()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").handshake().wait(123'456'789ns);
        builder.clientData("hello").snapLength(60);
        CaptureFile file = builder.file();
        for (const bool isBigEndian : {false, true}) {
            file.isBigEndian = isBigEndian;
            for (const std::string& bytes : {file.pcap(), file.pcapNanoseconds(), file.pcapng(6), file.pcapng(9)})
                QVERIFY(readByLibpcap(bytes) == readByUs(bytes));
        }
    }

    void recordedFilesReadTheSame()
    {
        const QString evidence = QStringLiteral(HALFSHAKE_EVIDENCE);
        if (evidence.isEmpty())
            QSKIP("the recordings are not here");
        int same = 0;
        for (const char* folder : {"/handshakes", "/public/pcap"}) {
            QDirIterator files(evidence + QString::fromLatin1(folder), QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const QString path = files.next();
                if (!path.contains(QStringLiteral(".pcap")))
                    continue;
                const std::string bytes = bytesOf(**openFile(path.toStdString()));
                const auto expected = readByLibpcap(bytes);
                if (!expected)
                    continue; // compressed, or one of the pcapng files that libpcap refuses
                auto records = readByUs(bytes);
                QVERIFY2(records.size() >= expected->size(), qPrintable(path));
                records.resize(expected->size());
                for (std::size_t i = 0; i < records.size(); ++i) {
                    QCOMPARE(records[i].captured, (*expected)[i].captured);
                    QCOMPARE(records[i].original, (*expected)[i].original);
                    QVERIFY2(records[i].time == (*expected)[i].time, qPrintable(path));
                }
                ++same;
            }
        }
        QVERIFY(same > 100);
    }
};

QTEST_APPLESS_MAIN(TestLibpcap)
#include "tst_libpcap.moc"
