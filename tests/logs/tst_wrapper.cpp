// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/timeformat.h"
#include "models/logs/lineunwrapper.h"
#include "models/logs/wrapperdetector.h"
#include "tests/logs/readtext.h"
#include "tests/support/logbuilder.h"

#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

class TestWrapper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWrapperIsTakenOff_data();
    void everyWrapperIsTakenOff();
    void plainLinesHaveNoWrapper_data();
    void plainLinesHaveNoWrapper();
    void partsAreJoinedPerStream();
    void aLastPartThatNeverCameIsStillALine();
    void joinedLinesStayBounded();
    void wrappersStandInsideEachOther();
    void anAccessEntryIsNoRecordOfALine();
    void linesWithoutTheWrapperAreKept();
    void theRuntimeNarrowsWholeSeconds();
    void aBufferedLogIsNotNarrowed();
    void theRuntimeTellsTheZoneOfAnErrorLog();
    void elasticsearchAnswersAreLines();
    void utf16IsRead();
};

namespace {

std::string cri(std::string_view time, std::string_view stream, std::string_view tag, std::string_view text)
{
    std::string line{time};
    return line.append(" ").append(stream).append(" ").append(tag).append(" ").append(text);
}

} // namespace

void TestWrapper::everyWrapperIsTakenOff_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("stream");
    const auto add = [](const char* name, WrapperKind kind, const char* line, const char* text, const char* stream) {
        QTest::newRow(name) << std::to_underlying(kind) + 0 << QByteArray{line} << QByteArray{text}
                            << QByteArray{stream};
    };
    add("CRI", WrapperKind::Cri, "2026-11-23T11:31:46.450210094+08:00 stdout F a b", "a b", "stdout");
    add("CRI, tags", WrapperKind::Cri, "2026-11-23T03:31:46Z stderr F:x:y a", "a", "stderr");
    add("CRI, empty", WrapperKind::Cri, "2026-11-23T03:31:46.1Z stdout F ", "", "stdout");
    add("docker", WrapperKind::DockerJson,
        R"({"log":"a \"b\"\\x22\n","stream":"stderr","time":"2026-11-23T03:31:45.000699997Z"})", "a \"b\"\\x22",
        "stderr");
    add("kubectl", WrapperKind::KubectlPrefix, "[pod/ingress-7d5f-x2k9p/controller] a b", "a b",
        "pod/ingress-7d5f-x2k9p/controller");
    add("kubectl, timestamps", WrapperKind::Timestamp, "2026-11-23T03:31:45.000699997Z a b", "a b", "");
    add("compose", WrapperKind::Compose, "\x1B[2K\x1B[36mweb-1  |\x1B[0m a b", "a b", "web-1");
    add("syslog", WrapperKind::Syslog, "Nov 23 11:31:45 node-1 nginx: a b", "a b", "nginx:");
    add("syslog, priority", WrapperKind::Syslog, "<190>Jan  3 09:47:02 node-1 nginx[12]: a b", "a b", "nginx[12]:");
    add("syslog, ISO", WrapperKind::Syslog, "2026-11-23T11:31:45.123456+08:00 node-1 nginx: a b", "a b", "nginx:");
    add("syslog 5424", WrapperKind::Syslog5424, "<171>1 2025-11-05T20:47:03.000000+00:00 fw nginx - - - a b", "a b",
        "nginx");
    add("syslog 5424, data", WrapperKind::Syslog5424,
        "<171>1 2025-11-05T20:47:03Z fw nginx 7 id [x@1 a=\"b\"] \xEF\xBB\xBF"
        "a b",
        "a b", "nginx");
    add("journal", WrapperKind::Journal,
        R"({ "__REALTIME_TIMESTAMP" : "1534860261221373", "PRIORITY" : "1", "MESSAGE" : "a b" })", "a b", "");
    add("journal, bytes", WrapperKind::Journal, R"({"__REALTIME_TIMESTAMP":"1534860261221373","MESSAGE":[97,32,255]})",
        "a \xFF", "");
    add("logcli", WrapperKind::JsonRecord,
        R"({"labels": {"app": "x", "stream": "stderr"}, "line": "a b", "timestamp": "2026-11-23T03:33:47.000699997Z"})",
        "a b", "stderr");
    add("filebeat", WrapperKind::JsonRecord,
        R"({"@timestamp":"2026-11-23T03:33:47.000Z","message":"a b","kubernetes":{"pod":{"name":"p"}}})", "a b", "");
}

void TestWrapper::everyWrapperIsTakenOff()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, stream);
    const auto bytes = line.toStdString();
    std::string buffer;
    const auto peeled = peel(static_cast<WrapperKind>(kind), bytes, buffer);
    QVERIFY(peeled);
    QCOMPARE(peeled->text, text.toStdString());
    QCOMPARE(peeled->stream, stream.toStdString());
    QVERIFY(!peeled->isPart);
}

