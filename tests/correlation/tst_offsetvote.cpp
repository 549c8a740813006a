// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/offsetvote.h"

#include <QTest>

#include <random>

using namespace halfshake;
using namespace std::chrono_literals;

class TestOffsetVote : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingSaysNothing();
    void theOffsetLiesInsideMostIntervals();
    void wideIntervalsNarrowEachOtherDown();
    void chancePairsDoNotHideTheOffset();
    void theRunnerUpIsWhatAgreesElsewhere();
    void theEndsOfTimeDoNotOverflow();
};

void TestOffsetVote::nothingSaysNothing()
{
    const auto vote = voteOffset({}, 1ms);
    QCOMPARE(vote.agreeing, 0u);
    QCOMPARE(vote.runnerUp, 0u);
}

void TestOffsetVote::theOffsetLiesInsideMostIntervals()
{
    const auto vote = voteOffset({{0ms, 4ms}, {3ms, 8ms}, {2ms, 5ms}, {100ms, 101ms}}, 0ms);
    QCOMPARE(vote.agreeing, 3u);
    QCOMPARE(vote.offset, Duration{3500us});
    QCOMPARE(vote.uncertainty, Duration{500us});
}

void TestOffsetVote::wideIntervalsNarrowEachOtherDown()
{
    // whole seconds that began anywhere: the true offset is 7.3 s
    std::vector<OffsetInterval> intervals;
    for (int i = 0; i < 100; ++i) {
        const Duration phase = i * 10ms;
        intervals.push_back({7300ms - phase, 8300ms - phase});
    }
    const auto vote = voteOffset(intervals, 0ms);
    QCOMPARE(vote.agreeing, 100u);
    QVERIFY(vote.offset >= 7300ms && vote.offset <= 7310ms);
    QVERIFY(vote.uncertainty <= 5ms);
}

void TestOffsetVote::chancePairsDoNotHideTheOffset()
{
    std::mt19937_64 random{42};
    std::uniform_int_distribution<std::int64_t> anywhere{-3'600'000, 3'600'000};
    std::vector<OffsetInterval> intervals;
    for (int i = 0; i < 5000; ++i) {
        const Duration at{std::chrono::milliseconds{anywhere(random)}};
        intervals.push_back({at, at + 1ms});
    }
    for (int i = 0; i < 40; ++i)
        intervals.push_back({-1234ms, -1233ms});
    const auto vote = voteOffset(intervals, 1ms);
    QVERIFY(vote.agreeing >= 40);
    QVERIFY(vote.offset >= -1235ms && vote.offset <= -1232ms);
    QVERIFY(vote.runnerUp < 10);
}

void TestOffsetVote::theRunnerUpIsWhatAgreesElsewhere()
{
    const auto vote = voteOffset({{0s, 1s}, {0s, 1s}, {0s, 1s}, {60s, 61s}, {60s, 61s}}, 1ms);
    QCOMPARE(vote.agreeing, 3u);
    QCOMPARE(vote.runnerUp, 2u);
}

void TestOffsetVote::theEndsOfTimeDoNotOverflow()
{
    const auto vote = voteOffset({{Duration::min(), Duration::max()}, {Duration::min(), Duration::min()}}, 1s);
    QCOMPARE(vote.agreeing, 2u);
}

QTEST_GUILESS_MAIN(TestOffsetVote)
#include "tst_offsetvote.moc"
