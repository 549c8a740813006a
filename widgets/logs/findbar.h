// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/itemmodels/linematcher.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace halfshake {

/// The line below a text in which it is searched: what for, how many lines match, and steps from one to the next.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget* parent = nullptr);

    void open(); ///< Shows it and gives it the keyboard.
    void close();
    [[nodiscard]] LineQuery query() const;
    void setState(const QString& text, bool isProblem); ///< What has been found, or what is wrong with the pattern.
    [[nodiscard]] QString stateText() const;

Q_SIGNALS:
    void queryChanged(const halfshake::LineQuery& query); ///< An empty one when it is closed.
    void nextRequested();
    void previousRequested();
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QToolButton* addButton(const QString& name, const QString& text, const QString& what);

    QLineEdit* m_edit;
    QToolButton* m_isPattern;
    QLabel* m_state;
};

} // namespace halfshake
