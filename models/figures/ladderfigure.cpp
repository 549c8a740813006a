// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/ladderfigure.h"

#include "models/figures/ladderrows.h"
#include "models/itemmodels/texts.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPolygonF>

#include <algorithm>

namespace halfshake {

namespace {

/// Where things stand for one width and font.
struct Geometry
{
    QRectF area;
    double lineHeight;
    double rowHeight;
    double timeWidth;
    double left; ///< Client's life line.
    double right; ///< Server's life line.
    double firstRow;

    Geometry(const QRectF& whole, const QFontMetricsF& metrics)
        : area(whole)
        , lineHeight(metrics.height())
        , rowHeight(metrics.height() * 2.1)
        , timeWidth(metrics.horizontalAdvance(QStringLiteral("+000.000 ms ")))
        , left(whole.left() + timeWidth + metrics.height())
        , right(whole.right() - metrics.height() * 1.5)
        , firstRow(whole.top() + metrics.height() * 3.2)
    {
    }

    [[nodiscard]] QRectF row(std::size_t index) const
    {
        return {area.left(), firstRow + rowHeight * static_cast<double>(index), area.width(), rowHeight};
    }
};

QRectF verdictArea(const Geometry& geometry, std::size_t rows)
{
    const auto top = geometry.row(rows).top() + geometry.lineHeight * 0.8;
    return {geometry.area.left(), top, geometry.area.width(), geometry.lineHeight * 8};
}

QString name(const Endpoint& endpoint)
{
    return QString::fromStdString(toString(endpoint));
}

void drawArrow(QPainter& painter, QPointF from, QPointF to, double size)
{
    painter.drawLine(from, to);
    const double direction = to.x() > from.x() ? 1 : -1;
    const QPolygonF head{to, to + QPointF(-direction * size, -size * 0.5), to + QPointF(-direction * size, size * 0.5)};
    painter.setBrush(painter.pen().color());
    painter.setPen(Qt::NoPen);
    painter.drawPolygon(head);
}

void drawRow(QPainter& painter, const LadderFigure::Row& row, const QRectF& area, const Geometry& geometry,
    const FigureStyle& style)
{
    const QFontMetricsF metrics(painter.font());
    painter.setPen(row.isGhost ? style.ghost : style.faintText);
    const QRectF time(area.left(), area.bottom() - geometry.lineHeight * 1.35, geometry.timeWidth, geometry.lineHeight);
    painter.drawText(time, Qt::AlignRight | Qt::AlignVCenter, row.time);

    const auto color = row.isGhost                ? style.ghost
        : row.eventClass == EventClass::Completed ? style.text
                                                  : style.colorOf(row.eventClass);
    painter.setPen(color);
    const QRectF label(geometry.left, area.top(), geometry.right - geometry.left, geometry.lineHeight * 1.2);
    const auto text = metrics.elidedText(row.label, Qt::ElideRight, label.width() - geometry.lineHeight);
    painter.drawText(label, Qt::AlignHCenter | Qt::AlignVCenter, text);

    const double y = area.bottom() - geometry.lineHeight * 0.8;
    const double slope = geometry.lineHeight * 0.15;
    const QPointF left(geometry.left, row.isFromClient ? y - slope : y + slope);
    const QPointF right(geometry.right, row.isFromClient ? y + slope : y - slope);
    painter.setPen(QPen(color, row.isGhost ? 1.0 : 1.4, row.isGhost ? Qt::DashLine : Qt::SolidLine));
    if (row.isFromClient)
        drawArrow(painter, left, right, geometry.lineHeight * 0.55);
    else
        drawArrow(painter, right, left, geometry.lineHeight * 0.55);
}

void drawEnds(QPainter& painter, const Geometry& geometry, const QString& client, const QString& server)
{
    const double height = geometry.lineHeight * 2.4;
    const QRectF header(geometry.area.left(), geometry.area.top(), geometry.area.width(), height);
    const auto draw = [&](const QString& role, const QString& endpoint, Qt::Alignment side) {
        painter.drawText(header, static_cast<int>(side | Qt::AlignTop), role + u'\n' + endpoint);
    };
    draw(QCoreApplication::translate("LadderFigure", "client"), client, Qt::AlignLeft);
    draw(QCoreApplication::translate("LadderFigure", "server"), server, Qt::AlignRight);
}

} // namespace

LadderFigure::LadderFigure(const IncidentSnapshot& snapshot, ObjectRef connection)
{
    const auto* attempt = snapshot.connection(connection);
    if (!attempt)
        return;
    m_rows = ladderRows(*snapshot.capture(connection.evidence), *attempt);
    m_clientName = name(attempt->client);
    m_serverName = name(attempt->server);
    m_verdict = texts::outcomeExplanation(attempt->outcome);
    if (attempt->lost != PlaceOfLoss::Unknown)
        m_verdict += u' ' + texts::placeOfLoss(attempt->lost);
}

double LadderFigure::heightFor(double width, const QFont& font) const
{
    const QFontMetricsF metrics(font);
    const Geometry geometry(QRectF(0, 0, width, 0), metrics);
    const auto area = verdictArea(geometry, m_rows.size());
    const auto text = metrics.boundingRect(area, Qt::TextWordWrap, m_verdict);
    return area.top() + text.height() + geometry.lineHeight * 0.5;
}

void LadderFigure::paint(
    QPainter& painter, const QRectF& area, const FigureStyle& style, std::uint32_t currentPacket) const
{
    const Geometry geometry(area, QFontMetricsF(painter.font()));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(style.text);
    drawEnds(painter, geometry, m_clientName, m_serverName);

    const double top = geometry.firstRow - geometry.lineHeight * 0.5;
    const double bottom = geometry.row(m_rows.size()).top() + geometry.lineHeight * 0.3;
    painter.setPen(QPen(style.grid, 1.5));
    painter.drawLine(QPointF(geometry.left, top), QPointF(geometry.left, bottom));
    painter.drawLine(QPointF(geometry.right, top), QPointF(geometry.right, bottom));

    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto row = geometry.row(i);
        if (currentPacket != 0 && m_rows[i].packet == currentPacket) {
            painter.setPen(QPen(style.accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), 4, 4);
        }
        drawRow(painter, m_rows[i], row, geometry, style);
    }
    painter.setPen(style.text);
    painter.drawText(verdictArea(geometry, m_rows.size()), Qt::TextWordWrap, m_verdict);
    painter.restore();
}

int LadderFigure::rowAt(const QPointF& position, const QRectF& area, const QFont& font) const
{
    const Geometry geometry(area, QFontMetricsF(font));
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (geometry.row(i).contains(position))
            return static_cast<int>(i);
    }
    return -1;
}

} // namespace halfshake
