// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/docklayout.h"

#include "widgets/connections/connectionview.h"
#include "widgets/connections/ladderview.h"
#include "widgets/evidence/evidenceview.h"
#include "widgets/findings/findingsview.h"
#include "widgets/logs/logview.h"
#include "widgets/packets/packetview.h"
#include "widgets/parameters/parameterview.h"
#include "widgets/timeline/timelineview.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QTabBar>

#include <utility>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

// a window narrower than this has no room for ladder and log beside each other
constexpr int narrowWidth = 1200;

} // namespace

DockLayout::DockLayout(const Panes& panes, QWidget* parent) : QMainWindow(parent, Qt::Widget)
{
    setObjectName(u"dockLayout"_s);
    setDockNestingEnabled(true);
    setAnimated(false);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    add(Pane::Evidence, panes.evidence, u"evidenceDock"_s, tr("Evidence"));
    add(Pane::Timeline, panes.timeline, u"timelineDock"_s, tr("Timeline"));
    add(Pane::Findings, panes.findings, u"findingsDock"_s, tr("Causes and findings"));
    add(Pane::Connections, panes.connections, u"connectionsDock"_s, tr("Connections"));
    add(Pane::Ladder, panes.ladder, u"ladderDock"_s, tr("Handshake"));
    add(Pane::Log, panes.log, u"logDock"_s, tr("Log"));
    add(Pane::Packets, panes.packets, u"packetsDock"_s, tr("Packets"));
    add(Pane::Parameters, panes.parameters, u"parametersDock"_s, tr("Parameters"));
    reset();
}

void DockLayout::add(Pane pane, QWidget* widget, const QString& name, const QString& title)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(widget);
    m_docks[static_cast<std::size_t>(pane)] = dock;

    auto* focus = new QAction(title, this);
    focus->setObjectName(name + u"Focus"_s);
    focus->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + m_focusActions.size())));
    connect(focus, &QAction::triggered, this, [this, pane] { bringToFront(pane); });
    m_focusActions << focus;
}

void DockLayout::restore(const QByteArray& layout)
{
    m_mustReset = !restoreState(layout, version);
}

void DockLayout::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    // queued: the window gets its size after this
    if (std::exchange(m_mustReset, false))
        QMetaObject::invokeMethod(this, &DockLayout::reset, Qt::QueuedConnection);
}

void DockLayout::reset()
{
    for (QDockWidget* dock : m_docks) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    const auto place = [this](Pane pane, Pane beside, Qt::Orientation orientation) {
        splitDockWidget(dock(beside), dock(pane), orientation);
    };
    // one nested area: what is left and right of a split keeps its size when the window grows in the other direction
    addDockWidget(Qt::LeftDockWidgetArea, dock(Pane::Evidence));
    place(Pane::Findings, Pane::Evidence, Qt::Horizontal);
    place(Pane::Connections, Pane::Evidence, Qt::Vertical);
    place(Pane::Timeline, Pane::Evidence, Qt::Horizontal);
    const bool isNarrow = width() < narrowWidth;
    if (isNarrow) {
        place(Pane::Log, Pane::Connections, Qt::Horizontal);
        tabifyDockWidget(dock(Pane::Log), dock(Pane::Ladder));
    } else {
        place(Pane::Ladder, Pane::Connections, Qt::Horizontal);
        place(Pane::Log, Pane::Ladder, Qt::Horizontal);
    }
    tabifyDockWidget(isNarrow ? dock(Pane::Ladder) : dock(Pane::Log), dock(Pane::Packets));
    tabifyDockWidget(dock(Pane::Packets), dock(Pane::Parameters));
    for (QDockWidget* dock : m_docks)
        dock->show();
    dock(isNarrow ? Pane::Ladder : Pane::Log)->raise();

    const int right = isNarrow ? 260 : std::max(300, width() * 24 / 100);
    const int rest = std::max(400, width() - right);
    const int evidence = isNarrow ? 190 : 230;
    resizeDocks({dock(Pane::Evidence), dock(Pane::Findings)}, {rest, right}, Qt::Horizontal);
    resizeDocks({dock(Pane::Evidence), dock(Pane::Timeline)}, {evidence, rest - evidence}, Qt::Horizontal);
    if (isNarrow) {
        resizeDocks({dock(Pane::Connections), dock(Pane::Log)}, {rest * 45 / 100, rest * 55 / 100}, Qt::Horizontal);
    } else {
        resizeDocks({dock(Pane::Connections), dock(Pane::Ladder), dock(Pane::Log)},
            {rest * 33 / 100, rest * 29 / 100, rest * 38 / 100}, Qt::Horizontal);
    }
    resizeDocks(
        {dock(Pane::Timeline), dock(Pane::Connections)}, {height() * 48 / 100, height() * 52 / 100}, Qt::Vertical);
}

bool DockLayout::isAhead(Pane pane) const
{
    return dock(pane)->isVisible() && !dock(pane)->visibleRegion().isEmpty();
}

void DockLayout::bringToFront(Pane pane)
{
    dock(pane)->show();
    dock(pane)->raise();
    // a pane of several widgets names the one that takes the keyboard as its focus proxy
    dock(pane)->widget()->setFocus(Qt::ShortcutFocusReason);
}

void DockLayout::bringNeighbourToFront(bool isNext)
{
    int current = -1;
    for (int i = 0; i < paneCount; ++i) {
        if (m_docks[static_cast<std::size_t>(i)]->isAncestorOf(QApplication::focusWidget()))
            current = i;
    }
    for (int step = 1; step <= paneCount; ++step) {
        const int offset = isNext ? step : paneCount - step;
        const auto pane = static_cast<Pane>((std::max(current, isNext ? -1 : 0) + offset + paneCount) % paneCount);
        if (isAhead(pane)) {
            bringToFront(pane);
            return;
        }
    }
}

QList<QAction*> DockLayout::toggleActions() const
{
    QList<QAction*> actions;
    for (QDockWidget* dock : m_docks)
        actions << dock->toggleViewAction();
    return actions;
}

} // namespace halfshake
