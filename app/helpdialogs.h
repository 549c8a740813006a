// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

class QAction;
class QWidget;

namespace halfshake {

/// Opens the list of all shortcuts. Not modal; closes itself with \a parent.
void showShortcuts(const QList<QAction*>& actions, QWidget* parent);

/// Opens "About". Not modal.
void showAbout(QWidget* parent);

} // namespace halfshake
