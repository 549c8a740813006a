// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/clockprofile.h"
#include "tests/support/testtime.h"

#include <QTest>

#include <functional>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

/// One pair a second for ten minutes, of a clock that is ahead by \a ahead at each true moment.
std::vector<TimedInterval> pairsOf(const std::function<Duration(Duration)>& ahead, Duration resolution = 1ms)
{
    std::vector<TimedInterval> pairs;
    for (int second = 0; second < 600; ++second) {
        const Duration at = second * 1'000'300us;
        const auto stated = test::testStart() + at + ahead(at);
        const auto floored = stated - stated.time_since_epoch() % resolution;
        const auto lowest = Duration{floored - (test::testStart() + at)};
        pairs.push_back({floored, {lowest, lowest + resolution}});
    }
    return pairs;
}

Duration errorAt(const ClockProfile& profile, Duration at, Duration ahead)
{
    return std::chrono::abs(offsetAt(profile.knots, test::testStart() + at + ahead) - ahead);
}

} // namespace

class TestClockProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSteadyClockHasNoProfile();
    void aStepIsFoundWhereItIs();
    void aStepIsFoundInWholeSeconds();
    void driftIsFollowed();
    void aClockSetTwiceHasTwoSteps();
    void pairsByChanceAreNoStep();
    void fewPairsSayNothing();
};

void TestClockProfile::aSteadyClockHasNoProfile()
{
    QVERIFY(!profileClock(pairsOf([](Duration) { return 3s; })));
    QVERIFY(!profileClock(pairsOf([](Duration) { return 3s; }, 1s)));
}

void TestClockProfile::aStepIsFoundWhereItIs()
{
    const auto profile = profileClock(pairsOf([](Duration at) { return at < 333s ? Duration{20ms} : Duration{-3s}; }));
    QVERIFY(profile);
    QVERIFY(errorAt(*profile, 10s, 20ms) <= 2ms);
    QVERIFY(errorAt(*profile, 325s, 20ms) <= 2ms);
    QVERIFY(errorAt(*profile, 340s, -3s) <= 2ms);
    QVERIFY(errorAt(*profile, 590s, -3s) <= 2ms);
}

void TestClockProfile::aStepIsFoundInWholeSeconds()
{
    const auto profile = profileClock(pairsOf([](Duration at) { return at < 200s ? 0s : 61s; }, 1s));
    QVERIFY(profile);
    QVERIFY(errorAt(*profile, 190s, 0s) <= 600ms);
    QVERIFY(errorAt(*profile, 210s, 61s) <= 600ms);
}

void TestClockProfile::driftIsFollowed()
{
    const auto drift = [](Duration at) { return at / 5000; };
    const auto profile = profileClock(pairsOf(drift));
    QVERIFY(profile);
    for (const auto at : {60s, 300s, 540s})
        QVERIFY(errorAt(*profile, at, drift(at)) <= 6ms);
}

void TestClockProfile::aClockSetTwiceHasTwoSteps()
{
    const auto profile = profileClock(pairsOf([](Duration at) {
        return at < 150s ? Duration{5s} : at < 400s ? Duration{9s} : Duration{5s};
    }));
    QVERIFY(profile);
    QVERIFY(errorAt(*profile, 100s, 5s) <= 2ms);
    QVERIFY(errorAt(*profile, 300s, 9s) <= 2ms);
    QVERIFY(errorAt(*profile, 500s, 5s) <= 2ms);
}

void TestClockProfile::pairsByChanceAreNoStep()
{
    auto pairs = pairsOf([](Duration) { return 3s; });
    for (std::size_t i = 200; i < 220; ++i)
        pairs[i].interval = {700s, 700s + 1ms};
    QVERIFY(!profileClock(pairs));
}

void TestClockProfile::fewPairsSayNothing()
{
    QVERIFY(!profileClock({}));
    auto pairs = pairsOf([](Duration at) { return at < 300s ? 0s : 9s; });
    pairs.resize(20);
    QVERIFY(!profileClock(pairs));
}

QTEST_GUILESS_MAIN(TestClockProfile)
#include "tst_clockprofile.moc"
