// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/guithreadmonitor.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

#include <chrono>

using namespace halfshake;
using namespace std::chrono_literals;

class TestGuiThreadMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workThatKeepsTheLoopFromTurningIsMeasured();
    void startingForgetsWhatWasMeasured();
};

void TestGuiThreadMonitor::workThatKeepsTheLoopFromTurningIsMeasured()
{
    GuiThreadMonitor monitor;
    monitor.start();
    bool isDone = false;
    QTimer::singleShot(0ms, this, [&isDone] {
        QElapsedTimer timer;
        timer.start();
        while (!timer.hasExpired(80)) { }
        isDone = true;
    });
    QTRY_VERIFY(isDone);
    QTRY_VERIFY(monitor.longestBlock() >= 78ms);
    QVERIFY(monitor.longestWork() > 0ms);
}

void TestGuiThreadMonitor::startingForgetsWhatWasMeasured()
{
    GuiThreadMonitor monitor;
    monitor.start();
    QTest::qSleep(30);
    QTRY_VERIFY(monitor.longestBlock() >= 25ms);
    monitor.stop();
    monitor.start();
    QCOMPARE(monitor.longestBlock(), 0ns);
}

QTEST_MAIN(TestGuiThreadMonitor)
#include "tst_guithreadmonitor.moc"
