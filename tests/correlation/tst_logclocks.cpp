// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/correlation/incidents.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

const std::vector<BuiltFailure> failures{{3s, 30100}, {9s + 137ms, 30200}, {20s + 444ms, 30300}, {33s, 30400}};

Duration milliseconds(qint64 count)
{
    return std::chrono::milliseconds{count};
}

} // namespace

class TestLogClocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theOffsetIsFoundAndLinksStay_data();
    void theOffsetIsFoundAndLinksStay();
    void aClockWithoutOffsetIsLeftAlone();
    void whatTheUserTypedWins();
    void tooLittleEvidenceIsNoEstimate();
    void withoutACaptureTheMostPreciseLogIsTheReference();
};

/// Shifting every time of the log by X changes the offset by X, and no link.
void TestLogClocks::theOffsetIsFoundAndLinksStay_data()
{
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("resolution");
    QTest::addColumn<bool>("hasText");
    QTest::addColumn<bool>("hasIds");
    for (const qint64 offset : {0LL, 7'300LL, -45'250LL, 28'800'000LL, -19'799'500LL, 50'400'007LL}) {
        for (const qint64 resolution : {1LL, 1000LL}) {
            QTest::addRow("ids, %lld ms off by %lld ms", resolution, offset) << offset << resolution << true << true;
            QTest::addRow("targets, %lld ms off by %lld ms", resolution, offset)
                << offset << resolution << true << false;
            QTest::addRow("times, %lld ms off by %lld ms", resolution, offset)
                << offset << resolution << false << false;
        }
    }
}

void TestLogClocks::theOffsetIsFoundAndLinksStay()
{
    QFETCH(qint64, offset);
    QFETCH(qint64, resolution);
    QFETCH(bool, hasText);
    QFETCH(bool, hasIds);
    const BuiltIncident incident{{.logOffset = milliseconds(offset),
                                     .logResolution = milliseconds(resolution),
                                     .hasText = hasText,
                                     .hasIds = hasIds},
        failures};
    const auto correlation = incident.correlated();
    QCOMPARE(correlation.estimates.size(), std::size_t{1});
    const auto& estimate = correlation.estimates.front();
    QVERIFY(estimate.evidence == logId && estimate.against == captureId);
    QCOMPARE(correlation.links.size(), failures.size());
    const bool isCoarse = resolution == 1000 && !hasText;
    if (isCoarse && !estimate.isReliable) {
        // whole seconds and nothing to read: allowed not to know, not to be wrong
        for (std::size_t i = 0; i < failures.size(); ++i)
            QVERIFY(
                incident.linkedPort(correlation, i) == 0 || incident.linkedPort(correlation, i) == failures[i].port);
        return;
    }
    QVERIFY(estimate.isReliable);
    QVERIFY2(abs(estimate.offset - milliseconds(offset)) <= estimate.uncertainty + 1ms,
        qPrintable(QString::number(estimate.offset.count())));
    QVERIFY(estimate.uncertainty <= (resolution == 1 ? 5ms : 300ms));
    for (std::size_t i = 0; i < failures.size(); ++i)
        QCOMPARE(incident.linkedPort(correlation, i), failures[i].port);
}

void TestLogClocks::aClockWithoutOffsetIsLeftAlone()
{
    const BuiltIncident incident{{}, failures};
    const auto correlation = incident.correlated();
    QCOMPARE(correlation.clocks.offsetOf(logId).offset, Duration{0});
    QVERIFY(correlation.clocks.offsetOf(captureId).origin == ClockOffsetOrigin::Reference);
}

void TestLogClocks::whatTheUserTypedWins()
{
    const BuiltIncident incident{{.logOffset = 2s, .hasIds = false}, failures};
    const auto correlation = incident.correlated({{logId, 0s}});
    QVERIFY(correlation.clocks.offsetOf(logId).origin == ClockOffsetOrigin::Typed);
    QCOMPARE(correlation.clocks.offsetOf(logId).offset, Duration{0});
    // the data still says what it says
    QVERIFY(abs(correlation.estimates.front().offset - 2s) < 5ms);
}

void TestLogClocks::tooLittleEvidenceIsNoEstimate()
{
    BuiltCapture captured{captureId};
    captured.add(BuiltConnection{.client = proxyEnd(40000), .server = pods[0], .at = 1s});
    captured.add(BuiltConnection{.client = proxyEnd(40001), .server = pods[0], .at = 4s});
    BuiltLog logged{logId, 1ms, 10s};
    logged.add(BuiltRequest{.at = 1s, .attempts = {{.upstream = pods[0]}}, .target = "/a"});
    logged.add(BuiltRequest{.at = 4s, .attempts = {{.upstream = pods[0]}}, .target = "/b"});
    const auto correlation =
        test::correlated({.captures = {captured.build()}, .logs = {logged.build()}, .typedOffsets = {}});
    QVERIFY(correlation.estimates.empty() || !correlation.estimates.front().isReliable);
    QCOMPARE(correlation.clocks.offsetOf(logId).offset, Duration{0});
}

void TestLogClocks::withoutACaptureTheMostPreciseLogIsTheReference()
{
    BuiltLog text{EvidenceId{0}, 1s, 3h};
    BuiltLog json{EvidenceId{1}, 1ms};
    for (int i = 0; i < 30; ++i) {
        const BuiltRequest request{.at = i * 310ms,
            .attempts = {{.upstream = pods[0]}},
            .target = "/a",
            .requestId = "id" + std::to_string(i)};
        text.add(request);
        json.add(request);
    }
    const auto correlation =
        test::correlated({.captures = {}, .logs = {text.build(), json.build()}, .typedOffsets = {}});
    QVERIFY(correlation.clocks.offsetOf(EvidenceId{1}).origin == ClockOffsetOrigin::Reference);
    QVERIFY(abs(correlation.clocks.offsetOf(EvidenceId{0}).offset - 3h) < 50ms);
    QCOMPARE(correlation.statistics.requests, 30u);
}

QTEST_GUILESS_MAIN(TestLogClocks)
#include "tst_logclocks.moc"
