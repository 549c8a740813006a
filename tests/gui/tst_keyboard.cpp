// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/actions.h"
#include "app/docklayout.h"
#include "tests/gui/workbench.h"
#include "widgets/common/rowview.h"
#include "widgets/connections/connectionview.h"
#include "widgets/evidence/evidenceview.h"
#include "widgets/logs/logview.h"
#include "widgets/logs/logviewport.h"
#include "widgets/packets/packetview.h"
#include "widgets/timeline/timelineplot.h"
#include "widgets/timeline/timelineview.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace halfshake;
using namespace Qt::StringLiterals;
using halfshake::test::Workbench;

/// The whole way from an empty window to the packet of a failure without a mouse.
class TestKeyboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyPaneCanBeReached();
    void f6WalksThroughAllPanes();
    void tabLeavesEveryWidget();
    void fromTheFailureToThePacket();
    void typingInAFilterTypes();
    void deleteRemovesEvidenceOnlyInTheList();
    void copyTakesTheChosenRow();
    void everyActionHasANameAndNoShortcutTwice();
    void theListOfShortcutsOpensAndCloses();

private:
    [[nodiscard]] bool hasFocus(Pane pane) const;
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

    std::unique_ptr<Workbench> m_workbench;
};

void TestKeyboard::init()
{
    m_workbench = std::make_unique<Workbench>();
    QVERIFY(m_workbench->openSample());
    m_workbench->window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_workbench->window()));
}

void TestKeyboard::cleanup()
{
    m_workbench.reset();
}

bool TestKeyboard::hasFocus(Pane pane) const
{
    return m_workbench->window().docks().dock(pane)->isAncestorOf(QApplication::focusWidget());
}

/// To whatever has the keyboard, as the window system does it.
void TestKeyboard::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(m_workbench->window().windowHandle(), key, modifiers);
}

void TestKeyboard::everyPaneCanBeReached()
{
    for (int i = 0; i < paneCount; ++i) {
        press(static_cast<Qt::Key>(Qt::Key_1 + i), Qt::ControlModifier);
        const auto action = m_workbench->window().docks().focusActions()[i];
        QVERIFY2(QApplication::focusWidget() != nullptr, qPrintable(action->text()));
        int reached = 0;
        for (int pane = 0; pane < paneCount; ++pane)
            reached += hasFocus(static_cast<Pane>(pane)) ? 1 : 0;
        QCOMPARE(reached, 1);
    }
}

void TestKeyboard::f6WalksThroughAllPanes()
{
    QSet<int> reached;
    for (int i = 0; i < paneCount; ++i) {
        press(Qt::Key_F6);
        for (int pane = 0; pane < paneCount; ++pane) {
            if (hasFocus(static_cast<Pane>(pane)))
                reached.insert(pane);
        }
    }
    // panes behind another tab are reached by their own shortcut
    QVERIFY2(reached.size() >= 5, qPrintable(QString::number(reached.size())));
}

void TestKeyboard::tabLeavesEveryWidget()
{
    QSet<QWidget*> visited;
    qsizetype stayed = 0;
    for (int i = 0; i < 120; ++i) {
        QWidget* const before = QApplication::focusWidget();
        press(Qt::Key_Tab);
        // in a text with several links Tab goes from link to link
        stayed = QApplication::focusWidget() == before ? stayed + 1 : 0;
        const auto* const label = qobject_cast<const QLabel*>(before);
        const qsizetype links = label != nullptr ? label->text().count(u"<a href"_s) : 0;
        QVERIFY2(stayed <= std::max<qsizetype>(0, links - 1),
            qPrintable(before != nullptr ? QString::fromLatin1(before->metaObject()->className()) : QString()));
        visited.insert(QApplication::focusWidget());
    }
    QVERIFY(visited.size() > 10);
}

