// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/proxylog.h"
#include "tests/logs/evidence.h"
#include "tests/logs/readtext.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;

// Logs of other projects against the counts of their oracle.
class TestPublicLogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logsHaveTheirEntries_data();
    void logsHaveTheirEntries();
    void noLineIsLost_data();
    void noLineIsLost();
    void parameterDumpsAreNotClaimed();
};

namespace {

std::uint64_t physicalLines(const QByteArray& text)
{
    return static_cast<std::uint64_t>(text.count('\n') + (text.isEmpty() || text.endsWith('\n') ? 0 : 1));
}

} // namespace

void TestPublicLogs::logsHaveTheirEntries_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("isErrorLog");
    QTest::addColumn<int>("entries");
    for (const auto& line : test::evidenceFile(u"public/logs/oracle.tsv"_s).split('\n')) {
        const auto columns = line.split('\t');
        if (columns.size() < 4 || columns[0] == "file")
            continue;
        // where one file holds several formats the column counts one of them, and the note all
        const auto all = QRegularExpression{u"= (\\d+) entries$"_s}.match(QString::fromUtf8(line).trimmed());
        QTest::newRow(columns[0].constData()) << QString::fromUtf8(columns[0]) << (columns[1] == "nginx_error")
                                              << (all.hasMatch() ? all.captured(1).toInt() : columns[3].toInt());
    }
}

void TestPublicLogs::logsHaveTheirEntries()
{
    QFETCH(QString, file);
    QFETCH(bool, isErrorLog);
    QFETCH(int, entries);
    const auto log = test::readEvidence(u"public/logs/"_s + file);
    QVERIFY(log);
    const auto& counts = (*log)->counts;
    QCOMPARE(isErrorLog ? counts.errorEntries : counts.requests, static_cast<std::uint64_t>(entries));
    QCOMPARE(counts.partlyParsedRequests, 0u);
}

void TestPublicLogs::noLineIsLost_data()
{
    QTest::addColumn<QString>("file");
    const auto root = test::evidencePath(u"public/logs"_s);
    QDirIterator files{root, QDir::Files, QDirIterator::Subdirectories};
    while (files.hasNext()) {
        const auto file = QDir{root}.relativeFilePath(files.next());
        QTest::newRow(qPrintable(file)) << file;
    }
}

void TestPublicLogs::noLineIsLost()
{
    QFETCH(QString, file);
    const auto bytes = test::evidenceFile(u"public/logs/"_s + file);
    const auto log = test::readText(bytes.toStdString());
    if (!log) {
        QVERIFY(log.error().code == DiagnosticCode::LogFormatUnknown);
        return;
    }
    QVERIFY(test::isEveryLineCounted(**log));
    QCOMPARE((*log)->counts.lines, physicalLines(bytes));
}

void TestPublicLogs::parameterDumpsAreNotClaimed()
{
    QDirIterator files{test::evidencePath(u"public/parameters"_s), QDir::Files, QDirIterator::Subdirectories};
    int count = 0;
    for (; files.hasNext(); ++count) {
        QFile file{files.next()};
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto head = file.read(512 << 10).toStdString();
        const auto result = probeProxyLog({head, static_cast<std::uint64_t>(file.size())});
        const auto name = QFileInfo{file}.fileName();
        const bool isKernelLog = name == u"dmesg"_s || name == u"kern.log"_s;
        QVERIFY2((result.confidence > 0) == isKernelLog, qPrintable(file.fileName()));
    }
    QVERIFY(count > 10);
}

QTEST_APPLESS_MAIN(TestPublicLogs)

#include "tst_publiclogs.moc"
