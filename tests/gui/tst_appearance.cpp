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
    void theThemeCanBeChosenAndIsRemembered();
    void theLayoutIsRemembered();
    void resetLayoutBringsEveryPaneBack();
    void aLayoutOfAnotherVersionIsNotRestored();
    void everyPaneFitsIntoASmallWindow_data();
    void everyPaneFitsIntoASmallWindow();
    void everyFocusableWidgetHasAnAccessibleName();
};

void TestAppearance::theThemeCanBeChosenAndIsRemembered()
{
    Workbench workbench;
    QVERIFY(workbench.openSample());
    const auto choose = [&workbench](ThemeMode mode) {
        workbench.window().actions().themeAction(mode)->trigger();
        workbench.settle(); // the new palette reaches the widgets by events
    };
    choose(ThemeMode::Dark);
    QVERIFY(isDark(QApplication::palette()));
    const QColor dark = workbench.window().grab().toImage().pixelColor(workbench.window().rect().center());
    choose(ThemeMode::Light);
    QVERIFY(!isDark(QApplication::palette()));
    const QColor light = workbench.window().grab().toImage().pixelColor(workbench.window().rect().center());
    QVERIFY(dark.lightness() < light.lightness());
    choose(ThemeMode::Dark);
    workbench.close();
    workbench.reopen();
    QVERIFY(isDark(QApplication::palette()));
    QVERIFY(workbench.window().actions().themeAction(ThemeMode::Dark)->isChecked());
    workbench.window().actions().themeAction(ThemeMode::System)->trigger();
}

void TestAppearance::theLayoutIsRemembered()
{
    Workbench workbench;
    QVERIFY(workbench.openSample());
    workbench.window().docks().dock(Pane::Parameters)->close();
    workbench.window().resize(1100, 700);
    workbench.close();
    workbench.reopen();
    QVERIFY(workbench.window().docks().dock(Pane::Parameters)->isHidden());
    QVERIFY(!workbench.window().docks().dock(Pane::Evidence)->isHidden());
    QCOMPARE(workbench.window().size(), QSize(1100, 700));
}

void TestAppearance::resetLayoutBringsEveryPaneBack()
{
    Workbench workbench;
    QVERIFY(workbench.openSample());
    DockLayout& docks = workbench.window().docks();
    docks.dock(Pane::Timeline)->close();
    docks.dock(Pane::Findings)->setFloating(true);
    workbench.window().actions().resetLayout->trigger();
    for (int pane = 0; pane < paneCount; ++pane) {
        const QDockWidget* const dock = docks.dock(static_cast<Pane>(pane));
        QVERIFY2(!dock->isHidden(), qPrintable(dock->objectName()));
        QVERIFY2(!dock->isFloating(), qPrintable(dock->objectName()));
    }
}

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

void TestAppearance::everyPaneFitsIntoASmallWindow_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1366x768") << QSize(1366, 768);
    QTest::newRow("1024x640") << QSize(1024, 640);
}

void TestAppearance::everyPaneFitsIntoASmallWindow()
{
    QFETCH(const QSize, size);
    Workbench workbench(size);
    QVERIFY(workbench.openSample());
    QCOMPARE(workbench.window().size(), size);
    const QRect inside = workbench.window().rect();
    for (int pane = 0; pane < paneCount; ++pane) {
        const QDockWidget* const dock = workbench.window().docks().dock(static_cast<Pane>(pane));
        if (dock->visibleRegion().isEmpty())
            continue; // behind another tab
        const QRect place(dock->mapTo(&workbench.window(), QPoint()), dock->size());
        QVERIFY2(inside.contains(place), qPrintable(dock->objectName()));
        QVERIFY2(place.width() >= 150 && place.height() >= 100,
            qPrintable(QStringLiteral("%1 is %2x%3").arg(dock->objectName()).arg(place.width()).arg(place.height())));
    }
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
