// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/linescanner.h"
#include "models/logs/logformatcatalogue.h"

#include <QTest>

#include <algorithm>

using namespace halfshake;

class TestLogFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void variablesAreSeparatedByLiterals();
    void bracesNameAVariableToo();
    void variablesWithoutLiteralBetweenAreOneUnknownField();
    void aFormatWithoutTimeIsRefused();
    void aJsonFormatIsKeptAsItsKeys();
    void everyBuiltInFormatReadsItsLine_data();
    void everyBuiltInFormatReadsItsLine();
    void aVirtualHostMayStandBefore();
    void aRawQuoteInTheRequestIsReadOver();
    void anEscapedQuoteEndsNoValue();
    void theLastFieldReachesToTheEndOfLine();
    void aCutLineIsPartlyRead();
    void aCutValueIsNotTaken();
    void lineWithoutStatusFitsNothing();
    void anEmptyLastGroupIsReadAcrossFields();
};

namespace {

LogFormat compiled(std::string text)
{
    auto format = LogFormat::compile({"test", std::move(text)});
    return format ? *format : LogFormat{};
}

const LogFormat& builtIn(std::string_view name)
{
    return *std::ranges::find(builtInLogFormats(), name, &LogFormat::name);
}

constexpr std::string_view upstreamInfoBegin =
    R"(10.20.1.5 - - [23/Nov/2026:04:29:43 +0000] "POST /api/pay HTTP/1.1" 200 139 "-" "axios/1.6.2" 321 31.626 )";

} // namespace

void TestLogFormat::variablesAreSeparatedByLiterals()
{
    const auto format = compiled("[$time_local] \"$request\" $status");
    QCOMPARE(format.prefix(), "[");
    QCOMPARE(format.steps().size(), std::size_t{3});
    QCOMPARE(format.steps()[0].until, "] \"");
    QVERIFY(format.steps()[1].isQuoted);
    QCOMPARE(format.steps()[2].field, LogField::Status);
    QCOMPARE(format.steps()[2].until, "");
}

void TestLogFormat::bracesNameAVariableToo()
{
    const auto format = compiled("${msec}s $status");
    AccessFields fields;
    QCOMPARE(scanLine(format, "1795408157.838s 502", fields), LineFit::Whole);
    QCOMPARE(fields[LogField::Msec], "1795408157.838");
    QCOMPARE(fields[LogField::Status], "502");
}

void TestLogFormat::variablesWithoutLiteralBetweenAreOneUnknownField()
{
    const auto format = compiled("$msec $request_method$host $status");
    AccessFields fields;
    QCOMPARE(scanLine(format, "1795408157.838 GETshop.example.test 200", fields), LineFit::Whole);
    QVERIFY(!fields.has(LogField::RequestMethod));
    QVERIFY(!fields.has(LogField::Host));
    const auto times = compiled("$time_iso8601$time_local $status");
    QCOMPARE(scanLine(times, "2026-11-23T04:29:43+00:0023/Nov/2026:04:29:43 +0000 200", fields), LineFit::Whole);
    QCOMPARE(fields[LogField::TimeLocal], "23/Nov/2026:04:29:43 +0000");
}

void TestLogFormat::aFormatWithoutTimeIsRefused()
{
    QVERIFY(!LogFormat::compile({"no time", "$remote_addr $status"}));
    QVERIFY(!LogFormat::compile({"no variable", "hello"}));
    QVERIFY(!LogFormat::compile({"nothing", ""}));
}

void TestLogFormat::aJsonFormatIsKeptAsItsKeys()
{
    const auto format = compiled(R"({"@timestamp":"$time_iso8601", "ua": "$http_user_agent","status":$status,)"
                                 R"("peer":"$upstream_addr","both":"$host:$server_port","n":1})");
    QVERIFY(format.isJson());
    const auto& keys = format.jsonKeys();
    QCOMPARE(keys.size(), std::size_t{6});
    QCOMPARE(keys[0].field, LogField::TimeIso8601);
    QCOMPARE(keys[1].field, LogField::Other);
    QCOMPARE(keys[2].field, LogField::Status);
    QCOMPARE(keys[3].field, LogField::UpstreamAddr);
    QCOMPARE(keys[4].field, LogField::Other);
}

