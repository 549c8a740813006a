// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/job.h"

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <stdexcept>
#include <thread>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

using Snapshot = std::shared_ptr<const int>;

Expected<Snapshot> countTo(std::uint64_t total, JobContext& job)
{
    for (std::uint64_t i = 0; i < total; ++i) {
        if (job.isCancelled())
            return failure(DiagnosticCode::Cancelled);
        job.report({i, total});
        std::this_thread::sleep_for(1ms);
    }
    return std::make_shared<const int>(static_cast<int>(total));
}

} // namespace

class TestJob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversTheSnapshotToTheGuiThread();
    void stopsSoonAfterCancel();
    void turnsAnExceptionIntoADiagnostic();

private:
    QThreadPool m_pool;
};

void TestJob::deliversTheSnapshotToTheGuiThread()
{
    auto job = runJob(m_pool, [](JobContext& context) { return countTo(50, context); });
    QFutureWatcher<Expected<Snapshot>> watcher;
    QSignalSpy progress(&watcher, &QFutureWatcherBase::progressValueChanged);
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(job.future());
    QVERIFY(finished.wait());
    QCOMPARE_GE(progress.count(), 2);
    QCOMPARE(**job.future().result(), 50);
}

void TestJob::stopsSoonAfterCancel()
{
    auto job = runJob(m_pool, [](JobContext& context) { return countTo(1'000'000, context); });
    auto future = job.future();
    job = {};
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 1000);
    QCOMPARE(future.result().error().code, DiagnosticCode::Cancelled);
}

void TestJob::turnsAnExceptionIntoADiagnostic()
{
    const auto job =
        runJob(m_pool, [](JobContext&) -> Expected<Snapshot> { throw std::runtime_error("yaml: bad indent"); });
    QCOMPARE(job.future().result().error().arguments.front(), "yaml: bad indent");
}

QTEST_GUILESS_MAIN(TestJob)

#include "tst_job.moc"
