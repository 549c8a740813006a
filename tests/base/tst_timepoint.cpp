// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/timepoint.h"

#include <QTest>

#include <concepts>

using namespace halfshake;
using namespace std::chrono_literals;

// an instant by an evidence's own clock must not slip in where one of the incident is meant
static_assert(!std::convertible_to<EvidenceTime, TimePoint>);
static_assert(!std::constructible_from<TimePoint, EvidenceTime>);
static_assert(!std::totally_ordered_with<TimePoint, EvidenceTime>);

class TestTimePoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRangeHasItsStartAndNotItsEnd();
    void aRangeThatEndsBeforeItStartsIsEmpty();
};

void TestTimePoint::aRangeHasItsStartAndNotItsEnd()
{
    const TimeRange range{TimePoint{10s}, TimePoint{20s}};
    QVERIFY(range.contains(TimePoint{10s}));
    QVERIFY(range.contains(TimePoint{20s - 1ns}));
    QVERIFY(!range.contains(TimePoint{20s}));
    QVERIFY(!range.contains(TimePoint{10s - 1ns}));
    QCOMPARE(range.duration().count(), Duration{10s}.count());
}

void TestTimePoint::aRangeThatEndsBeforeItStartsIsEmpty()
{
    QVERIFY(TimeRange{}.isEmpty());
    QVERIFY((TimeRange{TimePoint{2s}, TimePoint{1s}}.isEmpty()));
    QVERIFY(!(TimeRange{TimePoint{1s}, TimePoint{1s + 1ns}}.isEmpty()));
}

QTEST_APPLESS_MAIN(TestTimePoint)

#include "tst_timepoint.moc"