void TestLogFormat::everyBuiltInFormatReadsItsLine_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("line");
    const QByteArray middle = R"([23/Nov/2026:04:29:43 +0000] "GET / HTTP/1.1" 200 141 "-" "curl")";
    const QByteArray size = " 218 0.004 [default-web-80]";
    const QByteArray lists = " 10.0.0.1:80, 10.0.0.2:80 0, 3 0.000, 0.003 502, 200";
    const auto add = [](const char* name, const QByteArray& line) { QTest::newRow(name) << QByteArray{name} << line; };
    add("ingress-nginx upstreaminfo", "1.2.3.4 - - " + middle + size + " []" + lists + " id");
    add("ingress-nginx upstreaminfo (0.25)", "1.2.3.4 - [1.2.3.4] - - " + middle + size + " [canary]" + lists + " id");
    add("ingress-nginx upstreaminfo (0.15 to 0.24)", "1.2.3.4 - [1.2.3.4] - - " + middle + size + lists + " id");
    add("ingress-nginx upstreaminfo (before 0.15)", "1.2.3.4 - [1.2.3.4] - - " + middle + size + lists);
    add("ingress-nginx upstreaminfo (ACK)", "1.2.3.4 - [1.2.3.4] - - " + middle + size + lists + " id a.example []");
    add("nginx main", "1.2.3.4 - alice smith " + middle + " \"5.6.7.8, 9.9.9.9\"");
    add("nginx combined", "2001:db8::1 - - " + middle);
    add("nginx common", R"(1.2.3.4 - - [23/Nov/2026:04:29:43 +0000] "GET / HTTP/1.1" 200 141)");
}

void TestLogFormat::everyBuiltInFormatReadsItsLine()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, line);
    const auto text = line.toStdString();
    std::string best;
    std::size_t bestWeight = 0;
    AccessFields fields;
    for (const auto& format : builtInLogFormats()) {
        if (!format.isJson() && scanLine(format, text, fields) == LineFit::Whole && format.weight() > bestWeight) {
            best = format.name();
            bestWeight = format.weight();
        }
    }
    QCOMPARE(best, name.toStdString());
    QCOMPARE(scanLine(builtIn(best), text, fields), LineFit::Whole);
    QCOMPARE(fields[LogField::Status], "200");
    QCOMPARE(fields[LogField::Request], "GET / HTTP/1.1");
    if (fields.has(LogField::UpstreamStatus)) {
        QCOMPARE(fields[LogField::UpstreamAddr], "10.0.0.1:80, 10.0.0.2:80");
        QCOMPARE(fields[LogField::UpstreamResponseTime], "0.000, 0.003");
        QCOMPARE(fields[LogField::UpstreamStatus], "502, 200");
        QCOMPARE(fields[LogField::ProxyUpstreamName], "default-web-80");
    }
    if (fields.has(LogField::RequestId))
        QCOMPARE(fields[LogField::RequestId], "id");
}

void TestLogFormat::aVirtualHostMayStandBefore()
{
    AccessFields fields;
    const auto line =
        R"(shop.example.test:443 1.2.3.4 - - [23/Nov/2026:04:29:43 +0000] "GET / HTTP/1.1" 200 1 "-" "c")";
    QCOMPARE(scanLine(builtIn("nginx combined"), line, fields), LineFit::Whole);
    QCOMPARE(fields[LogField::Host], "shop.example.test:443");
    QCOMPARE(fields[LogField::RemoteAddr], "1.2.3.4");
    const auto words = R"(it was 1.2.3.4 - - [23/Nov/2026:04:29:43 +0000] "GET / HTTP/1.1" 200 1 "-" "c")";
    QCOMPARE(scanLine(builtIn("nginx combined"), words, fields), LineFit::None);
}

