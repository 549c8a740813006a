// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/logs/findbar.h"

#include "widgets/common/icons.h"
#include "widgets/common/levelicon.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace halfshake {

using namespace Qt::StringLiterals;

FindBar::FindBar(QWidget* parent) : QWidget(parent), m_edit(new QLineEdit(this)), m_state(new QLabel(this))
{
    setObjectName(u"findBar"_s);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 4, 6, 4);
    layout->setSpacing(4);

    m_edit->setObjectName(u"findText"_s);
    m_edit->setPlaceholderText(tr("Find in this file"));
    m_edit->setAccessibleName(m_edit->placeholderText());
    m_edit->setClearButtonEnabled(true);
    m_edit->setAcceptDrops(false);
    m_edit->setMinimumWidth(90);
    m_edit->installEventFilter(this);
    layout->addWidget(m_edit, 1);

    m_isPattern = addButton(u"findPattern"_s, u".*"_s, tr("Regular expression (PCRE2)"));
    m_isPattern->setCheckable(true);
    QToolButton* const previous = addButton(u"findPreviousButton"_s, u"↑"_s, tr("Previous match (Shift+F3)"));
    QToolButton* const next = addButton(u"findNextButton"_s, u"↓"_s, tr("Next match (F3)"));
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setAccessibleName(tr("Result of the search"));
    layout->addWidget(m_state);
    QToolButton* const closeButton = addButton(u"closeFind"_s, {}, tr("Close the search (Esc)"));
    closeButton->setIcon(themedIcon(u"close"_s));

    const auto changed = [this] { Q_EMIT queryChanged(query()); };
    connect(m_edit, &QLineEdit::textChanged, this, changed);
    connect(m_isPattern, &QToolButton::toggled, this, changed);
    connect(next, &QToolButton::clicked, this, &FindBar::nextRequested);
    connect(previous, &QToolButton::clicked, this, &FindBar::previousRequested);
    connect(closeButton, &QToolButton::clicked, this, &FindBar::close);
    hide();
}

QToolButton* FindBar::addButton(const QString& name, const QString& text, const QString& what)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setText(text);
    button->setAutoRaise(true);
    button->setToolTip(what);
    button->setAccessibleName(what);
    layout()->addWidget(button);
    return button;
}

void FindBar::open()
{
    const bool wasOpen = isVisible();
    show();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
    if (!wasOpen)
        Q_EMIT queryChanged(query());
}

void FindBar::close()
{
    hide();
    Q_EMIT queryChanged({});
    Q_EMIT closed();
}

LineQuery FindBar::query() const
{
    return {.text = m_edit->text(), .isPattern = m_isPattern->isChecked()};
}

void FindBar::setState(const QString& text, bool isProblem)
{
    m_state->setText(text);
    QPalette look;
    if (isProblem)
        look.setColor(QPalette::PlaceholderText, levelIcon(DiagnosticLevel::Error, palette()).color);
    m_state->setPalette(look);
}

QString FindBar::stateText() const
{
    return m_state->text();
}

bool FindBar::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* const key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (key->modifiers().testFlag(Qt::ShiftModifier))
            Q_EMIT previousRequested();
        else
            Q_EMIT nextRequested();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace halfshake
