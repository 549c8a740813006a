// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/timeticks.h"

#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint t0{1'795'408'183s}; // 2026-11-23 04:29:43 UTC

} // namespace

class TestTimeTicks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ticksStandAtRoundInstants_data();
    void ticksStandAtRoundInstants();
    void theFirstLabelAndMidnightCarryTheDate();
    void anEmptyRangeHasNone();
};

void TestTimeTicks::ticksStandAtRoundInstants_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<qint64>("step");
    QTest::newRow("microseconds") << qint64{10'000} << qint64{2'000};
    QTest::newRow("a second") << qint64{1'000'000'000} << qint64{200'000'000};
    QTest::newRow("half a minute") << qint64{32'000'000'000} << qint64{5'000'000'000};
    QTest::newRow("an hour") << qint64{3'600'000'000'000} << qint64{600'000'000'000};
    QTest::newRow("a month") << qint64{2'592'000'000'000'000} << qint64{345'600'000'000'000};
}

void TestTimeTicks::ticksStandAtRoundInstants()
{
    QFETCH(const qint64, nanoseconds);
    QFETCH(const qint64, step);
    const auto ticks = timeTicks({t0, t0 + Duration{nanoseconds}}, 8);
    QCOMPARE_GE(ticks.size(), 4u);
    QCOMPARE_LE(ticks.size(), 9u);
    for (const auto& tick : ticks)
        QCOMPARE(tick.time.time_since_epoch().count() % step, 0);
}

void TestTimeTicks::theFirstLabelAndMidnightCarryTheDate()
{
    const TimePoint midnight{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};
    const auto ticks = timeTicks({midnight - 2min, midnight + 2min}, 5);
    QCOMPARE(ticks.front().label, QStringLiteral("23:58\n2026-11-23"));
    QCOMPARE(ticks[1].label, QStringLiteral("23:59"));
    QCOMPARE(ticks[2].label, QStringLiteral("00:00\n2026-11-24"));
}

void TestTimeTicks::anEmptyRangeHasNone()
{
    QVERIFY(timeTicks({t0, t0}, 8).empty());
    QVERIFY(timeTicks({t0, t0 + 1s}, 0).empty());
}

QTEST_APPLESS_MAIN(TestTimeTicks)

#include "tst_timeticks.moc"
