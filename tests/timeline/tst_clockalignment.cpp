// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/timeline/clockalignment.h"

#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

constexpr EvidenceId capture{0};
constexpr EvidenceId accessLog{1};

} // namespace

class TestClockAlignment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void evidenceWithoutAnOffsetIsTakenAsItIs();
    void aClockThatIsAheadIsSetBack();
    void convertingThereAndBackGivesTheSameInstant();
    void aLaterOffsetReplacesTheEarlier();
    void instantsThatWouldNotFitStopAtTheEnds();
    void aClockThatWasSetIsFollowed();
    void anInstantReckonedFromAnotherMovesWithIt();
};

void TestClockAlignment::evidenceWithoutAnOffsetIsTakenAsItIs()
{
    const ClockAlignment alignment;
    QVERIFY(alignment.toIncident(capture, EvidenceTime{5s}) == TimePoint{5s});
    const auto offset = alignment.offsetOf(accessLog);
    QVERIFY(offset.evidence == accessLog);
    QVERIFY(offset.offset == 0ns && offset.uncertainty == 0ns);
    QVERIFY(offset.origin == ClockOffsetOrigin::Assumed);
}

void TestClockAlignment::aClockThatIsAheadIsSetBack()
{
    ClockAlignment alignment;
    alignment.set({.evidence = accessLog, .offset = 90s, .uncertainty = 5ms, .origin = ClockOffsetOrigin::Estimated});
    QVERIFY(alignment.toIncident(accessLog, EvidenceTime{100s}) == TimePoint{10s});
    QVERIFY(alignment.toEvidence(accessLog, TimePoint{10s}) == EvidenceTime{100s});
    QVERIFY(alignment.toIncident(capture, EvidenceTime{100s}) == TimePoint{100s});
    QVERIFY(alignment.offsetOf(accessLog).uncertainty == 5ms);
}

void TestClockAlignment::convertingThereAndBackGivesTheSameInstant()
{
    ClockAlignment alignment;
    for (const Duration offset : {Duration{-3h}, Duration{-1}, Duration{0}, Duration{1}, Duration{365 * 24h}}) {
        alignment.set({.evidence = accessLog, .offset = offset});
        const EvidenceTime time{1'795'408'183'438'389'001ns};
        QVERIFY(alignment.toEvidence(accessLog, alignment.toIncident(accessLog, time)) == time);
    }
}

void TestClockAlignment::aLaterOffsetReplacesTheEarlier()
{
    ClockAlignment alignment;
    alignment.set({.evidence = accessLog, .offset = 90s});
    alignment.set({.evidence = accessLog, .offset = -1s, .origin = ClockOffsetOrigin::Typed});
    QVERIFY(alignment.toIncident(accessLog, EvidenceTime{0s}) == TimePoint{1s});
    QVERIFY(alignment.offsetOf(accessLog).origin == ClockOffsetOrigin::Typed);
}

void TestClockAlignment::instantsThatWouldNotFitStopAtTheEnds()
{
    ClockAlignment alignment;
    alignment.set({.evidence = accessLog, .offset = 1h});
    alignment.set({.evidence = capture, .offset = -1h});
    QVERIFY(alignment.toIncident(accessLog, EvidenceTime::min()) == TimePoint::min());
    QVERIFY(alignment.toIncident(capture, EvidenceTime::max()) == TimePoint::max());
    QVERIFY(alignment.toEvidence(accessLog, TimePoint::max()) == EvidenceTime::max());
    QVERIFY(alignment.toEvidence(capture, TimePoint::min()) == EvidenceTime::min());
}

void TestClockAlignment::aClockThatWasSetIsFollowed()
{
    ClockAlignment alignment;
    // ahead by 2 s, drifting to 4 s, then set back to 1 s
    alignment.set({.evidence = accessLog,
        .offset = 2s,
        .knots = {{EvidenceTime{100s}, 2s}, {EvidenceTime{200s}, 4s}, {EvidenceTime{200s}, 1s}}});
    QVERIFY(alignment.toIncident(accessLog, EvidenceTime{50s}) == TimePoint{48s});
    QVERIFY(alignment.toIncident(accessLog, EvidenceTime{150s}) == TimePoint{147s});
    QVERIFY(alignment.toIncident(accessLog, EvidenceTime{200s}) == TimePoint{199s});
    QVERIFY(alignment.toIncident(accessLog, EvidenceTime{900s}) == TimePoint{899s});
    QVERIFY(alignment.toEvidence(accessLog, TimePoint{48s}) == EvidenceTime{50s});
    QVERIFY(alignment.toEvidence(accessLog, TimePoint{899s}) == EvidenceTime{900s});
}

void TestClockAlignment::anInstantReckonedFromAnotherMovesWithIt()
{
    ClockAlignment alignment;
    alignment.set({.evidence = accessLog, .knots = {{EvidenceTime{200s}, 4s}, {EvidenceTime{200s}, 1s}}});
    QVERIFY(alignment.toIncident(accessLog, EvidenceTime{180s}, EvidenceTime{210s}) == TimePoint{179s});
}

QTEST_APPLESS_MAIN(TestClockAlignment)

#include "tst_clockalignment.moc"
