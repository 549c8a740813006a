// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/errorclassifier.h"

#include <QTest>

using namespace halfshake;

// Messages: nginx source (ngx_http_upstream.c, ngx_log.c) with glibc and musl texts; classes: proxy-logs 2.1.
class TestErrorClassifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesHaveTheirClass_data();
    void messagesHaveTheirClass();
    void aWarningAboutALivingAttemptIsNoFailure();
    void everyClassHasAName();
};

void TestErrorClassifier::messagesHaveTheirClass_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("errorNumber");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* text, int errorNumber, const char* expected) {
        QTest::addRow("%s", text) << QByteArray{text} << errorNumber << QByteArray{expected};
    };
    add("connect() failed (111: Connection refused) while connecting to upstream", 111, "conn_refused");
    add("connect() failed (110: Connection timed out) while connecting to upstream", 110, "syn_exhausted");
    add("connect() failed (110: Operation timed out) while connecting to upstream", 110, "syn_exhausted");
    add("upstream timed out (110: Connection timed out) while connecting to upstream", 110, "connect_timeout");
    add("upstream timed out (110: Operation timed out) while connecting to upstream", 110, "connect_timeout");
    add("connect() failed (113: No route to host) while connecting to upstream", 113, "host_unreach");
    add("connect() failed (113: Host is unreachable) while connecting to upstream", 113, "host_unreach");
    add("connect() to 10.98.0.1:8080 failed (113: No route to host) while connecting to upstream", 113, "host_unreach");
    add("connect() to 10.98.0.1:8080 failed (101: Network unreachable) while connecting to upstream", 101,
        "net_unreach");
    add("connect() to 10.0.0.1:80 failed (99: Address not available) while connecting to upstream", 99,
        "no_local_port");
    add("bind(10.0.0.9) failed (98: Address in use) while connecting to upstream", 98, "no_local_port");
    add("connect() failed (104: Connection reset by peer) while connecting to upstream", 104, "conn_reset_early");
    add("connect() to 0.0.0.1:80 failed (22: Invalid argument) while connecting to upstream", 22, "no_endpoint");
    add("no live upstreams while connecting to upstream", 0, "no_live");
    add("upstream server temporarily disabled while connecting to upstream", 0, "peer_ejected");
    add("recv() failed (104: Connection reset by peer) while reading response header from upstream", 104,
        "rst_before_header");
    add("upstream prematurely closed connection while reading response header from upstream", 0, "fin_before_header");
    add("upstream timed out (110: Connection timed out) while reading response header from upstream", 110,
        "read_timeout");
    add("upstream timed out (110: Connection timed out) while sending request to upstream", 110, "send_timeout");
    add("writev() failed (32: Broken pipe) while sending request to upstream", 32, "write_reset");
    add("send() failed (104: Connection reset by peer) while sending request to upstream", 104, "write_reset");
    add("upstream prematurely closed connection while reading upstream", 0, "truncated");
    add("readv() failed (104: Connection reset by peer) while reading upstream", 104, "truncated");
    add("upstream timed out (110: Connection timed out) while reading upstream", 110, "truncated");
    add("upstream sent too big header while reading response header from upstream", 0, "bad_response");
    add("upstream sent invalid header: \"Bad\\x20...\" while reading response header from upstream", 0, "bad_response");
    add("upstream sent no valid HTTP/1.0 header while reading response header from upstream", 0, "bad_response");
    add("upstream timed out (110: Connection timed out) while SSL handshaking to upstream", 110, "tls_timeout");
    add("SSL_do_handshake() failed (SSL: error:1408F10B:SSL routines) while SSL handshaking to upstream", 0,
        "tls_fail");
    add("peer closed connection in SSL handshake (104: Connection reset by peer) while SSL handshaking to upstream",
        104, "tls_fail");
    add("nope.invalid could not be resolved (110: Operation timed out)", 110, "dns");
    add("client prematurely closed connection, so upstream connection is closed too while sending request to upstream",
        0, "client_abort");
    add("epoll_wait() reported that client prematurely closed connection, so upstream connection is closed too while "
        "connecting to upstream",
        0, "abort_in_connect");
    add("limiting requests, excess: 5.428 by zone \"default_root_zone\"", 0, "limited");
    add("limiting connections by zone \"addr\"", 0, "limited");
    add("2048 worker_connections are not enough while connecting to upstream", 0, "fd_limit");
    add("socket() failed (24: No file descriptors available) while connecting to upstream", 24, "fd_limit");
    add("something new happened (71: Protocol error) while reading response header from upstream", 71, "other");

    // about no upstream attempt
    add("signal 17 (SIGCHLD) received from 16221", 0, "none");
    add("client prematurely closed connection", 0, "none");
    add("client closed connection while waiting for request", 0, "none");
    add("open() \"/html/old\" failed (2: No such file or directory)", 2, "none");
    add("SSL_do_handshake() failed (SSL: error:0A00006C) while SSL handshaking", 0, "none");
    add("connect() failed (111: Connection refused) while requesting certificate status", 111, "none");
    add("writev() failed (104: Connection reset by peer) while sending to client", 104, "none");
}

void TestErrorClassifier::messagesHaveTheirClass()
{
    QFETCH(QByteArray, text);
    QFETCH(int, errorNumber);
    QFETCH(QByteArray, expected);
    const auto bytes = text.toStdString();
    const auto errorClass = classifyErrorMessage({.text = bytes, .errorNumber = errorNumber, .hasUpstream = true});
    QCOMPARE(toString(errorClass), std::string_view{expected.constData()});
}

void TestErrorClassifier::aWarningAboutALivingAttemptIsNoFailure()
{
    const ErrorMessage message{.text = "an upstream response is buffered to a temporary file /a while reading upstream",
        .level = ErrorLevel::Warn,
        .hasUpstream = true};
    QVERIFY(classifyErrorMessage(message) == ErrorClass::None);
}

void TestErrorClassifier::everyClassHasAName()
{
    for (int i = 0; i <= std::to_underlying(ErrorClass::Other); ++i)
        QVERIFY(!toString(static_cast<ErrorClass>(i)).empty());
    QCOMPARE(toString(ErrorClass::UpstreamStatus), "upstream_status");
    QCOMPARE(toString(ErrorClass::Other), "other");
}

QTEST_APPLESS_MAIN(TestErrorClassifier)

#include "tst_errorclassifier.moc"
