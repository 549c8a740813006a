// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/backoff.h"

#include <QTest>

#include <ranges>
#include <vector>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

std::vector<Duration> seconds(std::initializer_list<int> values)
{
    std::vector<Duration> durations;
    for (const int value : values)
        durations.push_back(std::chrono::seconds{value});
    return durations;
}

} // namespace

/// Expected values: ip-sysctl.rst (31 s and 63 s; 67 s and 131 s) and ladders measured on kernels 6.12 and 6.18.
class TestBackoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ladderDoublesWithoutLinearTimeouts()
    {
        QCOMPARE(backoff::synOffsets(1, 0), seconds({1}));
        QCOMPARE(backoff::synOffsets(4, 0), seconds({1, 3, 7, 15}));
        QCOMPARE(backoff::synOffsets(6, 0), seconds({1, 3, 7, 15, 31, 63}));
    }

    void linearTimeoutsComeFirst()
    {
        QCOMPARE(backoff::synOffsets(1, 4), seconds({1, 2}));
        QCOMPARE(backoff::synOffsets(2, 4), seconds({1, 2, 3, 4, 5}));
        QCOMPARE(backoff::synOffsets(3, 4), seconds({1, 2, 3, 4, 5, 7, 11}));
        QCOMPARE(backoff::synOffsets(6, 4), seconds({1, 2, 3, 4, 5, 7, 11, 19, 35, 67}));
    }

    void connectGivesUpWhenTheKernelDoes_data()
    {
        QTest::addColumn<int>("retries");
        QTest::addColumn<int>("linear");
        QTest::addColumn<int>("expectedSeconds");
        const int exponential[] = {1, 3, 7, 15, 31, 63, 127};
        const int linear[] = {1, 3, 7, 19, 35, 67, 131};
        for (int retries = 0; retries <= 6; ++retries) {
            QTest::addRow("%d retries", retries) << retries << 0 << exponential[retries];
            QTest::addRow("%d retries, 4 linear", retries) << retries << 4 << linear[retries];
        }
    }
    void connectGivesUpWhenTheKernelDoes()
    {
        QFETCH(int, retries);
        QFETCH(int, linear);
        QFETCH(int, expectedSeconds);
        QCOMPARE(backoff::synGiveUp(retries, linear), Duration{std::chrono::seconds{expectedSeconds}});
    }

    void synAckLadderKnowsNoLinearTimeouts()
    {
        QCOMPARE(backoff::synAckOffsets(2), seconds({1, 3}));
        QCOMPARE(backoff::synAckOffsets(5), seconds({1, 3, 7, 15, 31}));
        QCOMPARE(backoff::synAckGiveUp(2), Duration{7s});
        QCOMPARE(backoff::synAckGiveUp(5), Duration{63s});
    }

    void longestTimeoutIsTwoMinutes()
    {
        const auto offsets = backoff::synAckOffsets(9);
        QCOMPARE(offsets.back() - offsets[offsets.size() - 2], Duration{120s});
    }

    void senselessSettingsEndSomewhere()
    {
        QVERIFY(backoff::synOffsets(-3, -1).empty());
        QVERIFY(backoff::synOffsets(1'000'000, 1'000'000).size() <= 510);
        QVERIFY(backoff::synAckGiveUp(1'000'000) > 0s);
    }

    void timersAreLateAndNeverEarly()
    {
        QVERIFY(backoff::matches(1'024ms, 1s));
        QVERIFY(backoff::matches(16'640ms, 16s));
        QVERIFY(backoff::matches(8'600ms, 8s));
        QVERIFY(!backoff::matches(970ms, 1s));
        QVERIFY(!backoff::matches(1'300ms, 1s));
        QVERIFY(!backoff::matches(3s, 2s));
    }
};

QTEST_APPLESS_MAIN(TestBackoff)
#include "tst_backoff.moc"
