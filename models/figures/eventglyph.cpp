// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/eventglyph.h"

#include <QPolygonF>

namespace halfshake {

void drawEventGlyph(QPainter& painter, QPointF center, double size, EventClass eventClass, const FigureStyle& style)
{
    const double half = size / 2;
    const auto color = style.colorOf(eventClass);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    switch (eventClass) {
    case EventClass::Completed:
        painter.drawEllipse(center, half, half);
        break;
    case EventClass::Unknown:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, size / 6));
        painter.drawEllipse(center, half * 0.85, half * 0.85);
        break;
    case EventClass::Slow:
        painter.drawPolygon(
            QPolygonF{center + QPointF(0, -half), center + QPointF(half, half), center + QPointF(-half, half)});
        break;
    case EventClass::ClosedEarly:
        painter.drawPolygon(QPolygonF{center + QPointF(0, -half), center + QPointF(half, 0), center + QPointF(0, half),
            center + QPointF(-half, 0)});
        break;
    case EventClass::Refused:
        painter.drawRect(QRectF(center.x() - half * 0.85, center.y() - half * 0.85, half * 1.7, half * 1.7));
        break;
    case EventClass::Failed:
        painter.setPen(QPen(color, size / 4, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(center + QPointF(-half, -half), center + QPointF(half, half));
        painter.drawLine(center + QPointF(-half, half), center + QPointF(half, -half));
        break;
    }
    painter.restore();
}

} // namespace halfshake
