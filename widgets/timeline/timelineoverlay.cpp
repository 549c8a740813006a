// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/timeline/timelineoverlay.h"

namespace halfshake {

TimelineOverlay::TimelineOverlay(QCustomPlot* plot, const QString& layer) : QCPLayerable(plot, layer) { }

void TimelineOverlay::applyDefaultAntialiasingHint(QCPPainter* painter) const
{
    painter->setAntialiasing(false);
}

void TimelineOverlay::draw(QCPPainter* painter)
{
    if (m_range) {
        auto fill = m_style.accent;
        fill.setAlphaF(0.18F);
        const QRectF range(m_range->first, m_area.top(), m_range->second - m_range->first, m_area.height());
        painter->fillRect(range.normalized(), fill);
    }
    if (m_cursorX && m_area.left() <= *m_cursorX && *m_cursorX <= m_area.right()) {
        painter->setPen(QPen(m_style.accent, 1, Qt::DashLine));
        painter->drawLine(QPointF(*m_cursorX, m_area.top()), QPointF(*m_cursorX, m_area.bottom()));
    }
}

} // namespace halfshake
