// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/timeformat.h"
#include "models/logs/envoyflags.h"
#include "models/logs/haproxystate.h"
#include "tests/logs/readtext.h"

#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

/// Lines after the documentation of Envoy, Istio, HAProxy, Traefik and Tomcat.
class TestOtherProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void envoyLinesAreRead_data();
    void envoyLinesAreRead();
    void envoyTellsTheStart();
    void envoyFlagsHaveTheirClass_data();
    void envoyFlagsHaveTheirClass();
    void haproxyLinesAreRead_data();
    void haproxyLinesAreRead();
    void haproxyPhasesPlaceTheAttempt();
    void haproxyStatesHaveTheirClass_data();
    void haproxyStatesHaveTheirClass();
    void traefikLinesAreRead_data();
    void traefikLinesAreRead();
    void tomcatDurationsHaveNoUnit();
    void nginxJsonIsNotTakenForEnvoy();
};

namespace {

std::shared_ptr<const ProxyLog> read(const std::string& text)
{
    const auto log = test::readText(text + '\n');
    return log ? *log : nullptr;
}

} // namespace

void TestOtherProxies::envoyLinesAreRead_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("upstream");
    QTest::addColumn<QByteArray>("errorClass");
    QTest::newRow("default")
        << QByteArray{R"([2016-04-15T20:17:00.310Z] "POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "10.0.35.28" "nsq2http" "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "locations" "tcp://10.0.2.1:80")"}
        << QByteArray{"Envoy"} << 204 << QByteArray{"10.0.2.1:80"} << QByteArray{"none"};
    QTest::newRow("Istio, connect timed out")
        << QByteArray{R"([2026-11-23T04:29:17.838Z] "GET /cart HTTP/1.1" 503 UF,URX upstream_reset_before_response_started{connection_timeout} - "-" 0 91 10001 - "-" "curl/7.88.1" "1c8c6682-9a90-105e-f065-e2f6514d2290" "cart.shop" "10.244.1.11:8080" outbound|8080||cart.shop.svc.cluster.local - 10.96.0.20:8080 10.244.2.9:41234 - default)"}
        << QByteArray{"Istio"} << 503 << QByteArray{"10.244.1.11:8080"} << QByteArray{"connect_timeout"};
    QTest::newRow("Istio, refused")
        << QByteArray{R"([2026-11-23T04:29:17.838Z] "GET /cart HTTP/1.1" 503 UF upstream_reset_before_response_started{remote_connection_failure,delayed_connect_error:_111} - "delayed_connect_error:_111" 0 152 0 - "-" "curl/7.88.1" "1c8c6682-9a90-105e-f065-e2f6514d2290" "cart.shop" "10.244.1.11:8080" outbound|8080||cart.shop.svc.cluster.local - 10.96.0.20:8080 10.244.2.9:41234 - default)"}
        << QByteArray{"Istio"} << 503 << QByteArray{"10.244.1.11:8080"} << QByteArray{"conn_refused"};
    QTest::newRow("JSON")
        << QByteArray{R"({"start_time":"2026-11-23T04:29:17.838Z","method":"GET","path":"/cart","protocol":"HTTP/1.1","response_code":503,"response_flags":"UC","response_code_details":"upstream_reset_before_response_started{connection_termination}","bytes_received":0,"bytes_sent":95,"duration":21,"upstream_service_time":null,"request_id":"1c8c","authority":"cart.shop","upstream_host":"10.244.1.11:8080","upstream_cluster":"outbound|8080||cart","downstream_remote_address":"10.244.2.9:41234"})"}
        << QByteArray{"JSON"} << 503 << QByteArray{"10.244.1.11:8080"} << QByteArray{"fin_before_header"};
}

void TestOtherProxies::envoyLinesAreRead()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, format);
    QFETCH(int, status);
    QFETCH(QByteArray, upstream);
    QFETCH(QByteArray, errorClass);
    const auto log = read(line.toStdString());
    QVERIFY(log);
    QCOMPARE(QByteArray::fromStdString(log->format), format);
    QCOMPARE(log->counts.partlyParsedRequests, 0u);
    QCOMPARE(log->requests.size(), 1u);
    QCOMPARE(log->requests[0].status, status);
    QCOMPARE(log->upstreamAttempts.size(), 1u);
    QCOMPARE(QByteArray::fromStdString(toString(log->upstreamAttempts[0].endpoint.value())), upstream);
    QCOMPARE(toString(log->upstreamAttempts[0].errorClass), std::string_view{errorClass});
}

