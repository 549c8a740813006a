// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/capture/readcapture.h"
#include "tests/support/capturebuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

CaptureBuilder connection()
{
    CaptureBuilder builder;
    builder.connection("10.0.0.1:40000", "10.0.0.2:80").hopLimits(64, 63);
    return builder;
}

/// An unrelated packet that keeps the capture open until \a end.
CaptureBuilder& openUntil(CaptureBuilder& builder, Duration end)
{
    return builder.at(end).frame(std::string(60, '\0'));
}

/// Outcome, with a question mark where the capture ended too early.
std::string outcomeOf(const ConnectionAttempt& attempt)
{
    return std::string(toString(attempt.outcome)) + (attempt.isEndCutOff ? "?" : "");
}

std::string outcomeOf(const CaptureBuilder& builder)
{
    return outcomeOf(onlyAttempt(*captureOf(builder.pcap())));
}

constexpr std::uint8_t ackFlag = 0x10;
constexpr std::uint8_t synFlag = 0x02;
constexpr std::uint8_t rstFlag = 0x04;

} // namespace

/// The conditions are those of tcp-handshakes 1.5.
class TestOutcomes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void completedWhereTheServerGoesOn()
    {
        auto builder = connection();
        builder.handshake().clientData("GET / HTTP/1.1\r\n\r\n").wait(1ms).serverAck();
        const auto capture = captureOf(builder.pcap());
        QCOMPARE(outcomeOf(onlyAttempt(*capture)), "completed");
        using enum HandshakeStep;
        QCOMPARE(stepsOf(*capture, onlyAttempt(*capture)), (std::vector{Syn, SynAck, Ack, FirstClientData}));
        QVERIFY(onlyAttempt(*capture).isEstablished);
    }

    void completedIsCertainOnlyAfterAQuietSecond()
    {
        auto builder = connection();
        builder.handshake();
        QCOMPARE(outcomeOf(builder), "completed?");
        QCOMPARE(outcomeOf(openUntil(builder, 2s)), "completed");
    }

    void completedByDataWhereTheFirstAckCarriesSome()
    {
        auto builder = connection();
        builder.syn().wait(1ms).synAck().wait(1ms).clientData("x").wait(1ms).serverAck();
        QCOMPARE(outcomeOf(builder), "completed_by_data");
    }

    void acksOfOtherNumbersCompleteNothing()
    {
        auto builder = connection();
        builder.initialNumbers(100, 500).syn().wait(1ms).synAck().wait(1ms);
        builder.segment({.flags = ackFlag, .sequence = 101, .acknowledgment = 999'999}).wait(1ms);
        builder.segment({.flags = ackFlag, .sequence = 7'000'000, .acknowledgment = 501});
        builder.repeatSynAck({1s, 3s});
        QCOMPARE(outcomeOf(openUntil(builder, 20s)), "syn_ack_unacknowledged");
    }

    void synUnansweredNeedsAQuietRung()
    {
        auto builder = connection();
        builder.syn().repeatSyn({1020ms, 3060ms});
        QCOMPARE(outcomeOf(builder), "syn_unanswered?");
        openUntil(builder, 6s);
        QCOMPARE(outcomeOf(builder), "syn_unanswered?");
        openUntil(builder, 8s);
        QCOMPARE(outcomeOf(builder), "syn_unanswered");
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QCOMPARE(int{attempt.synRetransmissions}, 2);
        QVERIFY(attempt.lost == PlaceOfLoss::BeyondCapturePoint);
        QVERIFY(isFailure(attempt));
    }

    void oneSynAtTheEndTellsNothing()
    {
        auto builder = connection();
        builder.syn();
        QCOMPARE(outcomeOf(builder), "indeterminate");
        QCOMPARE(outcomeOf(openUntil(builder, 1s)), "indeterminate");
        QCOMPARE(outcomeOf(openUntil(builder, 3s)), "syn_unanswered");
    }

    void synAckAtTheEndTellsNothing()
    {
        auto builder = connection();
        builder.syn().wait(1ms).synAck();
        QCOMPARE(outcomeOf(builder), "indeterminate");
        QCOMPARE(outcomeOf(openUntil(builder, 3s)), "syn_ack_unacknowledged");
    }

    void initiatorThatStoppedRepeatingHasGivenUp()
    {
        // The responder's ladder goes on; it is the initiator's that counts.
        auto builder = connection();
        builder.syn().wait(1ms).synAck().repeatSyn({1s, 3s}).repeatSynAck({1s, 3s, 7s});
        QCOMPARE(outcomeOf(openUntil(builder, 8s)), "syn_ack_unacknowledged");
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QVERIFY(attempt.lost == PlaceOfLoss::InsideClientHost);
    }

    void silentInitiatorMayStillCome()
    {
        auto builder = connection();
        builder.syn().wait(1ms).synAck().repeatSynAck({1s, 3s, 7s});
        QCOMPARE(outcomeOf(openUntil(builder, 9s)), "syn_ack_unacknowledged?");
        QCOMPARE(outcomeOf(openUntil(builder, 30s)), "syn_ack_unacknowledged");
    }

    void newServerNumberIsAReissue()
    {
        auto builder = connection();
        builder.syn().wait(1ms).synAck().repeatSynAck({1s, 3s}).repeatSyn({1s, 3s, 7s});
        builder.wait(1ms).newServerNumber(777).synAck().repeatSynAck({1s});
        const auto capture = captureOf(openUntil(builder, 60s).pcap());
        const auto attempt = onlyAttempt(*capture);
        QCOMPARE(outcomeOf(attempt), "syn_ack_unacknowledged");
        QCOMPARE(int{attempt.synAckReissues}, 1);
        QCOMPARE(int{attempt.synAckRetransmissions}, 3);
        QCOMPARE(std::ranges::count(stepsOf(*capture, attempt), HandshakeStep::SynAckReissue), 1);
    }

    void ackIgnoredWhereTheSynAckComesAgainAfterIt()
    {
        auto builder = connection();
        builder.handshake().clientData("GET / HTTP/1.1\r\n\r\n").repeatSynAck({1s, 3s, 7s});
        const auto attempt = onlyAttempt(*captureOf(openUntil(builder, 30s).pcap()));
        QCOMPARE(outcomeOf(attempt), "ack_ignored");
        QCOMPARE(int{attempt.synAckAfterAck}, 3);
        QVERIFY(isFailure(attempt));
    }

    void synAckThatCrossedTheAckIgnoresNothing()
    {
        auto builder = connection();
        builder.syn().wait(100ms).synAck().wait(900ms).ack().wait(50ms).synAck();
        QCOMPARE(outcomeOf(openUntil(builder, 10s)), "completed");
    }

    void ignoredAckThatIsTakenLaterCompletes()
    {
        auto builder = connection();
        builder.handshake().clientData("x").repeatSynAck({1s}).wait(1ms).serverAck();
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QCOMPARE(outcomeOf(attempt), "completed");
        QCOMPARE(int{attempt.synAckAfterAck}, 1);
    }

    void refusedByResetForTheSyn()
    {
        auto builder = connection();
        builder.syn().wait(50us).refuse();
        QCOMPARE(outcomeOf(builder), "refused");
        // Windows tries twice more, half a second apart.
        builder.repeatSyn({500ms}).wait(50us).refuse().repeatSyn({1s}).wait(50us).refuse();
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QCOMPARE(outcomeOf(attempt), "refused");
        QCOMPARE(int{attempt.synRetransmissions}, 2);
    }

    void rejectedByIcmpErrorThatQuotesTheSyn()
    {
        auto builder = connection();
        builder.syn().wait(50us).icmpError(3, 13, "10.0.0.254");
        QCOMPARE(outcomeOf(builder), "icmp_rejected?");
        const auto capture = captureOf(openUntil(builder, 5s).pcap());
        QCOMPARE(outcomeOf(onlyAttempt(*capture)), "icmp_rejected");
        QCOMPARE(capture->counts.icmpErrors, 1U);
        QCOMPARE(capture->counts.tcpPackets, 1U);
        QCOMPARE(capture->packets.row(1).attempt, 0U);
    }

    void icmpErrorAboutSizeRejectsNothing()
    {
        auto builder = connection();
        builder.syn().wait(50us).icmpError(3, 4, "10.0.0.254");
        QCOMPARE(outcomeOf(openUntil(builder, 5s)), "syn_unanswered");
    }

    void resetByInitiatorAfterTheSynAck()
    {
        auto builder = connection();
        builder.syn().wait(1ms).synAck().wait(1ms).clientReset();
        QCOMPARE(outcomeOf(builder), "reset_by_initiator");
    }

    void resetByInitiatorForAnUnacceptableSynAck()
    {
        auto builder = connection();
        builder.initialNumbers(100, 500).syn().wait(1ms);
        builder.segment({.isFromClient = false, .flags = synFlag | ackFlag, .sequence = 9, .acknowledgment = 4711});
        builder.wait(1ms).segment({.flags = rstFlag, .sequence = 4711});
        QCOMPARE(outcomeOf(builder), "reset_by_initiator");
    }

    void resetAfterAckBeforeAnyData()
    {
        auto builder = connection();
        builder.handshake().serverReset();
        QCOMPARE(outcomeOf(builder), "reset_after_ack");
    }

    void resetLaterBelongsToTheConnection()
    {
        auto builder = connection();
        builder.handshake().clientData("x").wait(1ms).serverAck().wait(1ms).serverReset();
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QCOMPARE(outcomeOf(attempt), "completed");
        QVERIFY(attempt.hasServerReset);
    }

    void challengeAckThenResetThenCompletion()
    {
        auto builder = connection();
        builder.initialNumbers(100, 500).syn().wait(50us);
        builder.segment({.isFromClient = false, .flags = ackFlag, .sequence = 7, .acknowledgment = 4711}).wait(20us);
        builder.segment({.flags = rstFlag, .sequence = 4711}).repeatSyn({26ms});
        builder.wait(50us).synAck().wait(50us).ack().wait(1ms).serverData("x");
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QCOMPARE(outcomeOf(attempt), "challenge_ack");
        QVERIFY(attempt.isEstablished);
        QVERIFY(!attempt.hasClientReset);
        QVERIFY(!isFailure(attempt));
    }

    void challengeAckThatIsNotAnsweredIsNoConnection()
    {
        auto builder = connection();
        builder.initialNumbers(100, 500);
        for (const Duration offset : {0s, 1s, 3s}) {
            builder.at(offset).syn().wait(50us);
            builder.segment({.isFromClient = false, .flags = ackFlag, .sequence = 7, .acknowledgment = 4711});
        }
        const auto attempt = onlyAttempt(*captureOf(openUntil(builder, 20s).pcap()));
        QCOMPARE(outcomeOf(attempt), "syn_ack_unacknowledged");
        QVERIFY(isFailure(attempt));
    }

    void synsThatCrossOpenOneConnection()
    {
        auto builder = connection();
        builder.initialNumbers(100, 500).syn().wait(1ms);
        builder.segment({.isFromClient = false, .flags = synFlag, .sequence = 500}).wait(1ms);
        builder.segment({.flags = synFlag | ackFlag, .sequence = 100, .acknowledgment = 501}).wait(1ms).synAck();
        builder.wait(1ms).ack();
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QCOMPARE(outcomeOf(attempt), "simultaneous_open");
        QCOMPARE(int{attempt.synRetransmissions}, 0);
        QCOMPARE(int{attempt.synAckRetransmissions}, 0);
    }

    void newNumberOnOldPortsIsANewAttempt()
    {
        auto builder = connection();
        builder.handshake().serverFin().clientFin().wait(1s).initialNumbers(90'000, 80'000).handshake();
        const auto capture = captureOf(openUntil(builder, 5s).pcap());
        QCOMPARE(capture->attempts.size(), 2U);
        QVERIFY(!capture->attempts[0].reusesPort);
        QVERIFY(capture->attempts[1].reusesPort);
        QCOMPARE(outcomeOf(capture->attempts[1]), "completed");
        QCOMPARE(capture->counts.synRetransmissions, 0U);
    }

    void synAckBeforeItsSynInTheFileIsTheSame()
    {
        auto builder = connection();
        builder.at(10ms).syn().at(9ms).synAck().at(11ms).ack().wait(1ms).serverData("x");
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QCOMPARE(outcomeOf(attempt), "completed");
        QCOMPARE(int{attempt.synRetransmissions}, 0);
    }

    void fastOpenIsAcceptedIgnoredOrFallenBackFrom()
    {
        auto accepted = connection();
        accepted.initialNumbers(100, 500).syn("12345").wait(1ms);
        accepted.segment({.isFromClient = false, .flags = synFlag | ackFlag, .sequence = 500, .acknowledgment = 106});
        accepted.wait(1ms)
            .segment({.flags = ackFlag, .sequence = 106, .acknowledgment = 501})
            .wait(1ms)
            .serverData("x");
        QCOMPARE(outcomeOf(accepted), "completed");

        auto ignored = connection();
        ignored.syn("12345").wait(1ms).synAck().wait(1ms).clientData("12345").wait(1ms).serverAck();
        const auto attempt = onlyAttempt(*captureOf(ignored.pcap()));
        QCOMPARE(outcomeOf(attempt), "completed_by_data");
        QCOMPARE(attempt.dataRetransmissions, 0U);

        auto fallback = connection();
        fallback.syn("12345").repeatSyn({1s}).wait(1ms).synAck().wait(1ms).ack().wait(1ms).serverData("x");
        QCOMPARE(int{onlyAttempt(*captureOf(fallback.pcap())).synRetransmissions}, 1);
    }

    void retransmittedDataIsCountedAndKeepAlivesAreNot()
    {
        auto builder = connection();
        builder.initialNumbers(100, 500).handshake().clientData("hello").wait(300ms);
        builder.segment({.flags = ackFlag, .sequence = 101, .acknowledgment = 501, .payload = "hello"}).wait(30s);
        builder.segment({.flags = ackFlag, .sequence = 105, .acknowledgment = 501, .payload = "o"});
        const auto attempt = onlyAttempt(*captureOf(builder.pcap()));
        QCOMPARE(attempt.dataRetransmissions, 1U);
        QCOMPARE(attempt.clientBytes, 11U);
    }

    void attemptsAreInTheOrderOfTheirStart()
    {
        CaptureFile file = connection().at(5s).handshake().file();
        const CaptureFile earlier = connection().initialNumbers(7, 8).at(1s).handshake().file();
        file.records.insert(file.records.end(), earlier.records.begin(), earlier.records.end());
        const auto capture = captureOf(file.pcap());
        QCOMPARE(capture->attempts.size(), 2U);
        QCOMPARE(capture->attempts[0].clientInitialSequenceNumber, 7U);
        QCOMPARE(capture->attempts[0].firstPacket, 4U);
        QCOMPARE(capture->diagnostics.count(DiagnosticCode::CaptureTimeStepsBackwards), 1U);
        QVERIFY(std::ranges::is_sorted(capture->attempts, {}, &ConnectionAttempt::start));
        for (std::size_t i = 0; i < capture->packets.size(); ++i) {
            const auto& attempt = capture->attempts[capture->packets.attempt(i)];
            QVERIFY(attempt.start <= capture->packets.time(i) && capture->packets.time(i) <= attempt.end);
        }
    }
};

QTEST_APPLESS_MAIN(TestOutcomes)
#include "tst_outcomes.moc"
