// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

const char* const request = "GET / HTTP/1.1\r\n\r\n";
const char* const response = "HTTP/1.1 200 OK\r\n\r\n";

/// A connection that was used once and then idle for a minute.
CaptureBuilder idle()
{
    CaptureBuilder builder;
    builder.connection("10.0.0.1:40000", "10.0.0.2:80").handshake();
    builder.wait(1ms).clientData(request).wait(1ms).serverData(response).wait(60s);
    return builder;
}

} // namespace

class TestConnectionProgress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestThatTheFinDoesNotAcknowledgeCrossedIt()
    {
        // The client's capture: its request is on the way when the FIN, sent earlier, arrives.
        CaptureBuilder builder = idle();
        builder.serverFin(); // acknowledges what came before
        const std::string atServer = builder.wait(1ms).clientData(request).wait(1ms).serverReset().pcap();
        const ConnectionAttempt attempt = onlyAttempt(*captureOf(atServer));
        QVERIFY(attempt.closeRace == CloseRace::FinCrossedRequest);
        QCOMPARE_GE(attempt.pauseBeforeRequest, Duration{60s});
        QCOMPARE(attempt.longestPause, attempt.pauseBeforeRequest);
    }

    void closeAfterTheResponseIsNoRace()
    {
        const ConnectionAttempt attempt = onlyAttempt(*captureOf(idle().serverFin().clientFin().pcap()));
        QVERIFY(attempt.closeRace == CloseRace::None);
        QCOMPARE(attempt.longestPause, Duration{1ms});
    }

    void closeInsteadOfAResponseIsNoRace()
    {
        CaptureBuilder builder = idle();
        builder.clientData(request).wait(1ms).serverAck().serverFin();
        QVERIFY(onlyAttempt(*captureOf(builder.pcap())).closeRace == CloseRace::None);
    }

    void tlsFarewellIsNoRequest()
    {
        CaptureBuilder builder = idle();
        builder.serverFin().wait(1ms).clientData(std::string_view("\x15\x03\x03\0\x02\x01\0", 7)).serverReset();
        QVERIFY(onlyAttempt(*captureOf(builder.pcap())).closeRace == CloseRace::None);
    }

    void segmentThatIsNeverAcknowledgedIsLost()
    {
        CaptureBuilder builder = idle();
        builder.clientData(request).wait(1ms);
        const std::string large(1400, 'x');
        builder.serverData(large);
        for (const Duration gap : {200ms, 400ms, 800ms})
            builder.seenAgain(gap);
        const ConnectionAttempt attempt = onlyAttempt(*captureOf(builder.withoutIdentification().pcap()));
        QCOMPARE(attempt.dataRetransmissions, 3U);
        QCOMPARE(attempt.lostSegmentLength, 1400U);
        QVERIFY(attempt.isLostSegmentOfServer);
    }

    void countsOfDataGiveARate()
    {
        CaptureBuilder builder = idle();
        builder.clientData(request).seenAgain(300ms);
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(capture->counts.dataSegments, 4U);
        QCOMPARE(capture->counts.dataRetransmissions, 1U);
    }
};

QTEST_APPLESS_MAIN(TestConnectionProgress)
#include "tst_connectionprogress.moc"
