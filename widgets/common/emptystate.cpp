// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/emptystate.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace halfshake {

EmptyState::EmptyState(QWidget* parent) : QWidget(parent), m_label(new QLabel(this))
{
    m_label->setWordWrap(true);
    m_label->setAlignment(Qt::AlignCenter);
    m_label->setForegroundRole(QPalette::PlaceholderText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_label->setMaximumWidth(420);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addWidget(m_label, 1, Qt::AlignVCenter);
    layout->setAlignment(m_label, Qt::Alignment());
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setFocusProxy(parent);
    parent->installEventFilter(this);
    hide();
}

void EmptyState::setText(const QString& text)
{
    m_label->setText(text);
    setAccessibleName(text);
    setGeometry(parentWidget()->rect());
    setVisible(!text.isEmpty());
    raise();
}

QString EmptyState::text() const
{
    return m_label->text();
}

bool EmptyState::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace halfshake
