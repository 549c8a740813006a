// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/load.h"
#include "models/itemmodels/texts.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;

namespace {

QByteArray sample(const char* name)
{
    QFile file(QStringLiteral(HALFSHAKE_SOURCE_DIR "/resources/samples/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// A broken file of each kind, beside a good one: it gets a message that names file and place, the rest stays usable.
class TestBrokenEvidence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBrokenFileIsNamedAndTheRestIsUsable_data();
    void aBrokenFileIsNamedAndTheRestIsUsable();
    void everyPrefixOfTheSampleCaptureEndsInAResultOrADiagnostic();
};

void TestBrokenEvidence::aBrokenFileIsNamedAndTheRestIsUsable_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isStillRead"); // what could be read is kept
    QTest::addColumn<QString>("word"); // of the message

    const auto capture = sample("ingress-eth0.pcap");
    QTest::newRow("capture cut in a packet") << capture.left(20'011) << true << QStringLiteral("capture-truncated");
    QTest::newRow("capture cut in its header") << capture.left(13) << false << QString();
    QTest::newRow("binary called access.log")
        << "\x7f\x45\x4c\x46\x02\x01\0\0\xff\xfe\0\0garbage\0\0"_ba << false << QString();
    QTest::newRow("empty file") << QByteArray() << false << QString();
    QTest::newRow("log with a line of noise") << sample("access.log") + "this is \x01 no log line at all\n"
                                              << true << QStringLiteral("log-line-malformed");
    QTest::newRow("log cut in a line") << sample("access.log").chopped(40) << true << QString();
    QTest::newRow("YAML that does not end") << sample("services.yaml").left(3000) + "\n  - {unclosed: [\n"
                                            << true << QStringLiteral("manifest-malformed");
    QTest::newRow("dump of another system") << QByteArray("kern.ostype: FreeBSD\nkern.osrelease: 13.2-RELEASE\n"
                                                          "net.inet.ip.portrange.first: 49152\n"
                                                          "net.inet.tcp.mssdflt: 536\nkern.maxfiles: 1000\n")
                                            << false << QString();
    QTest::newRow("gzip that breaks off") << QByteArray::fromHex("1f8b0800000000000003") << false << QString();
}

void TestBrokenEvidence::aBrokenFileIsNamedAndTheRestIsUsable()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, isStillRead);
    QFETCH(const QString, word);
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("access.log"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();

    JobContext job;
    const auto loaded = loadIncident({path.toStdString(), HALFSHAKE_SOURCE_DIR "/resources/samples/error.log"}, job);
    QVERIFY(loaded);
    const auto& broken = *(*loaded)->evidence[0];
    const auto& good = *(*loaded)->evidence[1];
    QCOMPARE(good.state, EvidenceState::Read);
    QVERIFY((*loaded)->correlation->statistics.hasErrorLog);
    QCOMPARE(broken.state == EvidenceState::Read, isStillRead);
    if (!isStillRead) {
        QVERIFY(broken.error);
        QVERIFY(!texts::diagnostic(*broken.error).isEmpty());
    }
    if (!word.isEmpty()) {
        bool isNamed = false;
        for (const auto& entry : broken.diagnostics.entries()) {
            isNamed = isNamed || QString::fromUtf8(describe(entry.code).name) == word;
            QVERIFY(!texts::diagnostic(entry).isEmpty());
        }
        QVERIFY2(isNamed, qPrintable(word));
    }
}

void TestBrokenEvidence::everyPrefixOfTheSampleCaptureEndsInAResultOrADiagnostic()
{
    const auto capture = sample("ingress-eth0.pcap");
    JobContext job;
    for (qsizetype length = 0; length < 2048; ++length) {
        const auto read = readCapture(memorySource(capture.left(length).toStdString()), EvidenceId{0}, job);
        if (!read)
            continue;
        // 24 bytes are the file header; what follows is whole packets or a diagnostic
        QVERIFY((*read)->counts.packets > 0 || length == 24 || !(*read)->diagnostics.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestBrokenEvidence)

#include "tst_brokenevidence.moc"
