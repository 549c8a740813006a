// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/jsonlinescanner.h"
#include "models/logs/tolerantjson.h"

#include <QTest>

using namespace halfshake;

class TestJsonLineScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void membersComeOut_data();
    void membersComeOut();
    void commonNamesAreUnderstood();
    void ambiguousKeysAreToldByTheirValue();
    void theMoreExactTimeCounts();
    void keysOfAKnownFormatMeanWhatItSays();
    void whatIsNoAccessLogFitsNot_data();
    void whatIsNoAccessLogFitsNot();
    void hostileTextEnds();
};

namespace {

std::string shown(std::string_view text)
{
    TolerantJson json{text};
    TolerantJson::Member member;
    std::string result;
    while (json.next(member))
        result += std::string{member.key} + '=' + std::string{member.value} + ';';
    return result + (json.isComplete() ? "" : "cut");
}

LineFit scan(std::string_view line, AccessFields& fields)
{
    static const auto format = LogFormat::anyJson();
    return scanJsonLine(format, line, fields);
}

} // namespace

void TestJsonLineScanner::membersComeOut_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("members");
    const auto add = [](const char* name, const char* text, const char* members) {
        QTest::newRow(name) << QByteArray{text} << QByteArray{members};
    };
    add("nested", R"({"a":"1", "b": {"c": 2, "d":["x","y"]}, "e":null})", R"(a=1;c=2;d="x","y";e=null;)");
    add("objects in an array", R"({"hits":[{"a":"1"},{"a":"2"}],"n":3})", "a=1;a=2;n=3;");
    add("empty", "{}", "");
    add("bare values reach to the next key", R"({"t": 0.518 : 0.009, "s": 502, 200, "l": , "u": -})",
        "t=0.518 : 0.009;s=502, 200;l=;u=-;");
    add("raw quotes end no string", R"({"ua":"say "hi" now","x":"a\"b","y":1})", R"(ua=say "hi" now;x=a\"b;y=1;)");
    add("cut in a number", R"({"a":"1","status":50)", "a=1;cut");
    add("cut in a string", R"({"a":"1","b":"xy)", "a=1;cut");
    add("cut in a key", R"({"a":"1","b)", "a=1;cut");
    add("cut after a colon", R"({"a":"1","b":)", "a=1;cut");
    add("cut after a value", R"({"a":"1")", "a=1;cut");
}

void TestJsonLineScanner::membersComeOut()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, members);
    const auto bytes = text.toStdString();
    QCOMPARE(shown(bytes), members.toStdString());
}

void TestJsonLineScanner::commonNamesAreUnderstood()
{
    AccessFields fields;
    const auto line = R"({"@timestamp":"2026-11-23T12:29:17+08:00","msec":"1795408157.838","client_ip":"10.20.1.5",)"
                      R"("method":"GET","host":"shop","uri":"/a?b","status":502,"requestTime":"31.626",)"
                      R"("upstreamAddr":"10.0.0.1:80, 10.0.0.2:80","upstream-status":"502, 502",)"
                      R"("upstream_response_time":"31.624, 0.002","connection":7,"req_id":"id"})";
    QCOMPARE(scan(line, fields), LineFit::Whole);
    QCOMPARE(fields[LogField::Msec], "1795408157.838");
    QCOMPARE(fields[LogField::TimeIso8601], "2026-11-23T12:29:17+08:00");
    QCOMPARE(fields[LogField::RemoteAddr], "10.20.1.5");
    QCOMPARE(fields[LogField::RequestMethod], "GET");
    QCOMPARE(fields[LogField::Uri], "/a?b");
    QCOMPARE(fields[LogField::RequestTime], "31.626");
    QCOMPARE(fields[LogField::UpstreamAddr], "10.0.0.1:80, 10.0.0.2:80");
    QCOMPARE(fields[LogField::UpstreamStatus], "502, 502");
    QCOMPARE(fields[LogField::Connection], "7");
    QCOMPARE(fields[LogField::RequestId], "id");
}

