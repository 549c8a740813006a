// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/evidence/dropplan.h"

#include <QObject>

class QDropEvent;

namespace halfshake {

class DropOverlay;

/// Makes a window take files, folders and text, wherever on it they are dropped.
class DropTarget : public QObject
{
    Q_OBJECT

public:
    /// \a window shows the overlay and owns this.
    explicit DropTarget(QWidget* window);

    /// Takes drops for \a window too: docks become windows of their own when they float.
    void addWindow(QWidget* window);
    [[nodiscard]] DropOverlay* overlay() const { return m_overlay; }

Q_SIGNALS:
    void dropped(const halfshake::DropPlan& plan);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void drop(QDropEvent& event);

    DropOverlay* m_overlay;
};

} // namespace halfshake
