// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/clockgraph.h"

#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

constexpr EvidenceId capture{0};
constexpr EvidenceId accessLog{1};
constexpr EvidenceId errorLog{2};

ClockEstimate compared(EvidenceId evidence, EvidenceId against, Duration offset, Duration uncertainty)
{
    return {.evidence = evidence,
        .against = against,
        .offset = offset,
        .uncertainty = uncertainty,
        .pairs = 10,
        .isReliable = true};
}

ClockGraph usualGraph()
{
    ClockGraph graph{{capture, accessLog, errorLog}, capture};
    graph.add(compared(accessLog, capture, 7300ms, 2ms));
    graph.add(compared(errorLog, accessLog, 8h, 1ms));
    return graph;
}

} // namespace

class TestClockGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLogFollowsTheLogItWasComparedWith();
    void comparisonsAreFollowedBackwardsToo();
    void anOffsetInsideItsUncertaintyIsNotApplied();
    void anUnreliableComparisonIsReportedAndNotApplied();
    void whatTheUserTypedWinsAndIsFollowed();
    void evidenceNobodyComparedIsTakenAsItIs();
};

void TestClockGraph::aLogFollowsTheLogItWasComparedWith()
{
    const auto estimates = usualGraph().estimates();
    QCOMPARE(estimates.size(), std::size_t{2});
    QVERIFY(estimates[1].evidence == errorLog && estimates[1].against == capture);
    QCOMPARE(estimates[1].offset, Duration{8h + 7300ms});
    QCOMPARE(estimates[1].uncertainty, Duration{3ms});
    const auto clocks = usualGraph().alignment({});
    QCOMPARE(clocks.offsetOf(errorLog).offset, Duration{8h + 7300ms});
    QVERIFY(clocks.offsetOf(errorLog).origin == ClockOffsetOrigin::Estimated);
    QVERIFY(clocks.offsetOf(capture).origin == ClockOffsetOrigin::Reference);
}

void TestClockGraph::comparisonsAreFollowedBackwardsToo()
{
    ClockGraph graph{{capture, accessLog}, capture};
    graph.add(compared(capture, accessLog, 3s, 1ms));
    QCOMPARE(graph.estimates().front().offset, Duration{-3s});
}

void TestClockGraph::anOffsetInsideItsUncertaintyIsNotApplied()
{
    ClockGraph graph{{capture, accessLog}, capture};
    graph.add(compared(accessLog, capture, -1ms, 2ms));
    const auto offset = graph.alignment({}).offsetOf(accessLog);
    QCOMPARE(offset.offset, Duration{0});
    QCOMPARE(offset.uncertainty, Duration{2ms});
    QVERIFY(offset.origin == ClockOffsetOrigin::Assumed);
    QVERIFY(graph.isKnown(accessLog, {}));
}

void TestClockGraph::anUnreliableComparisonIsReportedAndNotApplied()
{
    ClockGraph graph{{capture, accessLog}, capture};
    auto estimate = compared(accessLog, capture, 5s, 1ms);
    estimate.isReliable = false;
    graph.add(estimate);
    QCOMPARE(graph.estimates().size(), std::size_t{1});
    QVERIFY(!graph.estimates().front().isReliable);
    QCOMPARE(graph.alignment({}).offsetOf(accessLog).offset, Duration{0});
    QVERIFY(!graph.isKnown(accessLog, {}));
}

void TestClockGraph::whatTheUserTypedWinsAndIsFollowed()
{
    ClockGraph graph{{capture, accessLog, errorLog}, capture};
    graph.add(compared(errorLog, accessLog, 8h, 1ms));
    const std::map<EvidenceId, Duration> typed{{accessLog, -2s}};
    const auto clocks = graph.alignment(typed);
    QCOMPARE(clocks.offsetOf(accessLog).offset, Duration{-2s});
    QVERIFY(clocks.offsetOf(accessLog).origin == ClockOffsetOrigin::Typed);
    QCOMPARE(clocks.offsetOf(errorLog).offset, Duration{8h - 2s});
    QVERIFY(graph.isKnown(errorLog, typed));
}

void TestClockGraph::evidenceNobodyComparedIsTakenAsItIs()
{
    const ClockGraph graph{{capture, accessLog}, capture};
    QVERIFY(graph.estimates().empty());
    QCOMPARE(graph.alignment({}).offsetOf(accessLog).offset, Duration{0});
    QVERIFY(graph.alignment({}).offsetOf(accessLog).uncertainty > Duration{0});
}

QTEST_GUILESS_MAIN(TestClockGraph)
#include "tst_clockgraph.moc"
