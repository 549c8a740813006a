// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/evidence/droptarget.h"

#include "widgets/evidence/dropoverlay.h"

#include <QDropEvent>
#include <QMimeData>
#include <QWidget>

namespace halfshake {

namespace {

// evidence is only read: moving would tell the other program to delete it
void acceptAsCopy(QDropEvent& event)
{
    event.setDropAction(Qt::CopyAction);
    event.accept();
}

} // namespace

DropTarget::DropTarget(QWidget* window) : QObject(window), m_overlay(new DropOverlay(window))
{
    addWindow(window);
}

void DropTarget::addWindow(QWidget* window)
{
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

bool DropTarget::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::DragEnter: {
        auto& enter = static_cast<QDragEnterEvent&>(*event);
        const DropPlan plan = dropPlan(*enter.mimeData());
        if (plan.isEmpty())
            return false;
        m_overlay->showPlan(plan);
        acceptAsCopy(enter);
        return true;
    }
    case QEvent::DragMove:
        acceptAsCopy(static_cast<QDragMoveEvent&>(*event));
        return true;
    case QEvent::DragLeave:
        m_overlay->hide();
        return true;
    case QEvent::Drop:
        drop(static_cast<QDropEvent&>(*event));
        return true;
    default:
        return QObject::eventFilter(watched, event);
    }
}

void DropTarget::drop(QDropEvent& event)
{
    m_overlay->hide();
    const DropPlan plan = dropPlan(*event.mimeData());
    if (plan.isEmpty())
        return;
    acceptAsCopy(event);
    Q_EMIT dropped(plan);
}

} // namespace halfshake
