// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/panes.h"

#include <QMainWindow>

#include <array>

namespace halfshake {

/// The panes as docks. The inner window of the workbench: it has no central widget, every pane may be moved, floated
/// and closed.
class DockLayout : public QMainWindow
{
    Q_OBJECT

public:
    /// Changes with the set of docks, so that a layout saved by another version is not restored.
    static constexpr int version = 1;

    explicit DockLayout(const Panes& panes, QWidget* parent = nullptr);

    void reset(); ///< The arrangement of a first start, for the size the window has now.
    void restore(
        const QByteArray& layout); ///< What saveState(version) gave; the first arrangement where it does not fit.
    void bringToFront(Pane pane); ///< Opens and raises it and gives it the keyboard.
    void bringNeighbourToFront(bool isNext); ///< Of the pane that has the keyboard.

    [[nodiscard]] QDockWidget* dock(Pane pane) const { return m_docks[static_cast<std::size_t>(pane)]; }
    [[nodiscard]] QList<QAction*> toggleActions() const;
    [[nodiscard]] QList<QAction*> focusActions() const { return m_focusActions; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void add(Pane pane, QWidget* widget, const QString& name, const QString& title);
    [[nodiscard]] bool isAhead(Pane pane) const; ///< Visible, and not behind another tab.

    std::array<QDockWidget*, paneCount> m_docks{};
    QList<QAction*> m_focusActions;
    bool m_mustReset = false; ///< At the first show: before it the window has no size.
};

} // namespace halfshake
