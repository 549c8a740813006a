// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/findings/card.h"

#include "widgets/common/linklabel.h"
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
    m_arrow->setAutoRaise(true);
    m_arrow->setArrowType(Qt::RightArrow);
    m_arrow->setFixedSize(18, 18);

    auto* title = new QLabel(m_head.title.toHtmlEscaped(), this);
    QFont bold = title->font();
    bold.setBold(!m_head.isQuiet);
    title->setFont(bold);
    auto* subtitle = new QLabel(m_head.subtitle.toHtmlEscaped(), this);
    subtitle->setForegroundRole(QPalette::PlaceholderText);
    subtitle->setVisible(!m_head.subtitle.isEmpty());
    for (QLabel* label : {title, subtitle}) {
        label->setCursor(Qt::PointingHandCursor);
        label->installEventFilter(this);
        letWrap(*label);
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

    connect(m_arrow, &QToolButton::clicked, this, [this] {
        setOpen(!m_isOpen);
        if (m_isOpen)
            Q_EMIT chosen(m_head.object);
    });
    describe();
}

void Card::setOpen(bool isOpen)
{
    if (m_isOpen == isOpen)
        return;
    m_isOpen = isOpen;
    m_arrow->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    if (m_body == nullptr) {
        m_body = m_makeBody();
        m_layout->addWidget(m_body);
    }
    m_body->setVisible(isOpen);
    describe();
    Q_EMIT openChanged(isOpen);
}

void Card::setMarked(bool isMarked)
{
    if (m_isMarked == isMarked)
        return;
    m_isMarked = isMarked;
    describe();
    update();
}

void Card::describe()
{
    QStringList parts{m_head.subtitle, m_isOpen ? tr("open") : tr("closed")};
    if (m_isMarked)
        parts << tr("belongs to the current object");
    m_arrow->setAccessibleDescription(parts.join(u", "_s));
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
