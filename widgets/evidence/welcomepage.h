// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QScrollArea>

class QAction;
class QGridLayout;
class QLabel;

namespace halfshake {

/// What the window shows without evidence: what to drop, how to collect it, and where to begin.
class WelcomePage : public QScrollArea
{
    Q_OBJECT

public:
    /// \a beginnings become buttons, the first one the main one.
    explicit WelcomePage(const QList<QAction*>& beginnings, QWidget* parent = nullptr);

private:
    QWidget* makeDropArea(const QList<QAction*>& beginnings);
    QWidget* makeCommands();
    void addCommand(QGridLayout& grid, const QString& what, const QString& command);
};

} // namespace halfshake
