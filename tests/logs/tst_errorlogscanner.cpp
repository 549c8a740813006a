// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/errorlogscanner.h"
#include "tests/support/logbuilder.h"

#include <QTest>

using namespace halfshake;

class TestErrorLogScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineHasItsParts();
    void linesWithoutConnectionOrTail();
    void rawQuotesInTheRequestStayInIt();
    void aLineCutInTheRequestKeepsItsBeginning();
    void aLineCutInTheUpstreamHasNone();
    void subrequestsAndOtherKeysDoNotDisturb();
    void linesOfTheStreamModule();
    void whatIsNoErrorLineIsRefused_data();
    void whatIsNoErrorLineIsRefused();
    void endpointsOfUrls();
};

namespace {

constexpr std::string_view begin = "2026/11/23 11:33:11 [error] 16221#16222: *151 ";

} // namespace

void TestErrorLogScanner::aLineHasItsParts()
{
    const auto line = std::string{begin}
        + "connect() failed (110: Connection timed out) while connecting to upstream, client: 127.0.0.1, server: "
          "shop.example.com, request: \"GET /long/bh_ok/ HTTP/1.1\", upstream: \"http://10.99.0.13:8080/long/bh_ok/\", "
          "host: \"shop.example.com\", referrer: \"http://a.example/\"";
    ErrorLine error;
    QVERIFY(scanErrorLine(line, error));
    QCOMPARE(error.level, ErrorLevel::Error);
    QCOMPARE(error.processId, 16221u);
    QCOMPARE(error.connection, 151u);
    QCOMPARE(error.errorNumber, 110);
    QCOMPARE(error.message, "connect() failed (110: Connection timed out) while connecting to upstream");
    QCOMPARE(error.clientAddress, "127.0.0.1");
    QCOMPARE(error.request, "GET /long/bh_ok/ HTTP/1.1");
    QVERIFY(!error.isRequestCut);
    QCOMPARE(error.upstream, "http://10.99.0.13:8080/long/bh_ok/");
    QCOMPARE(error.host, "shop.example.com");
}

void TestErrorLogScanner::linesWithoutConnectionOrTail()
{
    ErrorLine error;
    QVERIFY(scanErrorLine("2026/11/23 11:33:47 [notice] 16219#16219: signal 17 (SIGCHLD) received from 16221", error));
    QCOMPARE(error.connection, 0u);
    QCOMPARE(error.errorNumber, 0);
    QCOMPARE(error.message, "signal 17 (SIGCHLD) received from 16221");
    QVERIFY(error.request.empty());
    QVERIFY(scanErrorLine(
        "2026/11/23 11:32:34 [info] 16221#16221: *149 client closed connection while waiting for request, client: "
        "127.0.0.1, server: 127.0.0.1:80",
        error));
    QCOMPARE(error.clientAddress, "127.0.0.1");
    QVERIFY(error.host.empty());
}

void TestErrorLogScanner::rawQuotesInTheRequestStayInIt()
{
    const auto line = test::errorLogLine({.request = "GET /a\"b?c=\"d\" HTTP/1.1"});
    ErrorLine error;
    QVERIFY(scanErrorLine(line, error));
    QCOMPARE(error.request, "GET /a\"b?c=\"d\" HTTP/1.1");
    QCOMPARE(error.upstream, "http://10.244.1.11:8080/api/cart");
    const auto spoof = test::errorLogLine({.request = "GET /a\", upstream: \"http://6.6.6.6:6/x HTTP/1.1"});
    QVERIFY(scanErrorLine(spoof, error));
    QCOMPARE(error.upstream, "http://10.244.1.11:8080/api/cart");
}

void TestErrorLogScanner::aLineCutInTheRequestKeepsItsBeginning()
{
    auto line = test::errorLogLine({.request = "GET /" + std::string(4000, 'a') + " HTTP/1.1"});
    line.resize(2047);
    ErrorLine error;
    QVERIFY(scanErrorLine(line, error));
    QVERIFY(error.isRequestCut);
    QVERIFY(error.request.starts_with("GET /aaaa"));
    QVERIFY(error.upstream.empty());
    QCOMPARE(error.errorNumber, 111);
}

void TestErrorLogScanner::aLineCutInTheUpstreamHasNone()
{
    auto line = test::errorLogLine({});
    line.resize(line.find("10.244.1.11") + 6);
    ErrorLine error;
    QVERIFY(scanErrorLine(line, error));
    QVERIFY(!error.isRequestCut);
    QCOMPARE(error.request, "GET /api/cart HTTP/1.1");
    QVERIFY(error.upstream.empty());
}

void TestErrorLogScanner::subrequestsAndOtherKeysDoNotDisturb()
{
    const auto line = std::string{begin}
        + "recv() failed (104: Connection reset by peer) while reading response header from upstream, client: "
          "10.0.0.9, "
          "server: _, request: \"GET / HTTP/2.0\", subrequest: \"/auth\", upstream: "
          "\"http://[2001:db8::1]:8080/auth\", host: \"a\", ctx: \"req-1\"";
    ErrorLine error;
    QVERIFY(scanErrorLine(line, error));
    QCOMPARE(error.request, "GET / HTTP/2.0");
    QCOMPARE(error.upstream, "http://[2001:db8::1]:8080/auth");
    QCOMPARE(error.host, "a");
}

void TestErrorLogScanner::linesOfTheStreamModule()
{
    const auto line = std::string{begin}
        + "connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.9, server: "
          "0.0.0.0:5432, upstream: \"10.0.0.7:5432\", bytes from/to client:0/0, bytes from/to upstream:0/0";
    ErrorLine error;
    QVERIFY(scanErrorLine(line, error));
    QCOMPARE(error.upstream, "10.0.0.7:5432");
}

void TestErrorLogScanner::whatIsNoErrorLineIsRefused_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const auto* line : {"", "2026/11/23 11:33:11", "2026/11/23 11:33:11 [err", "2026/11/23 11:33:11 [loud] 1#1: x",
             "2026/11/33 11:33:11 [error] 1#1: x", "2026/11/23 11:33:11 [error] x#1: x",
             "2026/11/23 11:33:11 [error] 1#1", "2026-11-23 11:33:11 [error] 1#1: x",
             "2026/11/23 11:33:11 [error] 99999999999#1: x"})
        QTest::addRow("%s", line) << QByteArray{line};
}

void TestErrorLogScanner::whatIsNoErrorLineIsRefused()
{
    QFETCH(QByteArray, line);
    ErrorLine error;
    const auto text = line.toStdString();
    QVERIFY(!scanErrorLine(text, error));
}

void TestErrorLogScanner::endpointsOfUrls()
{
    QCOMPARE(endpointOfUrl("http://10.0.0.1:8080/path"), Endpoint::parse("10.0.0.1:8080"));
    QCOMPARE(endpointOfUrl("grpc://[2001:db8::1]:50051"), Endpoint::parse("[2001:db8::1]:50051"));
    QCOMPARE(endpointOfUrl("10.0.0.7:5432"), Endpoint::parse("10.0.0.7:5432"));
    QVERIFY(!endpointOfUrl("http://alldead/u/alldead/"));
    QVERIFY(!endpointOfUrl("http://unix:/run/app.sock:/path"));
    QVERIFY(!endpointOfUrl(""));
}

QTEST_APPLESS_MAIN(TestErrorLogScanner)

#include "tst_errorlogscanner.moc"