void TestOtherProxies::envoyTellsTheStart()
{
    const auto log =
        read(R"([2026-11-23T04:29:17.838Z] "GET / HTTP/1.1" 200 - 0 5 1226 100 "-" "-" "-" "a" "tcp://10.0.2.1:80")");
    QVERIFY(log);
    QCOMPARE(log->requests[0].requestTime, Duration{1226ms});
    QCOMPARE(toIsoString(log->requests[0].loggedAt), "2026-11-23T04:29:19.064000000Z");
    const auto& attempt = log->upstreamAttempts[0];
    QVERIFY(attempt.isStartKnown);
    QCOMPARE(toIsoString(attempt.startEarliest), "2026-11-23T04:29:17.838000000Z");
    QVERIFY(attempt.startLatest >= log->requests[0].loggedAt); // retries are not told
}

void TestOtherProxies::envoyFlagsHaveTheirClass_data()
{
    QTest::addColumn<QByteArray>("flags");
    QTest::addColumn<QByteArray>("details");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("errorClass");
    const auto row = [](const char* flags, const char* details, int status, const char* errorClass) {
        QTest::addRow("%s %s %d", flags, details, status)
            << QByteArray{flags} << QByteArray{details} << status << QByteArray{errorClass};
    };
    row("-", "via_upstream", 200, "none");
    row("-", "via_upstream", 503, "upstream_status");
    row("UH", "no_healthy_upstream", 503, "no_live");
    row("NR", "route_not_found", 404, "no_endpoint");
    row("UT", "response_timeout", 504, "read_timeout");
    row("URX,UF", "delayed_connect_error:_113", 503, "host_unreach");
    row("UF", "", 503, "other");
    row("UC", "upstream_reset_after_response_started{connection_termination}", 200, "truncated");
    row("DC", "downstream_remote_disconnect", 0, "client_abort");
    row("UO", "overflow", 503, "limited");
}

void TestOtherProxies::envoyFlagsHaveTheirClass()
{
    QFETCH(QByteArray, flags);
    QFETCH(QByteArray, details);
    QFETCH(int, status);
    QFETCH(QByteArray, errorClass);
    const EnvoyOutcome outcome{
        std::string_view{flags}, std::string_view{details}, {}, static_cast<std::uint16_t>(status)};
    QCOMPARE(toString(errorClassOf(outcome)), std::string_view{errorClass});
}

void TestOtherProxies::haproxyLinesAreRead_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("attempts");
    QTest::addColumn<QByteArray>("errorClass");
    QTest::newRow("manual 8.2.3")
        << QByteArray{R"(10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1")"}
        << 200 << 1 << QByteArray{"none"};
    QTest::newRow("no captures")
        << QByteArray{R"(10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in~ static/srv1 0/0/-1/-1/3001 503 212 - - sC-- 1/1/1/1/3 0/0 "POST /a b HTTP/1.1")"}
        << 503 << 1 << QByteArray{"connect_timeout"};
    QTest::newRow("client left, IPv6")
        << QByteArray{R"(::ffff:10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 0/0/1/-1/8490 -1 0 - - CH-- 2/2/2/2/0 0/0 {a} "GET / HTTP/1.0")"}
        << 0 << 1 << QByteArray{"client_abort"};
    QTest::newRow("redirected by the frontend")
        << QByteArray{R"(10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in http-in/<NOSRV> 0/-1/-1/-1/0 301 98 - - LR-- 1/1/0/0/0 0/0 "GET / HTTP/1.1")"}
        << 301 << 0 << QByteArray{};
    QTest::newRow("no server")
        << QByteArray{R"(10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in be/<NOSRV> 0/-1/-1/-1/0 503 212 - - SC-- 1/1/0/0/0 0/0 "GET / HTTP/1.1")"}
        << 503 << 1 << QByteArray{"no_live"};
}

void TestOtherProxies::haproxyLinesAreRead()
{
    QFETCH(QByteArray, line);
    QFETCH(int, status);
    QFETCH(int, attempts);
    QFETCH(QByteArray, errorClass);
    const auto log = read(line.toStdString());
    QVERIFY(log);
    QCOMPARE(log->format, "HAProxy HTTP");
    QCOMPARE(log->counts.partlyParsedRequests, 0u);
    QCOMPARE(log->requests.at(0).status, status);
    QVERIFY(log->text(log->requests[0].clientAddress).ends_with("10.0.1.2"));
    QCOMPARE(static_cast<int>(log->upstreamAttempts.size()), attempts);
    if (attempts > 0)
        QCOMPARE(toString(log->upstreamAttempts[0].errorClass), std::string_view{errorClass});
}

void TestOtherProxies::haproxyPhasesPlaceTheAttempt()
{
    const auto log = read(
        R"(10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/20/30/69/159 200 2750 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1")");
    QVERIFY(log);
    QCOMPARE(log->zoneOrigin, ZoneOrigin::Assumed);
    const auto& attempt = log->upstreamAttempts[0];
    QCOMPARE(toIsoString(log->requests[0].loggedAt), "2009-02-06T12:14:14.814000000Z");
    QCOMPARE(attempt.responseTime, Duration{129ms});
    QCOMPARE(attempt.connectTime, Duration{30ms});
    QCOMPARE(attempt.headerTime, Duration{99ms});
    QVERIFY(toIsoString(attempt.startEarliest) <= "2009-02-06T12:14:14.685000000Z");
    QVERIFY(toIsoString(attempt.startLatest) >= "2009-02-06T12:14:14.685000000Z");
    QVERIFY(attempt.startLatest - attempt.startEarliest <= 5ms);
}

