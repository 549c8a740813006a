// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/jobcontext.h"

#include <QTest>

#include <vector>

using namespace halfshake;

class TestJobContext : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aContextWithoutCallerIsNeverCancelled();
    void stoppingTheSourceCancels();
    void progressIsPassedOnOncePerPromille();
    void progressOfNothingIsNotPassedOn();
};

void TestJobContext::aContextWithoutCallerIsNeverCancelled()
{
    JobContext job;
    job.report({1, 2});
    QVERIFY(!job.isCancelled());
}

void TestJobContext::stoppingTheSourceCancels()
{
    std::stop_source stop;
    const JobContext job{stop.get_token()};
    QVERIFY(!job.isCancelled());
    stop.request_stop();
    QVERIFY(job.isCancelled());
}

void TestJobContext::progressIsPassedOnOncePerPromille()
{
    std::vector<std::uint64_t> reported;
    JobContext job{{}, [&](Progress progress) { reported.push_back(progress.done); }};
    for (std::uint64_t done = 0; done <= 100'000; ++done)
        job.report({done, 100'000});
    QCOMPARE(reported.size(), std::size_t{1001});
    QCOMPARE(reported.front(), std::uint64_t{0});
    QCOMPARE(reported.back(), std::uint64_t{100'000});
}

void TestJobContext::progressOfNothingIsNotPassedOn()
{
    int reports = 0;
    JobContext job{{}, [&](Progress) { ++reports; }};
    job.report({0, 0});
    QCOMPARE(reports, 0);
}

QTEST_APPLESS_MAIN(TestJobContext)

#include "tst_jobcontext.moc"
