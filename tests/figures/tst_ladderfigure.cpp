// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/ladderfigure.h"
#include "tests/support/testtime.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <algorithm>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

/// A capture with one attempt made of these steps.
IncidentSnapshot snapshotWith(std::vector<HandshakeEvent> events, HandshakeOutcome outcome)
{
    auto capture = std::make_shared<Capture>();
    capture->evidence = EvidenceId{0};
    ConnectionAttempt attempt;
    attempt.client = *Endpoint::parse("192.0.2.11:30256");
    attempt.server = *Endpoint::parse("192.0.2.21:8080");
    attempt.start = events.front().time;
    attempt.end = events.back().time;
    attempt.eventCount = static_cast<std::uint32_t>(events.size());
    attempt.outcome = outcome;
    capture->attempts.push_back(attempt);
    capture->events = std::move(events);
    auto evidence = std::make_shared<Evidence>();
    evidence->id = EvidenceId{0};
    evidence->kind = EvidenceKind::Capture;
    evidence->capture = std::move(capture);
    IncidentSnapshot snapshot;
    snapshot.evidence.push_back(std::move(evidence));
    return snapshot;
}

HandshakeEvent at(Duration offset, std::uint32_t packet, HandshakeStep step)
{
    const bool isFromClient =
        step == HandshakeStep::Syn || step == HandshakeStep::SynRetransmission || step == HandshakeStep::Ack;
    return {test::testStart() + offset, packet, step, isFromClient};
}

constexpr ObjectRef onlyConnection{ObjectKind::Connection, EvidenceId{0}, 0};

bool hasGhost(const LadderFigure& figure, const QString& part)
{
    return std::ranges::any_of(figure.rows(), [&](const auto& row) { return row.isGhost && row.label.contains(part); });
}

} // namespace

class TestLadderFigure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheMissingAckAsAGhost();
    void showsAMissingRungOfTheSchedule();
    void saysWhenConnectGivesUp();
    void aCompletedHandshakeHasNoGhosts();
    void rowsAnswerWhereTheyArePainted();
    void anythingButAConnectionGivesAnEmptyFigure();
};

void TestLadderFigure::showsTheMissingAckAsAGhost()
{
    const auto snapshot = snapshotWith(
        {at(0s, 1, HandshakeStep::Syn), at(1ms, 2, HandshakeStep::SynAck), at(1s, 3, HandshakeStep::SynRetransmission)},
        HandshakeOutcome::SynAckUnacknowledged);
    QVERIFY(hasGhost(LadderFigure(snapshot, onlyConnection), QStringLiteral("ACK expected")));
}

void TestLadderFigure::showsAMissingRungOfTheSchedule()
{
    // 1, 3, 7 s by tcp_syn_retries without linear time-outs; the one at 3 s is not there
    const auto snapshot = snapshotWith({at(0s, 1, HandshakeStep::Syn), at(1010ms, 2, HandshakeStep::SynRetransmission),
                                           at(7080ms, 3, HandshakeStep::SynRetransmission)},
        HandshakeOutcome::SynUnanswered);
    const LadderFigure figure(snapshot, onlyConnection);
    QVERIFY(hasGhost(figure, QStringLiteral("SYN expected here")));
}

void TestLadderFigure::saysWhenConnectGivesUp()
{
    std::vector<HandshakeEvent> events{at(0s, 1, HandshakeStep::Syn)};
    for (std::uint32_t packet = 2; const auto offset : {1020ms, 3070ms, 7170ms, 15370ms})
        events.push_back(at(offset, packet++, HandshakeStep::SynRetransmission));
    const auto snapshot = snapshotWith(std::move(events), HandshakeOutcome::SynUnanswered);
    const LadderFigure figure(snapshot, onlyConnection);
    QVERIFY(hasGhost(figure, QStringLiteral("ETIMEDOUT after 31 s")));
    QCOMPARE(figure.rows().back().time, QStringLiteral("+31 s"));
    QVERIFY(!hasGhost(figure, QStringLiteral("SYN expected here")));
}

void TestLadderFigure::aCompletedHandshakeHasNoGhosts()
{
    const auto snapshot =
        snapshotWith({at(0s, 1, HandshakeStep::Syn), at(1ms, 2, HandshakeStep::SynAck), at(2ms, 3, HandshakeStep::Ack)},
            HandshakeOutcome::Completed);
    const LadderFigure figure(snapshot, onlyConnection);
    QCOMPARE(figure.rows().size(), 3u);
    QVERIFY(std::ranges::none_of(figure.rows(), &LadderFigure::Row::isGhost));
}

void TestLadderFigure::rowsAnswerWhereTheyArePainted()
{
    const auto snapshot =
        snapshotWith({at(0s, 1, HandshakeStep::Syn), at(1ms, 2, HandshakeStep::SynAck), at(2ms, 3, HandshakeStep::Ack)},
            HandshakeOutcome::Completed);
    const LadderFigure figure(snapshot, onlyConnection);
    const QFont font(QStringLiteral("DejaVu Sans"), 10);
    const QRectF area(0, 0, 400, figure.heightFor(400, font));
    QList<int> rows;
    for (double y = 0; y < area.height(); ++y) {
        const int row = figure.rowAt({200, y}, area, font);
        if (row >= 0 && !rows.contains(row))
            rows.append(row);
    }
    QCOMPARE(rows, QList<int>({0, 1, 2}));
}

void TestLadderFigure::anythingButAConnectionGivesAnEmptyFigure()
{
    const IncidentSnapshot snapshot;
    QVERIFY(LadderFigure(snapshot, onlyConnection).isEmpty());
    QVERIFY(LadderFigure(snapshot, {}).isEmpty());
}

QTEST_MAIN(TestLadderFigure)

#include "tst_ladderfigure.moc"
