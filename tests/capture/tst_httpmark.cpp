// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"
#include "models/capture/httpmark.h"
#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

std::optional<HttpRequestHead> request(std::string_view text)
{
    return readHttpRequest(std::as_bytes(std::span(text)));
}

std::optional<std::uint16_t> status(std::string_view text)
{
    return readHttpStatus(std::as_bytes(std::span(text)));
}

} // namespace

class TestHttpMark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestLineGivesTheTargetAsOnTheWire()
    {
        QCOMPARE(request("GET /a/b?c=%20d HTTP/1.1\r\nHost: x\r\n\r\n")->targetHash, hashText("/a/b?c=%20d"));
        QCOMPARE(request("POST http://x/y HTTP/1.0\r\n\r\n")->targetHash, hashText("http://x/y"));
        QCOMPARE(request("OPTIONS * HTTP/1.1\n\n")->targetHash, hashText("*"));
        QCOMPARE(request("PROPFIND /dav HTTP/1.1\r\n")->targetHash, hashText("/dav"));
        QCOMPARE(request("GET /a b HTTP/1.1\r\n")->targetHash, hashText("/a b"));
    }

    void requestIdIsFoundInAnyCase()
    {
        for (const char* name : {"X-Request-ID", "x-request-id", "X-REQUEST-Id"}) {
            const auto head =
                request(std::string("GET / HTTP/1.1\r\nHost: x\r\n") + name + ":  4711abc \r\nA: b\r\n\r\n");
            QCOMPARE(head->requestIdHash, hashText("4711abc"));
        }
        QCOMPARE(request("GET / HTTP/1.1\r\nX-Request-ID-2: 1\r\n\r\n")->requestIdHash, 0U);
        QCOMPARE(request("GET / HTTP/1.1\r\n\r\nX-Request-ID: body\r\n")->requestIdHash, 0U);
    }

    void cutOffValueIsNotTaken() { QCOMPARE(request("GET / HTTP/1.1\r\nX-Request-ID: 4711")->requestIdHash, 0U); }

    void cutOffLineIsARequestWithoutTarget()
    {
        QCOMPARE(request("GET /very/long")->targetHash, 0U);
        QVERIFY(!request("FOO /very/long"));
        QVERIFY(!request("GET "));
    }

    void otherPayloadsAreNoRequests()
    {
        for (const char* text : {"", "G", "get / HTTP/1.1\r\n", "\x16\x03\x01", "HTTP/1.1 200 OK\r\n", "GET\r\n",
                 "GET / SPDY/3\r\n", "GET  HTTP/1.1\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "A / HTTP/1.1\r\n"})
            QVERIFY2(!request(text), text);
    }

    void statusLineGivesTheStatus()
    {
        QCOMPARE(status("HTTP/1.1 502 Bad Gateway\r\n"), std::uint16_t{502});
        QCOMPARE(status("HTTP/1.0 200\r\n"), std::uint16_t{200});
        for (const char* text : {"", "HTTP/1.1 20", "HTTP/2 200", "HTTP/1.1 abc", "HTTP/1.1 099 x", "GET / HTTP/1.1"})
            QVERIFY2(!status(text), text);
    }

    void requestsOfAConnectionAreMarkedWithTheirResponses()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").handshake();
        builder.at(1s).clientData("GET /first HTTP/1.1\r\nX-Request-ID: a\r\n\r\n");
        builder.at(2s).serverData("HTTP/1.1 200 OK\r\n\r\n");
        builder.at(3s).clientData("POST /second HTTP/1.1\r\nExpect: 100-continue\r\n\r\n");
        builder.at(4s).serverData("HTTP/1.1 100 Continue\r\n\r\n").clientData("body");
        builder.at(5s).serverData("HTTP/1.1 502 Bad Gateway\r\n\r\n");
        builder.at(6s).clientData("GET /third HTTP/1.1\r\n\r\n").serverReset();
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(capture->requests.size(), 3U);
        QCOMPARE(capture->requests[0].targetHash, hashText("/first"));
        QCOMPARE(capture->requests[0].requestIdHash, hashText("a"));
        QCOMPARE(capture->requests[0].packet, 4U);
        QCOMPARE(capture->requests[0].responseStatus, std::uint16_t{200});
        QCOMPARE(capture->requests[0].responseTime - capture->requests[0].time, Duration{1s});
        QCOMPARE(capture->requests[1].responseStatus, std::uint16_t{502});
        QCOMPARE(capture->requests[1].responseTime - capture->requests[1].time, Duration{2s});
        QCOMPARE(capture->requests[2].responseStatus, std::uint16_t{0});
    }

    void retransmittedRequestIsMarkedOnce()
    {
        constexpr std::uint8_t ackFlag = 0x10;
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").initialNumbers(100, 500).handshake();
        builder.clientData("GET / HTTP/1.1\r\n\r\n").wait(300ms);
        builder.segment(
            {.flags = ackFlag, .sequence = 101, .acknowledgment = 501, .payload = "GET / HTTP/1.1\r\n\r\n"});
        QCOMPARE(captureOf(builder.pcap())->requests.size(), 1U);
    }

    void requestsOfTheServerSideAreNotMarked()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").handshake().serverData("GET / HTTP/1.1\r\n\r\n");
        QCOMPARE(captureOf(builder.pcap())->requests.size(), 0U);
    }

    void snapLengthLeavesTheMarkWithoutTarget()
    {
        CaptureBuilder builder;
        builder.connection("10.0.0.1:40000", "10.0.0.2:80").snapLength(72).handshake();
        builder.clientData("GET /cut/off/here HTTP/1.1\r\n\r\n");
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(capture->requests.size(), 1U);
        QCOMPARE(capture->requests.front().targetHash, 0U);
    }
};

QTEST_APPLESS_MAIN(TestHttpMark)
#include "tst_httpmark.moc"
