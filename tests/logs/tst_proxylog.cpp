// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"
#include "models/base/timeformat.h"
#include "models/logs/proxylog.h"
#include "tests/logs/readtext.h"
#include "tests/support/logbuilder.h"

#include <QTest>

#include <format>
#include <stop_token>

using namespace halfshake;
using namespace std::chrono_literals;

class TestProxyLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRequestHasItsFields();
    void theTargetIsWhatWentOverTheWire();
    void errorEntriesHaveTheirFields();
    void theZoneOfTheErrorLogIsAssumed();
    void aTypedZoneWins();
    void accessLinesOfTheSameStreamTellTheZone();
    void mixedStreamsAreToldApartByLine();
    void aChangeOfFormatIsNoticed();
    void everyLineIsCountedOnce_data();
    void everyLineIsCountedOnce();
    void unparsedLinesKeepTheirPlaces();
    void aCutLineGivesNoFailedAttempt();
    void leadingNulsAreReadOver();
    void windowsLineEndsAndByteOrderMark();
    void aVeryLongLineIsMarked();
    void invalidUtf8IsKept();
    void whatIsNoLogIsAnError();
    void cancellingEndsTheReading();
    void theRangeSpansAllEntries();
    void textsThatDifferInEveryRowAreKept();
};

void TestProxyLog::aRequestHasItsFields()
{
    const auto log = test::readText(test::joinedLines({test::upstreamInfoLine({.requestTime = "31.626",
        .groups = {{{"10.244.1.11:8080", "502", "31.624"}, {"10.244.1.12:8080", "200", "0.002", "139"}}}})}));
    QVERIFY(log);
    QCOMPARE((*log)->format, "ingress-nginx upstreaminfo");
    QCOMPARE((*log)->requests.size(), std::size_t{1});
    const auto& request = (*log)->requests[0];
    const auto text = [&](StringId id) { return (*log)->text(id); };
    QCOMPARE(toIsoString(request.loggedAt), "2026-11-23T04:29:43.000000000Z");
    QCOMPARE(request.resolution, Duration{1s});
    QCOMPARE(request.requestTime, Duration{31'626ms});
    QCOMPARE(request.status, std::uint16_t{200});
    QCOMPARE(text(request.method), "GET");
    QCOMPARE(text(request.target), "/api/cart");
    QCOMPARE(text(request.clientAddress), "10.20.1.5");
    QCOMPARE(text(request.upstreamName), "default-order-api-8080");
    QCOMPARE(text(request.requestId), "1c8c66829a90105ef065f2e6514d2290");
    QVERIFY(!request.host.isValid());
    QCOMPARE(request.attemptCount, 2u);
    const auto& attempt = (*log)->upstreamAttempts[request.firstAttempt];
    QCOMPARE(toIsoString(attempt.startEarliest), "2026-11-23T04:29:11.374000000Z");
    QCOMPARE(toIsoString(attempt.startLatest), "2026-11-23T04:29:12.376000000Z");
    QVERIFY(attempt.errorClass == ErrorClass::SynExhausted);
    QCOMPARE((*log)->zoneOrigin, ZoneOrigin::Written);
}

void TestProxyLog::theTargetIsWhatWentOverTheWire()
{
    const auto log = test::readText(test::joinedLines({
        test::combinedLine({.request = R"(GET /u/\xE4\xB8\xAD?q=\x22x\x22\x5Cy HTTP/1.1)"}),
        test::combinedLine({.request = "GET /a,%20b?u=10.0.0.1:80,%2010.0.0.2:80 HTTP/1.1"}),
        test::combinedLine({.request = "GET /old"}),
        test::combinedLine({.request = R"(\x16\x03\x01\x02)", .status = "400"}),
        test::combinedLine({.request = "-", .status = "400"}),
    }));
    QVERIFY(log);
    const auto target = [&](std::size_t i) { return (*log)->text((*log)->requests.at(i).target); };
    QCOMPARE(target(0), "/u/\xE4\xB8\xAD?q=\"x\"\\y");
    QCOMPARE(hashText(target(0)), hashText("/u/\xE4\xB8\xAD?q=\"x\"\\y"));
    QCOMPARE(target(1), "/a,%20b?u=10.0.0.1:80,%2010.0.0.2:80");
    QCOMPARE(target(2), "/old");
    QVERIFY(!(*log)->requests[3].method.isValid());
    QVERIFY(!(*log)->requests[3].target.isValid());
    QVERIFY(!(*log)->requests[4].target.isValid());
}

void TestProxyLog::errorEntriesHaveTheirFields()
{
    const auto log = test::readText(test::joinedLines({"", test::errorLogLine({.level = "crit"})}));
    QVERIFY(log);
    QCOMPARE((*log)->format, "nginx error log");
    const auto& entry = (*log)->errors.at(0);
    QCOMPARE(entry.line, 2u);
    QCOMPARE(entry.byteOffset, 1u);
    QCOMPARE(entry.level, ErrorLevel::Crit);
    QCOMPARE(entry.connection, 7u);
    QCOMPARE(entry.errorNumber, 111);
    QVERIFY(entry.errorClass == ErrorClass::ConnRefused);
    QCOMPARE((*log)->text(entry.method), "GET");
    QCOMPARE((*log)->text(entry.target), "/api/cart");
    QCOMPARE(entry.upstreamEndpoint, Endpoint::parse("10.244.1.11:8080"));
    QCOMPARE((*log)->text(entry.host), "shop.example.test");
}

void TestProxyLog::theZoneOfTheErrorLogIsAssumed()
{
    const auto log = test::readText(test::joinedLines({test::errorLogLine({}), test::errorLogLine({})}));
    QCOMPARE((*log)->zoneOrigin, ZoneOrigin::Assumed);
    QCOMPARE((*log)->assumedZone, 0s);
    QCOMPARE(toIsoString((*log)->errors[0].loggedAt), "2026-11-23T04:29:43.000000000Z");
    QCOMPARE((*log)->diagnostics.count(DiagnosticCode::LogZoneAssumed), 1u);
}

void TestProxyLog::aTypedZoneWins()
{
    const auto log = test::readText(
        test::joinedLines({test::errorLogLine({.time = "2026/11/23 12:29:43"})}), {.zone = std::chrono::seconds{8h}});
    QCOMPARE((*log)->zoneOrigin, ZoneOrigin::Typed);
    QCOMPARE((*log)->assumedZone, 8h);
    QCOMPARE(toIsoString((*log)->errors[0].loggedAt), "2026-11-23T04:29:43.000000000Z");
    QVERIFY((*log)->diagnostics.isEmpty());
}

void TestProxyLog::accessLinesOfTheSameStreamTellTheZone()
{
    const auto log = test::readText(test::joinedLines({test::errorLogLine({.time = "2026/11/23 12:29:43"}),
        test::combinedLine({.time = "23/Nov/2026:12:29:43 +0800"})}));
    QCOMPARE((*log)->zoneOrigin, ZoneOrigin::Inferred);
    QCOMPARE((*log)->assumedZone, 8h);
    QCOMPARE((*log)->errors[0].loggedAt, (*log)->requests[0].loggedAt);
}

void TestProxyLog::mixedStreamsAreToldApartByLine()
{
    const auto log = test::readText(test::joinedLines({
        "-------------------------------------------------------------------------------",
        "NGINX Ingress controller",
        "  Release:       v1.9.4",
        "I1123 04:29:17.838000       7 controller.go:168] \"Configuration changes detected\"",
        test::upstreamInfoLine({}),
        test::errorLogLine({.message = "[lua] lua entry thread aborted: runtime error: balancer.lua:1: oops"}),
        "stack traceback:",
        "\t[C]: in function 'error'",
        "panic: runtime error: invalid memory address",
        "goroutine 1 [running]:",
        "\tmain.go:12 +0x1d",
        "",
        "who wrote this",
        test::upstreamInfoLine({}),
    }));
    QVERIFY(log);
    const auto& counts = (*log)->counts;
    QVERIFY(test::isEveryLineCounted(**log));
    QCOMPARE(counts.requests, 2u);
    QCOMPARE(counts.errorEntries, 1u);
    QCOMPARE(counts.blankLines, 1u);
    QCOMPARE((*log)->format, "ingress-nginx upstreaminfo + nginx error log");
    QVERIFY(counts.continuationLines >= 2);
    QVERIFY(counts.unparsedLines <= 2);
}

void TestProxyLog::aChangeOfFormatIsNoticed()
{
    std::vector<std::string> lines(1500, test::combinedLine({}));
    lines.insert(lines.end(), 300, test::upstreamInfoLine({}));
    const auto log = test::readText(test::joinedLines(lines));
    QCOMPARE((*log)->format, "nginx combined + ingress-nginx upstreaminfo");
    QCOMPARE((*log)->counts.requests, 1800u);
    QCOMPARE((*log)->counts.partlyParsedRequests, 0u);
}

void TestProxyLog::everyLineIsCountedOnce_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto good = QByteArray::fromStdString(test::upstreamInfoLine({}));
    QTest::newRow("no newline at the end") << good;
    QTest::newRow("cut at any place") << [&] {
        QByteArray text;
        for (qsizetype length = 1; length <= good.size(); ++length)
            text += good.first(length) + '\n';
        return text;
    }();
    QTest::newRow("error line cut at any place") << [&] {
        const auto error = QByteArray::fromStdString(test::errorLogLine({}));
        QByteArray text;
        for (qsizetype length = 1; length <= error.size(); ++length)
            text += error.first(length) + '\n';
        return text;
    }();
    QTest::newRow("NULs between") << good + '\n' + QByteArray(1000, '\0') + '\n' + QByteArray(10, '\0') + good + '\n';
    QTest::newRow("blank and indented") << "\n\n  x\n" + good + "\n\t y\n \n" + good + "\n  z";
    QTest::newRow("carriage returns") << good + "\r\n\r\n" + good + "\r\r\n";
}

void TestProxyLog::everyLineIsCountedOnce()
{
    QFETCH(QByteArray, text);
    const auto log = test::readText(text.toStdString());
    QVERIFY(log);
    QVERIFY(test::isEveryLineCounted(**log));
    const auto newlines = static_cast<std::uint64_t>(text.count('\n'));
    QCOMPARE((*log)->counts.lines, newlines + (text.endsWith('\n') ? 0 : 1));
}

void TestProxyLog::unparsedLinesKeepTheirPlaces()
{
    const auto first = test::combinedLine({});
    const auto log = test::readText(test::joinedLines({first, "what is this", first}));
    QCOMPARE((*log)->counts.unparsedLines, 1u);
    const auto& entry = (*log)->diagnostics.entries().front();
    QCOMPARE(entry.code, DiagnosticCode::LogLineMalformed);
    QCOMPARE(entry.where.line, 2u);
    QCOMPARE(entry.where.byteOffset, first.size() + 1);
}

void TestProxyLog::aCutLineGivesNoFailedAttempt()
{
    const auto whole = test::upstreamInfoLine(
        {.groups = {{{"10.244.1.11:8080", "502", "31.624"}, {"10.244.1.12:8080", "200", "0.002", "139"}}}});
    for (auto length = whole.find(" 200 141"); length < whole.size(); ++length) {
        const auto log = test::readText(test::joinedLines({test::upstreamInfoLine({}), whole.substr(0, length)}));
        QVERIFY(log);
        for (const auto& attempt : (*log)->upstreamAttempts)
            QVERIFY(attempt.request == 1 && attempt.status);
    }
}

void TestProxyLog::leadingNulsAreReadOver()
{
    const auto log = test::readText(std::string(3'000'000, '\0') + test::joinedLines({test::combinedLine({})}));
    QVERIFY(log);
    QCOMPARE((*log)->counts.requests, 1u);
    QCOMPARE((*log)->requests[0].byteOffset, 3'000'000u);
}

void TestProxyLog::windowsLineEndsAndByteOrderMark()
{
    const auto log =
        test::readText("\xEF\xBB\xBF" + test::upstreamInfoLine({}) + "\r\n" + test::upstreamInfoLine({}) + "\r\n");
    QVERIFY(log);
    QCOMPARE((*log)->counts.requests, 2u);
    QCOMPARE((*log)->text((*log)->requests[1].requestId), "1c8c66829a90105ef065f2e6514d2290");
}

void TestProxyLog::aVeryLongLineIsMarked()
{
    const auto longLine = test::combinedLine({.request = "GET /" + std::string(3 << 20, 'a') + " HTTP/1.1"});
    const auto log = test::readText(test::joinedLines({test::combinedLine({}), longLine, test::combinedLine({})}));
    QVERIFY(log);
    QVERIFY(test::isEveryLineCounted(**log));
    QCOMPARE((*log)->counts.requests, 2u);
    QCOMPARE((*log)->diagnostics.count(DiagnosticCode::LogLineTooLong), 1u);
}

void TestProxyLog::invalidUtf8IsKept()
{
    const auto log = test::readText(test::joinedLines({test::errorLogLine({.request = "GET /\xFF\xFE\x01 HTTP/1.1"})}));
    QVERIFY(log);
    QCOMPARE((*log)->text((*log)->errors[0].target), "/\xFF\xFE\x01");
}

void TestProxyLog::whatIsNoLogIsAnError()
{
    const auto log = test::readText("net.ipv4.tcp_syn_retries = 6\n");
    QVERIFY(!log);
    QCOMPARE(log.error().code, DiagnosticCode::LogFormatUnknown);
    QCOMPARE(log.error().arguments.at(0), "net.ipv4.tcp_syn_retries = 6");
    QVERIFY(!test::readText(""));
}

void TestProxyLog::cancellingEndsTheReading()
{
    std::stop_source stop;
    stop.request_stop();
    JobContext job{stop.get_token()};
    const auto text = test::joinedLines(std::vector<std::string>(10, test::combinedLine({})));
    const auto log = readProxyLog(memorySource(text), EvidenceId{0}, job);
    QVERIFY(!log);
    QCOMPARE(log.error().code, DiagnosticCode::Cancelled);
}

void TestProxyLog::theRangeSpansAllEntries()
{
    const auto log = test::readText(test::joinedLines({
        test::combinedLine({.time = "23/Nov/2026:04:30:00 +0000"}),
        test::errorLogLine({.time = "2026/11/23 04:29:00"}),
        test::combinedLine({.time = "23/Nov/2026:04:29:30 +0000"}),
    }));
    QCOMPARE(toIsoString((*log)->range.start), "2026-11-23T04:29:00.000000000Z");
    QCOMPARE(toIsoString((*log)->range.end), "2026-11-23T04:30:01.000000000Z");
}

/// Enough rows that the reader stops looking for repeats of ids.
void TestProxyLog::textsThatDifferInEveryRowAreKept()
{
    constexpr std::uint32_t rows = 40'000;
    std::string text;
    const auto idOf = [](std::uint32_t row) { return std::format("{:032x}", row / 2); };
    for (std::uint32_t row = 0; row < rows; ++row)
        text += test::upstreamInfoLine({.requestId = idOf(row)}) + '\n';
    const auto log = test::readText(text).value();
    QCOMPARE(log->requests.size(), rows);
    for (const std::uint32_t row : {0u, 1u, rows / 2, rows - 1}) {
        QCOMPARE(log->text(log->requests[row].requestId), idOf(row));
        QCOMPARE(log->requests[row].requestIdHash, requestIdHash(idOf(row)));
        QCOMPARE(log->text(log->requests[row].method), "GET");
    }
    QVERIFY(log->requests[0].target == log->requests[rows - 1].target);
}

QTEST_APPLESS_MAIN(TestProxyLog)

#include "tst_proxylog.moc"
