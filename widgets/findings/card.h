// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "widgets/common/levelicon.h"

#include <QFrame>

#include <functional>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace halfshake {

/// What the head of a card says.
struct CardHead
{
    ObjectRef object; ///< The finding or cause.
    QString key; ///< Names the same finding or cause in the next snapshot.
    LevelIcon icon;
    QString title;
    QString subtitle;
    bool isQuiet = false; ///< Nothing that needs attention: not bold.
};

/// One finding or cause: a head that is always there, and a body that opens below it.
class Card : public QFrame
{
    Q_OBJECT

public:
    Card(CardHead head, std::function<QWidget*()> makeBody, QWidget* parent = nullptr);

    [[nodiscard]] const CardHead& head() const { return m_head; }
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    void setOpen(bool isOpen);
    /// It belongs to the current object.
    void setMarked(bool isMarked);
    [[nodiscard]] bool isMarked() const { return m_isMarked; }

Q_SIGNALS:
    void openChanged(bool isOpen);
    void chosen(halfshake::ObjectRef object); ///< The user opened it.

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void describe();

    CardHead m_head;
    std::function<QWidget*()> m_makeBody;
    QToolButton* m_arrow;
    QVBoxLayout* m_layout;
    QWidget* m_body = nullptr;
    bool m_isOpen = false;
    bool m_isMarked = false;
};

} // namespace halfshake
