// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/gui/workbench.h"
#include "widgets/common/rowview.h"
#include "widgets/evidence/clockdialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using halfshake::test::Workbench;

/// Setting a clock by hand, and taking it back.
class TestClocks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOffsetIsSetAndTakenBack();
    void whatIsNoOffsetIsRefused();

private:
    static ClockDialog* open(Workbench& workbench);
    static int rowOf(const RowView& table, const QString& name);
};

ClockDialog* TestClocks::open(Workbench& workbench)
{
    QTest::keyClick(workbench.window().windowHandle(), Qt::Key_K, Qt::ControlModifier);
    return workbench.window().findChild<ClockDialog*>();
}

int TestClocks::rowOf(const RowView& table, const QString& name)
{
    for (int row = 0; row < table.model()->rowCount(); ++row) {
        if (table.model()->index(row, 0).data().toString() == name)
            return row;
    }
    return -1;
}

void TestClocks::anOffsetIsSetAndTakenBack()
{
    Workbench workbench;
    QVERIFY(workbench.openSample());
    ClockDialog* const dialog = open(workbench);
    QVERIFY(dialog != nullptr && dialog->isVisible() && !dialog->isModal());
    workbench.settle();
    const RowView& table = *dialog->table();
    const int row = rowOf(table, u"ingress-eth0.pcap"_s);
    QVERIFY(row >= 0);
    QTest::mouseClick(table.viewport(), Qt::LeftButton, Qt::NoModifier, table.rowRect(row).center());

    EvidenceId capture;
    for (const auto& evidence : workbench.snapshot().evidence) {
        if (evidence->capture)
            capture = evidence->id;
    }
    const auto offset = [&] { return workbench.snapshot().correlation->clocks.offsetOf(capture); };
    const ClockOffset before = offset();
    auto* const estimate = dialog->findChild<QPushButton*>(u"useClockEstimate"_s);
    QVERIFY(!estimate->isEnabled());

    auto* const edit = dialog->findChild<QLineEdit*>(u"clockOffset"_s);
    QTest::keyClicks(edit, u"+2 s"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(dialog->isVisible());
    QVERIFY(workbench.awaitIdle());
    QCOMPARE(offset().origin, ClockOffsetOrigin::Typed);
    QCOMPARE(offset().offset, Duration(2s));
    QVERIFY(table.rowText(row).contains(u"typed"_s));

    QVERIFY(estimate->isEnabled());
    QTest::mouseClick(estimate, Qt::LeftButton);
    QVERIFY(workbench.awaitIdle());
    QCOMPARE(offset().origin, before.origin);
    QCOMPARE(offset().offset, before.offset);
}

void TestClocks::whatIsNoOffsetIsRefused()
{
    Workbench workbench;
    QVERIFY(workbench.openSample());
    ClockDialog* const dialog = open(workbench);
    auto* const edit = dialog->findChild<QLineEdit*>(u"clockOffset"_s);
    QTest::keyClicks(edit, u"a while"_s);
    QTest::mouseClick(dialog->findChild<QPushButton*>(u"setClockOffset"_s), Qt::LeftButton);
    QVERIFY(dialog->problemText().contains(u"+1.5 s"_s));
    QVERIFY(workbench.incident().corrections().clockOffsets.empty());
}

QTEST_MAIN(TestClocks)
#include "tst_clocks.moc"