void TestWrapper::plainLinesHaveNoWrapper_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("access") << QByteArray::fromStdString(test::upstreamInfoLine({}));
    QTest::newRow("error") << QByteArray::fromStdString(test::errorLogLine({}));
    QTest::newRow("JSON access") << QByteArray{
        R"({"time":"2026-11-23T11:31:46+08:00","request":"GET / HTTP/1.1","status":200,"message":"x"})"};
    QTest::newRow("klog") << QByteArray{"I1123 04:29:17.838000       7 controller.go:168] \"x\""};
    QTest::newRow("empty") << QByteArray{};
    QTest::newRow("cut CRI") << QByteArray{"2026-11-23T11:31:46.450210094+08:00 stdou"};
    QTest::newRow("cut docker") << QByteArray{R"({"log":"a b","stre)"};
}

void TestWrapper::plainLinesHaveNoWrapper()
{
    QFETCH(QByteArray, line);
    const auto bytes = line.toStdString();
    std::string buffer;
    for (const auto kind : allWrapperKinds) {
        if (kind != WrapperKind::Timestamp && kind != WrapperKind::JsonRecord)
            QVERIFY2(!peel(kind, bytes, buffer), toString(kind).data());
    }
    const std::vector<std::string_view> lines{bytes, bytes};
    if (!line.startsWith(R"({"log)") && !line.startsWith("2026-"))
        QVERIFY(detectWrappers(lines).empty());
}

void TestWrapper::partsAreJoinedPerStream()
{
    LineUnwrapper unwrapper{{WrapperKind::Cri}};
    const auto time = "2026-11-23T03:31:46.1Z";
    QVERIFY(!unwrapper.add(cri(time, "stderr", "P", "one "), {1, 0}));
    QVERIFY(!unwrapper.add(cri(time, "stdout", "P", "first "), {2, 50}));
    const auto error = unwrapper.add(cri("2026-11-23T03:31:47Z", "stderr", "F", "two"), {3, 100});
    QVERIFY(error);
    QCOMPARE(error->text, "one two");
    QCOMPARE(error->place.line, 1u);
    QCOMPARE(toIsoString(*error->writtenAt), "2026-11-23T03:31:46.100000000Z");
    const auto output = unwrapper.add(cri(time, "stdout", "F", "second"), {4, 150});
    QCOMPARE(output->text, "first second");
    QCOMPARE(output->place.byteOffset, 50u);
    QVERIFY(!unwrapper.takeRemainder());
    const auto docker = R"({"log":"a","stream":"stdout","time":"2026-11-23T03:31:45Z"})";
    LineUnwrapper dockerLines{{WrapperKind::DockerJson}};
    QVERIFY(!dockerLines.add(docker, {1, 0}));
}

void TestWrapper::aLastPartThatNeverCameIsStillALine()
{
    const auto time = "2026-11-23T03:31:46.1Z";
    const auto text = test::joinedLines({cri(time, "stdout", "F", test::upstreamInfoLine({})),
        cri(time, "stdout", "P", test::upstreamInfoLine({}).substr(0, 100)), cri(time, "stdout", "P", "")});
    const auto log = test::readText(text);
    QVERIFY(log);
    QVERIFY(test::isEveryLineCounted(**log));
    QCOMPARE((*log)->counts.lines, 3u);
    QCOMPARE((*log)->counts.requests, 2u);
    QCOMPARE((*log)->counts.partlyParsedRequests, 1u);
    QCOMPARE((*log)->counts.continuationLines, 1u);
}

void TestWrapper::joinedLinesStayBounded()
{
    LineUnwrapper unwrapper{{WrapperKind::Cri}};
    const auto part = cri("2026-11-23T03:31:46Z", "stdout", "P", std::string(100'000, 'a'));
    for (std::uint64_t i = 0; i < 100; ++i)
        QVERIFY(!unwrapper.add(part, {i, 0}));
    const auto line = unwrapper.add(cri("2026-11-23T03:31:46Z", "stdout", "F", "end"), {100, 0});
    QVERIFY(line->text.size() <= LineUnwrapper::longestLine);
}

void TestWrapper::wrappersStandInsideEachOther()
{
    // a file that an agent wrote to syslog line by line, collected by docker, printed by compose
    const std::string line = R"(web-1  | {"log":"Nov 23 11:31:45 node nginx: a b\n","stream":"stdout",)"
                             R"("time":"2026-11-23T03:31:45Z"})";
    const std::vector<std::string_view> lines{line, line};
    const auto layers = detectWrappers(lines);
    QCOMPARE(layers, (std::vector{WrapperKind::Compose, WrapperKind::DockerJson, WrapperKind::Syslog}));
    LineUnwrapper unwrapper{layers};
    QCOMPARE(unwrapper.add(line, {1, 0})->text, "a b");
}

void TestWrapper::anAccessEntryIsNoRecordOfALine()
{
    const std::string entry =
        R"({"time":"2026-11-23T11:31:46+08:00","request":"GET / HTTP/1.1","status":200,"message":"served"})";
    // a shipper that parsed the line and kept it
    const std::string both = R"({"@timestamp":"2026-11-23T03:31:46Z","method":"GET","status":200,"message":)"
                             R"("1.2.3.4 - - [23/Nov/2026:04:29:43 +0000] \"GET / HTTP/1.1\" 200 1"})";
    const std::vector<std::string_view> entries{entry, entry};
    QVERIFY(detectWrappers(entries).empty());
    const std::vector<std::string_view> parsed{both, both};
    QCOMPARE(detectWrappers(parsed), std::vector{WrapperKind::JsonRecord});
}

void TestWrapper::linesWithoutTheWrapperAreKept()
{
    std::vector<std::string> lines(9, cri("2026-11-23T03:31:46Z", "stdout", "F", test::combinedLine({})));
    lines.push_back(test::combinedLine({}));
    const auto log = test::readText(test::joinedLines(lines));
    QVERIFY(log);
    QCOMPARE((*log)->counts.requests, 10u);
    QCOMPARE((*log)->format, "nginx combined, in CRI");
}

void TestWrapper::theRuntimeNarrowsWholeSeconds()
{
    const test::AccessEntry entry{.requestTime = "5.001", .groups = {{{"10.0.0.1:80", "504", "5.001"}}}};
    const auto log = test::readText(
        test::joinedLines({cri("2026-11-23T04:29:43.500000000Z", "stdout", "F", test::upstreamInfoLine(entry))}));
    QVERIFY(log);
    const auto& request = (*log)->requests.at(0);
    QCOMPARE(toIsoString(request.loggedAt), "2026-11-23T04:29:43.450000000Z");
    QCOMPARE(request.resolution, Duration{100ms});
    const auto& attempt = (*log)->upstreamAttempts.at(0);
    QCOMPARE(toIsoString(attempt.startEarliest), "2026-11-23T04:29:38.449000000Z");
    QVERIFY(attempt.startLatest - attempt.startEarliest < 110ms);
}

void TestWrapper::aBufferedLogIsNotNarrowed()
{
    std::vector<std::string> lines;
    for (const auto* time : {"23/Nov/2026:04:29:41 +0000", "23/Nov/2026:04:29:42 +0000", "23/Nov/2026:04:29:43 +0000"})
        lines.push_back(cri("2026-11-23T04:29:43.500000000Z", "stdout", "F", test::combinedLine({.time = time})));
    const auto log = test::readText(test::joinedLines(lines));
    for (const auto& request : (*log)->requests)
        QCOMPARE(request.resolution, Duration{1s});
}

void TestWrapper::theRuntimeTellsTheZoneOfAnErrorLog()
{
    const auto line = test::errorLogLine({.time = "2026/11/23 09:59:43"});
    const auto log = test::readText(test::joinedLines({cri("2026-11-23T04:29:44.1Z", "stderr", "F", line)}));
    QVERIFY(log);
    QCOMPARE((*log)->zoneOrigin, ZoneOrigin::Inferred);
    QCOMPARE((*log)->assumedZone, 5h + 30min);
    QCOMPARE(toIsoString((*log)->errors.at(0).loggedAt), "2026-11-23T04:29:43.000000000Z");
    // a line that came late tells nothing
    const auto late = test::readText(test::joinedLines({cri("2026-11-23T04:37:44Z", "stderr", "F", line)}));
    QCOMPARE((*late)->zoneOrigin, ZoneOrigin::Assumed);
}

void TestWrapper::elasticsearchAnswersAreLines()
{
    const std::string text = R"({"hits": {"total": 2, "hits": [
{"_index": "a", "_source": {"@timestamp": "2026-11-23T03:31:45.000Z", "log": "1.2.3.4 - - [23/Nov/2026:04:29:43 +0000] \"GET / HTTP/1.1\" 200 1\n"}},
{"_index": "a", "_source": {"log": "who wrote this\n", "stream": "stdout"}}]}})";
    const auto log = test::readText(text);
    QVERIFY(log);
    QVERIFY(test::isEveryLineCounted(**log));
    QCOMPARE((*log)->counts.lines, 2u);
    QCOMPARE((*log)->counts.requests, 1u);
    QCOMPARE((*log)->requests[0].line, 2u);
    QCOMPARE((*log)->requests[0].byteOffset, text.find("1.2.3.4"));
}

void TestWrapper::utf16IsRead()
{
    const auto line = QString::fromStdString(test::combinedLine({.userAgent = "\xE4\xB8\xAD\xF0\x9F\x98\x80"}));
    for (const bool isBigEndian : {false, true}) {
        std::string bytes = isBigEndian ? "\xFE\xFF" : "\xFF\xFE";
        for (const auto unit : QString{line + u'\n'}) {
            const auto low = static_cast<char>(unit.unicode() & 0xFF);
            const auto high = static_cast<char>(unit.unicode() >> 8);
            bytes += isBigEndian ? high : low;
            bytes += isBigEndian ? low : high;
        }
        const auto log = test::readText(bytes);
        QVERIFY(log);
        QCOMPARE((*log)->counts.requests, 1u);
        QCOMPARE((*log)->counts.partlyParsedRequests, 0u);
    }
}

QTEST_APPLESS_MAIN(TestWrapper)

#include "tst_wrapper.moc"