void TestLogFormat::aRawQuoteInTheRequestIsReadOver()
{
    AccessFields fields;
    const auto line = R"(1.2.3.4 - a [b] [23/Nov/2026:04:29:43 +0000] "GET /x" y HTTP/1.1" 404 1 "-" "c")";
    QCOMPARE(scanLine(builtIn("nginx combined"), line, fields), LineFit::Whole);
    QCOMPARE(fields[LogField::Request], R"(GET /x" y HTTP/1.1)");
    QCOMPARE(fields[LogField::Status], "404");
}

void TestLogFormat::anEscapedQuoteEndsNoValue()
{
    AccessFields fields;
    const auto line = R"(1.2.3.4 - - [23/Nov/2026:04:29:43 +0000] "GET / HTTP/1.1" 200 1 "-" "a \"b\" c")";
    QCOMPARE(scanLine(builtIn("nginx combined"), line, fields), LineFit::Whole);
}

void TestLogFormat::theLastFieldReachesToTheEndOfLine()
{
    AccessFields fields;
    const auto line =
        std::string{upstreamInfoBegin} + "[default-web-80] [] 10.0.0.1:80 3 0.001 200 an id : with, blanks";
    QCOMPARE(scanLine(builtIn("ingress-nginx upstreaminfo"), line, fields), LineFit::Whole);
    QCOMPARE(fields[LogField::RequestId], "an id : with, blanks");
}

void TestLogFormat::aCutLineIsPartlyRead()
{
    AccessFields fields;
    const auto line = std::string{upstreamInfoBegin} + "[default-web-80] [] 10.0.0.1:80, 10.0.0.2:80 0, 1";
    QCOMPARE(scanLine(builtIn("ingress-nginx upstreaminfo"), line, fields), LineFit::Partly);
    QCOMPARE(fields[LogField::UpstreamAddr], "10.0.0.1:80, 10.0.0.2:80");
    QVERIFY(!fields.has(LogField::UpstreamStatus));
    QCOMPARE(fields[LogField::RequestTime], "31.626");
}

void TestLogFormat::aCutValueIsNotTaken()
{
    AccessFields fields;
    const std::string line{upstreamInfoBegin.substr(0, upstreamInfoBegin.find(" 321") + 3)};
    QCOMPARE(scanLine(builtIn("ingress-nginx upstreaminfo"), line, fields), LineFit::Partly);
    QVERIFY(!fields.has(LogField::RequestTime));
    QCOMPARE(fields[LogField::Status], "200");
}

void TestLogFormat::lineWithoutStatusFitsNothing()
{
    AccessFields fields;
    const std::string line{upstreamInfoBegin.substr(0, 70)};
    for (const auto& format : builtInLogFormats())
        QVERIFY(format.isJson() || scanLine(format, line, fields) == LineFit::None);
}

void TestLogFormat::anEmptyLastGroupIsReadAcrossFields()
{
    // recorded: an internal redirect to a name that was not resolved
    const auto line =
        R"(127.0.0.1 - - [23/Nov/2026:11:32:10 +0800] "GET /accel/noresolve HTTP/1.1" 502 157 "-" )"
        R"("curl/7.88.1" 125 1.000 [demo-accel-80] [] 10.99.0.11:8091 :  0 :  0.001 :  200 :  accel_noresolve)";
    AccessFields fields;
    QCOMPARE(scanLine(builtIn("ingress-nginx upstreaminfo"), line, fields), LineFit::Whole);
    QCOMPARE(fields[LogField::UpstreamAddr], "10.99.0.11:8091 : ");
    QCOMPARE(fields[LogField::UpstreamStatus], "200 : ");
    QCOMPARE(fields[LogField::RequestId], "accel_noresolve");
}

QTEST_APPLESS_MAIN(TestLogFormat)

#include "tst_logformat.moc"
