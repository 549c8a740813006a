// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/actions.h"
#include "app/docklayout.h"
#include "tests/gui/workbench.h"
#include "widgets/common/theme.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QSettings>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;
using halfshake::test::Workbench;

class TestAppearance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLayoutOfAnotherVersionIsNotRestored();
    void everyFocusableWidgetHasAnAccessibleName();
};

void TestAppearance::aLayoutOfAnotherVersionIsNotRestored()
{
    Workbench workbench;
    QVERIFY(workbench.openSample());
    workbench.window().docks().dock(Pane::Timeline)->close();
    workbench.close();
    QSettings().setValue(u"window/layout"_s, workbench.window().docks().saveState(DockLayout::version + 1));
    workbench.reopen();
    QVERIFY(!workbench.window().docks().dock(Pane::Timeline)->isHidden());
}

void TestAppearance::everyFocusableWidgetHasAnAccessibleName()
{
    Workbench workbench;
    const auto verify = [&workbench] {
        for (QWidget* widget : workbench.window().findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
                continue;
            QAccessibleInterface* const accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(accessible != nullptr);
            QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(),
                qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()
                    + u" in "_s
                    + (widget->parentWidget() != nullptr ? widget->parentWidget()->objectName() : QString())));
            QVERIFY(accessible->role() != QAccessible::NoRole);
        }
    };
    verify(); // the start page
    QVERIFY(workbench.openSample());
    workbench.window().showFirstFailure();
    for (const Pane pane : {Pane::Log, Pane::Packets, Pane::Parameters}) {
        workbench.window().docks().bringToFront(pane);
        verify();
    }
}

QTEST_MAIN(TestAppearance)
#include "tst_appearance.moc"
