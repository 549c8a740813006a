// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/common/theme.h"

#include <QKeySequence>
#include <QObject>

#include <array>

class QAction;
class QActionGroup;
class QMenuBar;
class QToolBar;

namespace halfshake {

/// Every action of the window with its name, words, icon and shortcut. What they do is connected by the window.
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QObject* parent = nullptr);

    /// \a paneToggles show and hide the panes; \a paneFocus bring one to the front.
    void fillMenuBar(QMenuBar& menuBar, const QList<QAction*>& paneToggles, const QList<QAction*>& paneFocus);
    void fillToolBar(QToolBar& toolBar);
    [[nodiscard]] QList<QAction*> all() const; ///< In the order of the menus, for the list of shortcuts.
    [[nodiscard]] QAction* themeAction(ThemeMode mode) const { return m_themes[static_cast<std::size_t>(mode)]; }

    QAction* addFiles;
    QAction* addFolder;
    QAction* paste;
    QAction* openSample;
    QAction* removeEvidence;
    QAction* clocks;
    QAction* exportReport;
    QAction* quit;
    QAction* copy;
    QAction* find;
    QAction* findNext;
    QAction* findPrevious;
    QAction* zoomIn;
    QAction* zoomOut;
    QAction* fit;
    QAction* zoomBack;
    QAction* resetLayout;
    QAction* back;
    QAction* forward;
    QAction* previousFailure;
    QAction* nextFailure;
    QAction* centre;
    QAction* nextPane;
    QAction* previousPane;
    QAction* shortcuts;
    QAction* about;

Q_SIGNALS:
    void themeChosen(halfshake::ThemeMode mode);

private:
    QAction* add(
        const QString& name, const QString& text, const QString& icon, const QKeySequence& shortcut = QKeySequence());
    void makeFileActions();
    void makeEditActions();
    void makeViewActions();
    void makeGoActions();

    std::array<QAction*, 3> m_themes{};
};

} // namespace halfshake
