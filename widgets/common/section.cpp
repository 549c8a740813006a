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
    m_heading->setArrowType(Qt::RightArrow);
    m_heading->setMinimumWidth(1);
    m_heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    m_layout->addWidget(m_heading, 0, Qt::AlignLeft);
    connect(m_heading, &QToolButton::clicked, this, [this] { setOpen(!m_isOpen); });
}

QString Section::title() const
{
    return m_heading->text();
}

void Section::setOpen(bool isOpen)
{
    if (m_isOpen == isOpen)
        return;
    m_isOpen = isOpen;
    m_heading->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    m_heading->setAccessibleDescription(isOpen ? tr("open") : tr("closed"));
    if (m_body == nullptr) {
        m_body = m_makeBody();
        m_layout->addWidget(m_body);
    }
    m_body->setVisible(isOpen);
    Q_EMIT openChanged(isOpen);
}

} // namespace halfshake