void TestOtherProxies::haproxyStatesHaveTheirClass_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<QByteArray>("errorClass");
    const auto row = [](const char* state, int milliseconds, const char* errorClass) {
        QTest::addRow("%s %d", state, milliseconds) << QByteArray{state} << milliseconds << QByteArray{errorClass};
    };
    row("SC--", 1, "conn_refused");
    row("SC--", 3060, "syn_exhausted"); // one SYN retry; the kernel gives an address up without ARP as late
    row("SC--", 31'377, "syn_exhausted");
    row("SC--", 5000, "host_unreach");
    row("sC--", 5000, "connect_timeout");
    row("SH--", 20, "fin_before_header");
    row("sH--", 30'000, "read_timeout");
    row("SD--", 30, "truncated");
    row("CC--", 30, "abort_in_connect");
    row("cD--", 30, "client_abort");
    row("RC--", 0, "no_local_port");
    row("sQ--", 5000, "limited");
    row("PH--", 5, "bad_response");
    row("----", 5, "upstream_status");
}

void TestOtherProxies::haproxyStatesHaveTheirClass()
{
    QFETCH(QByteArray, state);
    QFETCH(int, milliseconds);
    QFETCH(QByteArray, errorClass);
    HaproxyTimers timers;
    timers.total = Duration{std::chrono::milliseconds{milliseconds}};
    QCOMPARE(toString(errorClassOf(
                 HaproxyOutcome{.state = std::string_view{state}, .server = "srv1", .timers = timers, .status = 503})),
        std::string_view{errorClass});
}

void TestOtherProxies::traefikLinesAreRead_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("attempts");
    QTest::newRow("CLF")
        << QByteArray{R"(172.17.0.1 - - [08/Dec/2021:13:59:39 +0000] "GET /cgi.cgi/ HTTP/1.1" 502 11 "-" "Nikto" 240 "test@docker" "http://172.17.0.3:80" 31ms)"}
        << 1;
    QTest::newRow("CLF without server")
        << QByteArray{R"(172.17.0.1 - - [08/Dec/2021:13:59:39 +0000] "GET /cgi.cgi/ HTTP/1.1" 502 11 "-" "Nikto" 240 "-" "-" 31ms)"}
        << 0;
    QTest::newRow("JSON")
        << QByteArray{R"({"ClientAddr":"172.17.0.1:39496","ClientHost":"172.17.0.1","DownstreamStatus":502,"Duration":31000000,"OriginDuration":30000000,"OriginStatus":502,"Overhead":1000000,"RequestHost":"a","RequestMethod":"GET","RequestPath":"/cgi.cgi/","RetryAttempts":0,"ServiceAddr":"172.17.0.3:80","ServiceName":"test@docker","StartLocal":"2021-12-08T14:59:39+01:00","StartUTC":"2021-12-08T13:59:39Z","level":"info","msg":"","time":"2021-12-08T13:59:39Z"})"}
        << 1;
}

void TestOtherProxies::traefikLinesAreRead()
{
    QFETCH(QByteArray, line);
    QFETCH(int, attempts);
    const auto log = read(line.toStdString());
    QVERIFY(log);
    QCOMPARE(log->requests.size(), 1u);
    QCOMPARE(log->requests[0].status, 502);
    QCOMPARE(log->requests[0].requestTime, Duration{31ms});
    QCOMPARE(log->text(log->requests[0].clientAddress), "172.17.0.1");
    QCOMPARE(toIsoString(log->requests[0].loggedAt), "2021-12-08T13:59:39.031000000Z");
    QCOMPARE(static_cast<int>(log->upstreamAttempts.size()), attempts);
    if (attempts > 0)
        QCOMPARE(toString(log->upstreamAttempts[0].endpoint.value()), "172.17.0.3:80");
}

void TestOtherProxies::tomcatDurationsHaveNoUnit()
{
    const auto log = read(R"(10.244.2.9 - - [23/Nov/2026:04:29:17 +0000] "GET /cart HTTP/1.1" 200 512 31377)");
    QVERIFY(log);
    QCOMPARE(log->format, "Tomcat common with duration");
    QVERIFY(!log->requests[0].requestTime); // milliseconds up to Tomcat 9, microseconds from 10 on
}

void TestOtherProxies::nginxJsonIsNotTakenForEnvoy()
{
    const auto log = read(
        R"({"start_time":"x","time":"2026-11-23T04:29:17+00:00","response_code":"502","request":"GET / HTTP/1.1","request_time":"0.010","upstream_addr":"10.0.0.1:80, 10.0.0.2:80","upstream_status":"502, 502","upstream_response_time":"0.001, 0.002"})");
    QVERIFY(log);
    QCOMPARE(log->upstreamAttempts.size(), 2u);
    QCOMPARE(toIsoString(log->requests[0].loggedAt), "2026-11-23T04:29:17.000000000Z");
}

QTEST_APPLESS_MAIN(TestOtherProxies)

#include "tst_otherproxies.moc"
