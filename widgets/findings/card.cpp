// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/findings/card.h"

#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr int barWidth = 4;

/// Draws the level's shape in the head.
class IconLabel final : public QWidget
{
public:
    IconLabel(const LevelIcon& icon, QWidget* parent) : QWidget(parent), m_icon(icon) { setFixedSize(16, 18); }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        m_icon.paint(painter, rect());
    }

private:
    LevelIcon m_icon;
};

} // namespace

Card::Card(CardHead head, std::function<QWidget*()> makeBody, QWidget* parent)
    : QFrame(parent)
    , m_head(std::move(head))
    , m_makeBody(std::move(makeBody))
    , m_arrow(new QToolButton(this))
    , m_layout(new QVBoxLayout(this))
{
    m_arrow->setObjectName(u"cardArrow"_s);
    m_arrow->setAccessibleName(m_head.title);
    m_arrow->setAccessibleDescription(m_head.subtitle);
    m_arrow->setAutoRaise(true);
    m_arrow->setCheckable(true);
    m_arrow->setArrowType(Qt::RightArrow);
    m_arrow->setFixedSize(18, 18);

    auto* title = new QLabel(m_head.title.toHtmlEscaped(), this);
    title->setWordWrap(true);
    QFont bold = title->font();
    bold.setBold(!m_head.isQuiet);
    title->setFont(bold);
    auto* subtitle = new QLabel(m_head.subtitle.toHtmlEscaped(), this);
    subtitle->setWordWrap(true);
    subtitle->setForegroundRole(QPalette::PlaceholderText);
    subtitle->setVisible(!m_head.subtitle.isEmpty());
    for (QLabel* label : {title, subtitle}) {
        label->setCursor(Qt::PointingHandCursor);
        label->installEventFilter(this);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    }

    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(title);
    words->addWidget(subtitle);
    auto* top = new QHBoxLayout;
    top->setSpacing(4);
    top->addWidget(m_arrow, 0, Qt::AlignTop);
    top->addWidget(new IconLabel(m_head.icon, this), 0, Qt::AlignTop);
    top->addLayout(words, 1);
    m_layout->setContentsMargins(barWidth + 4, 6, 8, 6);
    m_layout->setSpacing(4);
    m_layout->addLayout(top);

    connect(m_arrow, &QToolButton::toggled, this, &Card::setOpen);
    connect(m_arrow, &QToolButton::clicked, this, [this](bool isOpen) {
        if (isOpen)
            Q_EMIT chosen(m_head.object);
    });
}

bool Card::isOpen() const
{
    return m_arrow->isChecked();
}

void Card::setOpen(bool isOpen)
{
    m_arrow->setChecked(isOpen);
    m_arrow->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    if (isOpen && m_body == nullptr) {
        m_body = m_makeBody();
        m_layout->addWidget(m_body);
    }
    if (m_body != nullptr && m_body->isHidden() == isOpen) {
        m_body->setVisible(isOpen);
        Q_EMIT openChanged(isOpen);
    }
}

void Card::setMarked(bool isMarked)
{
    if (m_isMarked == isMarked)
        return;
    m_isMarked = isMarked;
    m_arrow->setAccessibleDescription(
        isMarked ? tr("%1; belongs to the current object").arg(m_head.subtitle) : m_head.subtitle);
    update();
}

bool Card::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonRelease && static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton) {
        m_arrow->click();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void Card::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor highlight = palette().color(QPalette::Highlight);
    const QColor base = palette().color(QPalette::Base);
    painter.setPen(QPen(m_isMarked ? highlight : palette().color(QPalette::Midlight), 1));
    painter.setBrush(m_isMarked ? mixed(base, highlight, 0.08) : base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    if (m_isMarked) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(highlight);
        painter.drawRoundedRect(QRectF(1, 3, barWidth - 1, height() - 6), 1.5, 1.5);
    }
}

} // namespace halfshake
