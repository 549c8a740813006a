// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/actions.h"
#include "app/statusline.h"
#include "tests/gui/workbench.h"
#include "widgets/common/guithreadmonitor.h"
#include "widgets/common/messagebar.h"
#include "widgets/evidence/evidenceview.h"

#include <QAction>
#include <QFileInfo>
#include <QListView>
#include <QTest>
#include <QToolButton>

using namespace halfshake;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using halfshake::test::Workbench;

class TestLoading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWindowStaysAliveWhileItLoads();
    void readingCanBeCancelled();
    void theReportIsWrittenInTheBackground();
    void aReportThatCannotBeWrittenSaysWhy();

private:
    static QByteArray largeLog();
};

/// About 100 MB, so that reading takes a while.
QByteArray TestLoading::largeLog()
{
    const QByteArray line =
        "10.20.1.5 - - [23/Nov/2026:04:29:17 +0000] \"GET /api/cart/710000 HTTP/1.1\" 200 141 \"-\" "
        "\"axios/1.6.2\" 218 0.004 [default-order-api-8080] [] 10.244.1.11:8080 141 0.004 200 "
        "78e510617311d8a3c2ce6f447ed4d57b\n";
    return line.repeated(500'000);
}

void TestLoading::theWindowStaysAliveWhileItLoads()
{
    Workbench workbench;
    GuiThreadMonitor monitor;
    monitor.start();
    QVERIFY(workbench.openSample());
    workbench.window().showFirstFailure();
    QVERIFY(workbench.awaitIdle());
    monitor.stop();
    const auto work = std::chrono::duration_cast<std::chrono::milliseconds>(monitor.longestWork());
    const auto block = std::chrono::duration_cast<std::chrono::milliseconds>(monitor.longestBlock());
    qInfo("longest turn of the event loop while the sample loads: %lld ms of work, %lld ms on the clock",
        static_cast<long long>(work.count()), static_cast<long long>(block.count()));
    // the product's promise is 50 ms; sanitizers and debug builds are several times slower
    QVERIFY2(work < 500ms, qPrintable(QString::number(work.count())));
}

void TestLoading::readingCanBeCancelled()
{
    Workbench workbench;
    const QString path = workbench.writeFile(u"large.log"_s, largeLog());
    workbench.drop({QUrl::fromLocalFile(path)});
    auto* cancel = workbench.window().statusLine().findChild<QToolButton*>(u"cancelReading"_s);
    QVERIFY(cancel != nullptr);
    QTRY_VERIFY(cancel->isVisible());
    QVERIFY(workbench.window().statusLine().progressText().contains(u"large.log"_s));
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(workbench.awaitIdle());
    QVERIFY(!cancel->isVisible());
    QCOMPARE(workbench.snapshot().evidence[0]->state, EvidenceState::Cancelled);

    // and the window goes on working
    QVERIFY(workbench.openSample());
    QVERIFY(workbench.snapshot().correlation->statistics.failedAttempts > 0);
}

void TestLoading::theReportIsWrittenInTheBackground()
{
    Workbench workbench;
    QVERIFY(!workbench.window().actions().exportReport->isEnabled());
    QVERIFY(workbench.openSample());
    QVERIFY(workbench.window().actions().exportReport->isEnabled());
    const QString path = workbench.folder() + u"/report.pdf"_s;
    workbench.window().exportReport(path);
    QVERIFY(!workbench.window().isIdle());
    QVERIFY(workbench.awaitIdle());
    QTRY_VERIFY(workbench.window().messages().texts().join(u' ').contains(path));
    QVERIFY(QFileInfo(path).size() > 1000);
}

void TestLoading::aReportThatCannotBeWrittenSaysWhy()
{
    Workbench workbench;
    QVERIFY(workbench.openSample());
    workbench.window().exportReport(workbench.folder() + u"/no/such/folder/report.pdf"_s);
    QVERIFY(workbench.awaitIdle());
    QTRY_VERIFY(workbench.window().messages().texts().join(u' ').contains(u"The report was not written"_s));
}

QTEST_MAIN(TestLoading)
#include "tst_loading.moc"
