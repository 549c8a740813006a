// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/levelicon.h"

#include "widgets/common/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <QPolygonF>

#include <algorithm>

namespace halfshake {

namespace {

QPen strongPen(const QColor& color, double size)
{
    return {color, std::max(1.5, size / 6), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

void paintOutline(QPainter& painter, GlyphShape shape, const QRectF& box)
{
    switch (shape) {
    case GlyphShape::Cross:
        painter.drawLine(box.topLeft(), box.bottomRight());
        painter.drawLine(box.topRight(), box.bottomLeft());
        return;
    case GlyphShape::Check:
        painter.drawPolyline(QPolygonF{{box.left(), box.center().y()},
            {box.left() + box.width() * 0.38, box.bottom() - box.height() * 0.08},
            {box.right(), box.top() + box.height() * 0.1}});
        return;
    case GlyphShape::Dash:
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()));
        return;
    default:
        painter.drawEllipse(box);
        return;
    }
}

QPainterPath filledPath(GlyphShape shape, const QRectF& box)
{
    QPainterPath path;
    switch (shape) {
    case GlyphShape::Triangle:
        path.addPolygon(
            QPolygonF{{box.center().x(), box.top()}, {box.right(), box.bottom()}, {box.left(), box.bottom()}});
        break;
    case GlyphShape::Square:
        path.addRect(box.adjusted(1, 1, -1, -1));
        break;
    case GlyphShape::Diamond:
        path.addPolygon(QPolygonF{{box.center().x(), box.top()}, {box.right(), box.center().y()},
            {box.center().x(), box.bottom()}, {box.left(), box.center().y()}});
        break;
    default:
        path.addEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    }
    path.closeSubpath();
    return path;
}

} // namespace

void LevelIcon::paint(QPainter& painter, const QRectF& area) const
{
    if (shape == GlyphShape::None)
        return;
    const double size = std::min({area.width(), area.height(), 12.0});
    QRectF box(0, 0, size, size);
    box.moveCenter(area.center());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isOutline = shape == GlyphShape::Cross || shape == GlyphShape::Check || shape == GlyphShape::Dash
        || shape == GlyphShape::Ring;
    if (isOutline) {
        painter.setPen(strongPen(color, size));
        painter.setBrush(Qt::NoBrush);
        paintOutline(painter, shape, box.adjusted(1.5, 1.5, -1.5, -1.5));
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPath(filledPath(shape, box.adjusted(0.5, 0.5, -0.5, -0.5)));
    }
    painter.restore();
}

QIcon LevelIcon::icon(int size) const
{
    QIcon icon;
    for (const double ratio : {1.0, 2.0}) {
        QPixmap pixmap(QSize(size, size) * ratio);
        pixmap.setDevicePixelRatio(ratio);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(painter, QRectF(0, 0, size, size));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

LevelIcon levelIcon(EventClass eventClass, const QPalette& palette)
{
    const QColor color = figureStyle(palette).colorOf(eventClass);
    switch (eventClass) {
    case EventClass::Completed:
        return {GlyphShape::Disc, color};
    case EventClass::Unknown:
        return {GlyphShape::Ring, color};
    case EventClass::Slow:
        return {GlyphShape::Triangle, color};
    case EventClass::ClosedEarly:
        return {GlyphShape::Diamond, color};
    case EventClass::Refused:
        return {GlyphShape::Square, color};
    case EventClass::Failed:
        return {GlyphShape::Cross, color};
    }
    Q_UNREACHABLE_RETURN({});
}

LevelIcon levelIcon(DiagnosticLevel level, const QPalette& palette)
{
    const FigureStyle style = figureStyle(palette);
    switch (level) {
    case DiagnosticLevel::Note:
        return {GlyphShape::Disc, style.colorOf(EventClass::Unknown)};
    case DiagnosticLevel::Warning:
    case DiagnosticLevel::DataLoss:
        return {GlyphShape::Triangle, style.colorOf(EventClass::Slow)};
    case DiagnosticLevel::Error:
        return {GlyphShape::Cross, style.colorOf(EventClass::Failed)};
    }
    Q_UNREACHABLE_RETURN({});
}

LevelIcon levelIcon(Certainty certainty, const QPalette& palette)
{
    const FigureStyle style = figureStyle(palette);
    switch (certainty) {
    case Certainty::Confirmed:
        return {GlyphShape::Square, style.colorOf(EventClass::Failed)};
    case Certainty::Likely:
        return {GlyphShape::Triangle, style.colorOf(EventClass::Slow)};
    case Certainty::Possible:
        return {GlyphShape::Ring, style.colorOf(EventClass::Slow)};
    case Certainty::Excluded:
        return {GlyphShape::Dash, style.colorOf(EventClass::Unknown)};
    }
    Q_UNREACHABLE_RETURN({});
}

LevelIcon levelIcon(const Finding& finding, const QPalette& palette)
{
    const FigureStyle style = figureStyle(palette);
    switch (finding.verdict) {
    case Verdict::Fires:
        switch (finding.severity) {
        case Severity::Error:
            return {GlyphShape::Square, style.colorOf(EventClass::Failed)};
        case Severity::Warning:
            return {GlyphShape::Triangle, style.colorOf(EventClass::Slow)};
        case Severity::Info:
            return {GlyphShape::Disc, style.colorOf(EventClass::Completed)};
        }
        break;
    case Verdict::Clear:
        return successIcon(palette);
    case Verdict::Unknown:
        return {GlyphShape::Ring, style.colorOf(EventClass::Unknown)};
    case Verdict::NotApplicable:
        return {GlyphShape::Dash, style.colorOf(EventClass::Unknown)};
    case Verdict::Error:
        return {GlyphShape::Cross, style.colorOf(EventClass::Failed)};
    }
    return {};
}

LevelIcon successIcon(const QPalette& palette)
{
    return {GlyphShape::Check, isDark(palette) ? QColor(0x6f, 0xcf, 0x97) : QColor(0x1f, 0x7a, 0x43)};
}

} // namespace halfshake
