// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/jobcontext.h"
#include "models/incident/load.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/logbuilder.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <format>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

struct Written
{
    const char* name;
    std::string text;
};

std::shared_ptr<const IncidentSnapshot> analysed(const std::vector<Written>& files)
{
    QTemporaryDir folder;
    std::vector<std::string> paths;
    for (const auto& written : files) {
        paths.push_back(folder.filePath(QString::fromLatin1(written.name)).toStdString());
        QFile file(QString::fromStdString(paths.back()));
        if (file.open(QIODevice::WriteOnly))
            file.write(QByteArray::fromStdString(written.text));
    }
    JobContext job;
    return loadIncident(paths, job).value();
}

std::string combinedLog(const std::string& failing)
{
    std::vector<std::string> lines;
    for (int second = 10; second < 40; ++second) {
        AccessEntry entry{.time = std::format("23/Nov/2026:04:29:{} +0000", second)};
        entry.status = second % 3 == 0 ? failing : "200";
        lines.push_back(combinedLine(entry));
    }
    return joinedLines(lines);
}

std::string errorLog(const std::string& message)
{
    std::vector<std::string> lines;
    for (int second = 12; second < 40; second += 3)
        lines.push_back(errorLogLine({.time = std::format("2026/11/23 04:29:{}", second), .message = message}));
    return joinedLines(lines);
}

} // namespace

/// Failures that no failed upstream attempt tells of, and attempts whose answer came too late.
class TestTellingFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFormatWithoutAttemptsIsNotHealthy();
    void theErrorLogNamesTheCauseBesideSuchAFormat_data();
    void theErrorLogNamesTheCauseBesideSuchAFormat();
    void anAnswerAfterTheTimeoutIsNoAnswer();
};

void TestTellingFailures::aFormatWithoutAttemptsIsNotHealthy()
{
    const auto snapshot = analysed({{"access.log", combinedLog("502")}});
    QCOMPARE(snapshot->correlation->statistics.failedRequestsWithoutAttempt, 10u);
    QVERIFY(hasFailures(snapshot->correlation->statistics));
    QCOMPARE(snapshot->causes.at(0).id, "unknown");

    const auto healthy = analysed({{"access.log", combinedLog("404")}});
    QVERIFY(!hasFailures(healthy->correlation->statistics));
    QCOMPARE(healthy->causes.at(0).id, "healthy");
}

void TestTellingFailures::theErrorLogNamesTheCauseBesideSuchAFormat_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("cause");
    QTest::newRow("no local port")
        << "connect() to 10.244.1.11:8080 failed (99: Cannot assign requested address) while connecting to upstream"
        << "port-exhaustion";
    QTest::newRow("name") << "shop.example could not be resolved (110: Operation timed out)" << "dns-failure";
}

void TestTellingFailures::theErrorLogNamesTheCauseBesideSuchAFormat()
{
    QFETCH(const QString, message);
    QFETCH(const QString, cause);
    const auto snapshot =
        analysed({{"access.log", combinedLog("502")}, {"error.log", errorLog(message.toStdString())}});
    QCOMPARE(QString::fromStdString(snapshot->causes.at(0).id), cause);
}

void TestTellingFailures::anAnswerAfterTheTimeoutIsNoAnswer()
{
    constexpr auto timeout = 6s;
    CaptureBuilder capture;
    std::vector<std::string> lines;
    for (int i = 0; i < 5; ++i) {
        const auto request = std::format("GET /slow/{} HTTP/1.1", i);
        capture.at(i * 10s).connection(std::format("10.20.0.5:{}", 40'000 + i), "10.244.1.11:8080").handshake();
        capture.clientData(request + "\r\nHost: shop\r\n\r\n").serverAck();
        capture.at(i * 10s + timeout).clientFin().serverAck();
        capture.at(i * 10s + timeout + 3s).serverData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").clientReset();
        lines.push_back(upstreamInfoLine({.time = std::format("23/Nov/2026:04:29:{:02} +0000", i * 10 + 6),
            .request = request,
            .status = "504",
            .requestTime = "6.001",
            .groups = {{{"10.244.1.11:8080", "504", "6.001"}}},
            .requestId = std::format("{:032}", i)}));
    }
    const auto snapshot = analysed({{"capture.pcap", capture.pcap()}, {"access.log", joinedLines(lines)}});
    const auto& links = snapshot->correlation->links;
    QCOMPARE(links.size(), 5u);
    for (std::size_t i = 0; i < links.size(); ++i) {
        QVERIFY(links[i].connection);
        QCOMPARE(snapshot->connection(*links[i].connection)->client.port, 40'000 + i);
    }
    QCOMPARE(snapshot->causes.at(0).id, "slow-application");
    QCOMPARE(snapshot->causes.at(0).explained, 5u);
}

QTEST_GUILESS_MAIN(TestTellingFailures)
#include "tst_tellingfailures.moc"
