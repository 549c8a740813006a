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
#include <QLineEdit>
#include <QListView>
#include <QSet>
#include <QTest>

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
    void copyTakesTheChosenRow();
    void everyActionHasANameAndNoShortcutTwice();

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

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