void TestJsonLineScanner::ambiguousKeysAreToldByTheirValue()
{
    AccessFields fields;
    auto line = R"({"time":"1795408157.838","request":"GET / HTTP/1.1","status":200,"ua":"axios/1.6","duration":12})";
    QCOMPARE(scan(line, fields), LineFit::Whole);
    QVERIFY(!fields.has(LogField::UpstreamAddr));
    QVERIFY(!fields.has(LogField::RequestTime));
    line = R"({"time":"1795408157.838","request":"GET / HTTP/1.1","status":200,"ua":"10.0.0.1:80","duration":0.012})";
    QCOMPARE(scan(line, fields), LineFit::Whole);
    QCOMPARE(fields[LogField::UpstreamAddr], "10.0.0.1:80");
    QCOMPARE(fields[LogField::RequestTime], "0.012");
}

void TestJsonLineScanner::theMoreExactTimeCounts()
{
    AccessFields fields;
    const auto line = R"({"@timestamp":"2026-11-23T04:29:20.000Z","time_local":"23/Nov/2026:12:29:17 +0800",)"
                      R"("request":"GET / HTTP/1.1","status":"200"})";
    QCOMPARE(scan(line, fields), LineFit::Whole);
    QCOMPARE(fields[LogField::TimeLocal], "23/Nov/2026:12:29:17 +0800");
    QVERIFY(!fields.has(LogField::TimeIso8601));
}

void TestJsonLineScanner::keysOfAKnownFormatMeanWhatItSays()
{
    const auto format =
        LogFormat::compile({"js", R"({"t":"$msec","peer":"$upstream_addr","r":"$request","c":$status})"});
    QVERIFY(format);
    AccessFields fields;
    const auto line = R"({"t":"1795408157.838","peer":"10.0.0.1:80","r":"GET / HTTP/1.1","c":502})";
    const auto longer = R"({"t":"1795408157.838","peer":"-","r":"GET / HTTP/1.1","c":502,"x":1})";
    const auto shorter = R"({"t":"1795408157.838","r":"GET / HTTP/1.1","c":502})";
    QCOMPARE(scanJsonLine(*format, line, fields), LineFit::Whole);
    QCOMPARE(fields[LogField::UpstreamAddr], "10.0.0.1:80");
    QCOMPARE(fields[LogField::Status], "502");
    QCOMPARE(scanJsonLine(*format, longer, fields), LineFit::None);
    QCOMPARE(scanJsonLine(*format, shorter, fields), LineFit::None);
}

void TestJsonLineScanner::whatIsNoAccessLogFitsNot_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("no time") << QByteArray{R"({"request":"GET / HTTP/1.1","status":200})"};
    QTest::newRow("no status") << QByteArray{R"({"time":"1795408157.838","request":"GET / HTTP/1.1"})"};
    QTest::newRow("no request") << QByteArray{R"({"time":"1795408157.838","status":200})"};
    QTest::newRow("Kubernetes") << QByteArray{R"({"kind":"List","items":[{"status":{"phase":"Running"},"path":"/"}]})"};
    QTest::newRow("application log") << QByteArray{
        R"({"ts":"2026-11-23T04:29:20Z","status":"ok","path":"/","level":"info"})"};
    QTest::newRow("text") << QByteArray{"hello { world }"};
    QTest::newRow("array") << QByteArray{"[1,2]"};
}

void TestJsonLineScanner::whatIsNoAccessLogFitsNot()
{
    QFETCH(QByteArray, line);
    AccessFields fields;
    const auto text = line.toStdString();
    QCOMPARE(scan(text, fields), LineFit::None);
}

void TestJsonLineScanner::hostileTextEnds()
{
    AccessFields fields;
    for (const auto* piece : {"{", "\"", ",\"", "\\", "\":", "[{", ",", "{\"a\":", "\" "}) {
        std::string text = "{";
        while (text.size() < 300'000)
            text += piece;
        QCOMPARE(scan(text, fields), LineFit::None);
    }
}

QTEST_APPLESS_MAIN(TestJsonLineScanner)

#include "tst_jsonlinescanner.moc"