void TestKeyboard::fromTheFailureToThePacket()
{
    press(Qt::Key_E);
    QCOMPARE(m_workbench->window().selection().current().kind, ObjectKind::UpstreamAttempt);

    press(Qt::Key_4, Qt::ControlModifier);
    QVERIFY(hasFocus(Pane::Connections));
    RowView& connections = *m_workbench->window().panes().connections->table();
    const int row = connections.currentRow();
    QVERIFY(row >= 0);
    press(Qt::Key_Home);
    QCOMPARE(connections.currentRow(), 0);
    press(Qt::Key_Down);
    QCOMPARE(connections.currentRow(), 1);
    QCOMPARE(m_workbench->window().selection().current().kind, ObjectKind::Connection);

    press(Qt::Key_7, Qt::ControlModifier);
    QVERIFY(hasFocus(Pane::Packets));
    const std::uint64_t before = m_workbench->window().panes().packets->currentPacket();
    press(Qt::Key_Down);
    QVERIFY(m_workbench->window().panes().packets->currentPacket() != before);

    press(Qt::Key_6, Qt::ControlModifier);
    QVERIFY(hasFocus(Pane::Log));
    LogViewport& lines = *m_workbench->window().panes().log->lines();
    const std::uint64_t line = lines.currentLine();
    press(Qt::Key_Down);
    QCOMPARE(lines.currentLine(), line + 1);
}

void TestKeyboard::typingInAFilterTypes()
{
    auto* filter = m_workbench->window().findChild<QLineEdit*>(u"connectionFilter"_s);
    QVERIFY(filter != nullptr);
    filter->setFocus();
    press(Qt::Key_E);
    press(Qt::Key_F);
    QCOMPARE(filter->text(), u"ef"_s);
    QVERIFY(!m_workbench->window().selection().current().isValid());
    QApplication::clipboard()->setText(u"8080"_s);
    filter->clear();
    press(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(filter->text(), u"8080"_s);
    press(Qt::Key_Backspace);
    QCOMPARE(filter->text(), u"808"_s);
}

void TestKeyboard::deleteRemovesEvidenceOnlyInTheList()
{
    const qsizetype count = m_workbench->evidenceNames().size();
    press(Qt::Key_4, Qt::ControlModifier);
    press(Qt::Key_Home);
    press(Qt::Key_Delete);
    QCOMPARE(m_workbench->evidenceNames().size(), count);
    press(Qt::Key_1, Qt::ControlModifier);
    press(Qt::Key_End);
    press(Qt::Key_Delete);
    QCOMPARE(m_workbench->evidenceNames().size(), count - 1);
}

void TestKeyboard::copyTakesTheChosenRow()
{
    press(Qt::Key_4, Qt::ControlModifier);
    press(Qt::Key_Home);
    press(Qt::Key_C, Qt::ControlModifier);
    const RowView& table = *m_workbench->window().panes().connections->table();
    QCOMPARE(QApplication::clipboard()->text(), table.rowText(0));
    QApplication::clipboard()->clear();
    m_workbench->window().actions().copy->trigger();
    QCOMPARE(QApplication::clipboard()->text(), table.rowText(0));
}

void TestKeyboard::everyActionHasANameAndNoShortcutTwice()
{
    QSet<QString> names;
    QSet<QKeySequence> shortcuts;
    const QList<QAction*> actions =
        m_workbench->window().actions().all() + m_workbench->window().docks().focusActions();
    for (const QAction* action : actions) {
        QVERIFY(!action->objectName().isEmpty());
        QVERIFY2(!names.contains(action->objectName()), qPrintable(action->objectName()));
        names.insert(action->objectName());
        QVERIFY(!action->text().isEmpty());
        if (action->shortcut().isEmpty())
            continue;
        QVERIFY2(!shortcuts.contains(action->shortcut()), qPrintable(action->shortcut().toString()));
        shortcuts.insert(action->shortcut());
    }
    QVERIFY(shortcuts.size() > 15);
}

void TestKeyboard::theListOfShortcutsOpensAndCloses()
{
    press(Qt::Key_Question, Qt::ShiftModifier);
    auto* dialog = m_workbench->window().findChild<QDialog*>(u"shortcutsDialog"_s);
    QVERIFY(dialog != nullptr);
    QVERIFY(dialog->isVisible());
    QVERIFY(!dialog->isModal());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
}

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
