// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/timelinefigure.h"

#include "models/figures/timeticks.h"
#include "models/itemmodels/texts.h"

#include <QFontMetricsF>

#include <utility>

namespace halfshake {

namespace {

double laneHeight(const QFontMetricsF& metrics)
{
    return metrics.height() * 2.6;
}

double axisHeight(const QFontMetricsF& metrics)
{
    return metrics.height() * 2.6;
}

} // namespace

TimelineFigure::TimelineFigure(const Timeline& timeline, TimeRange window, LaneMarks marks)
    : m_tracks(timeline.tracks), m_window(window), m_marks(std::move(marks))
{
    for (const auto& track : m_tracks)
        m_layouts.emplace_back(*track);
}

double TimelineFigure::heightFor(const QFont& font) const
{
    const QFontMetricsF metrics(font);
    return laneHeight(metrics) * static_cast<double>(m_tracks.size()) + axisHeight(metrics);
}

void TimelineFigure::paint(QPainter& painter, const QRectF& area, const FigureStyle& style) const
{
    const QFontMetricsF metrics(painter.font());
    const double lane = laneHeight(metrics);
    double nameWidth = 0;
    for (const auto& track : m_tracks)
        nameWidth = std::max(nameWidth, metrics.horizontalAdvance(texts::trackName(track->kind())));
    const QRectF plot = area.adjusted(nameWidth + metrics.height(), 0, 0, -axisHeight(metrics));

    painter.save();
    paintAxis(painter, {plot, m_window}, style);
    for (std::size_t i = 0; i < m_tracks.size(); ++i) {
        const double top = area.top() + lane * static_cast<double>(i);
        painter.setPen(style.text);
        painter.drawText(QRectF(area.left(), top, nameWidth, lane), Qt::AlignLeft | Qt::AlignVCenter,
            texts::trackName(m_tracks[i]->kind()));
        painter.setPen(QPen(style.grid, 0));
        painter.drawLine(QPointF(area.left(), top + lane), QPointF(plot.right(), top + lane));
        const LaneView view{QRectF(plot.left(), top + lane * 0.1, plot.width(), lane * 0.8), m_window};
        LanePainter(*m_tracks[i], m_layouts[i], view).paint(painter, style, m_marks);
    }
    painter.restore();
}

void TimelineFigure::paintAxis(QPainter& painter, const LaneView& view, const FigureStyle& style) const
{
    const QFontMetricsF metrics(painter.font());
    const double labelWidth = metrics.horizontalAdvance(QStringLiteral("0000-00-00 "));
    const auto& plot = view.area;
    for (const auto& tick : timeTicks(m_window, static_cast<int>(plot.width() / labelWidth))) {
        const double x = view.xOf(tick.time);
        painter.setPen(QPen(style.grid, 0));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        painter.setPen(style.faintText);
        const QRectF label(x - labelWidth / 2, plot.bottom() + 2, labelWidth, axisHeight(metrics));
        painter.drawText(label, Qt::AlignHCenter | Qt::AlignTop, tick.label);
    }
}

} // namespace halfshake
