// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/section.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace halfshake {

Section::Section(const QString& title, std::function<QWidget*()> makeBody, QWidget* parent)
    : QWidget(parent)
    , m_makeBody(std::move(makeBody))
    , m_heading(new QToolButton(this))
    , m_layout(new QVBoxLayout(this))
{
    m_heading->setText(title);
    m_heading->setAccessibleName(title);
    m_heading->setAutoRaise(true);
    m_heading->setCheckable(true);
    m_heading->setArrowType(Qt::RightArrow);
    m_heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    m_layout->addWidget(m_heading, 0, Qt::AlignLeft);
    connect(m_heading, &QToolButton::toggled, this, &Section::setOpen);
}

QString Section::title() const
{
    return m_heading->text();
}

bool Section::isOpen() const
{
    return m_heading->isChecked();
}

void Section::setOpen(bool isOpen)
{
    m_heading->setChecked(isOpen);
    m_heading->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    if (isOpen && m_body == nullptr) {
        m_body = m_makeBody();
        m_layout->addWidget(m_body);
    }
    if (m_body != nullptr && m_body->isHidden() == isOpen) {
        m_body->setVisible(isOpen);
        Q_EMIT openChanged(isOpen);
    }
}

} // namespace halfshake
