// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/evidence/dropoverlay.h"

#include "widgets/common/icons.h"

#include <QPainter>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconSize = 48;
constexpr int padding = 24;

} // namespace

DropOverlay::DropOverlay(QWidget* window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("What dropping here will do"));
    hide();
}

void DropOverlay::showPlan(const DropPlan& plan)
{
    m_lines = dropPlanTexts(plan);
    setAccessibleDescription(m_lines.join(u'\n'));
    setGeometry(parentWidget()->rect());
    raise();
    update();
    show();
}

void DropOverlay::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = palette().color(QPalette::Window);
    veil.setAlphaF(0.85F);
    painter.fillRect(rect(), veil);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 3, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(12, 12, -12, -12), 10, 10);

    QFont large = font();
    large.setPointSizeF(font().pointSizeF() * 1.5);
    const int lineHeight = QFontMetrics(large).height() + 6;
    const int height = iconSize + padding + lineHeight * static_cast<int>(m_lines.size());
    QRect line(padding, rect().center().y() - height / 2, width() - 2 * padding, iconSize);
    themedIcon(u"add"_s).paint(&painter, line);
    painter.setFont(large);
    painter.setPen(palette().color(QPalette::WindowText));
    line = QRect(line.left(), line.bottom() + padding, line.width(), lineHeight);
    for (const QString& text : std::as_const(m_lines)) {
        painter.drawText(line, Qt::AlignCenter, QFontMetrics(large).elidedText(text, Qt::ElideMiddle, line.width()));
        line.translate(0, lineHeight);
    }
}

} // namespace halfshake
