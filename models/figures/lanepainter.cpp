// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/lanepainter.h"

#include "models/figures/eventglyph.h"

#include <algorithm>
#include <cmath>

namespace halfshake {

namespace {

constexpr double glyphSize = 9;
constexpr double columnWidth = 2;
constexpr double clickDistance = 7;

bool isMarked(const LaneMarks& marks, ObjectRef object)
{
    return object == marks.current || std::ranges::binary_search(marks.related, object);
}

} // namespace

LanePainter::LanePainter(const Track& track, const LaneLayout& layout, const LaneView& view)
    : m_track(track), m_layout(layout), m_view(view)
{
    if (m_view.window.isEmpty() || m_view.area.width() < 1)
        return;
    const auto most = static_cast<std::size_t>(m_view.area.width() / 4) * static_cast<std::size_t>(m_layout.rowCount());
    m_events = m_track.overlapping(m_view.window, most + 1);
    m_drawsBins = m_events.size() > most;
    if (m_drawsBins)
        m_events.clear();
}

std::uint32_t LanePainter::columns() const
{
    return static_cast<std::uint32_t>(std::max(1.0, m_view.area.width() / columnWidth));
}

QRectF LanePainter::spanArea(std::uint32_t event) const
{
    const auto& span = m_track.events()[event];
    const double rowHeight = m_view.area.height() / m_layout.rowCount();
    const double thickness = std::min(5.0, rowHeight * 0.5);
    const double y = m_view.area.top() + rowHeight * (m_layout.rowOf(event) + 0.5);
    const double left = std::max(m_view.xOf(span.start), m_view.area.left() - glyphSize);
    const double right = std::min(m_view.xOf(span.start + span.duration), m_view.area.right() + glyphSize);
    return {left, y - thickness / 2, std::max(right - left, 0.0), thickness};
}

std::uint32_t LanePainter::worstEventOf(const TrackBin& bin) const
{
    const auto events = m_track.events().subspan(bin.first, bin.count);
    const auto worst = std::ranges::find(events, bin.worst, &TimelineEvent::eventClass);
    return bin.first + static_cast<std::uint32_t>(worst - events.begin());
}

void LanePainter::paint(QPainter& painter, const FigureStyle& style, const LaneMarks& marks) const
{
    painter.save();
    painter.setClipRect(m_view.area, Qt::IntersectClip);
    if (m_drawsBins)
        paintBins(painter, style);
    // harmless events first, so that nothing covers a failure
    for (const bool isFailing : {false, true}) {
        for (const auto event : m_events) {
            if ((m_track.events()[event].eventClass >= EventClass::Slow) == isFailing)
                paintEvent(painter, event, style, marks);
        }
    }
    if (m_drawsBins)
        paintMarks(painter, style, marks);
    painter.restore();
}

void LanePainter::paintBins(QPainter& painter, const FigureStyle& style) const
{
    const auto bins = m_track.bins(m_view.window, columns());
    std::uint32_t most = 1;
    for (const auto& bin : bins)
        most = std::max(most, bin.count);
    for (const auto& bin : bins) {
        const double share = std::log2(1.0 + bin.count) / std::log2(1.0 + most);
        const double height = m_view.area.height() * (0.2 + 0.75 * share);
        const double left = m_view.xOf(bin.range.start);
        const QRectF column(left, m_view.area.bottom() - height, columnWidth, height);
        painter.fillRect(column, style.colorOf(bin.worst));
    }
}

void LanePainter::paintEvent(
    QPainter& painter, std::uint32_t event, const FigureStyle& style, const LaneMarks& marks) const
{
    const auto& one = m_track.events()[event];
    const auto span = spanArea(event);
    const auto color = style.colorOf(one.eventClass);
    const double rowHeight = m_view.area.height() / m_layout.rowCount();
    const double size = std::clamp(rowHeight * 0.8, 5.0, glyphSize);
    if (span.width() > 2)
        painter.fillRect(span, color);
    const QPointF end(span.right(), span.center().y());
    drawEventGlyph(painter, end, size, one.eventClass, style);
    if (!isMarked(marks, one.object))
        return;
    painter.setPen(QPen(style.accent, one.object == marks.current ? 2 : 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(span.adjusted(-3, -4, 3 + size / 2, 4), 3, 3);
}

/// In a lane of columns the marked objects are shown on top of them.
void LanePainter::paintMarks(QPainter& painter, const FigureStyle& style, const LaneMarks& marks) const
{
    for (std::uint32_t event = 0; event < m_track.events().size(); ++event) {
        const auto& one = m_track.events()[event];
        if (one.start < m_view.window.end && m_view.window.start <= one.start + one.duration
            && isMarked(marks, one.object))
            paintEvent(painter, event, style, marks);
    }
}

std::optional<std::uint32_t> LanePainter::eventAt(const QPointF& position) const
{
    std::optional<std::uint32_t> nearest;
    if (m_drawsBins) {
        double nearestDistance = clickDistance;
        for (const auto& bin : m_track.bins(m_view.window, columns())) {
            const double distance = std::abs(m_view.xOf(bin.range.start) + columnWidth / 2 - position.x());
            if (distance < nearestDistance) {
                nearestDistance = distance;
                nearest = worstEventOf(bin);
            }
        }
        return nearest;
    }
    double nearestDistance = clickDistance * clickDistance;
    for (const auto event : m_events) {
        const auto span = spanArea(event);
        const double x = std::clamp(position.x(), span.left(), span.right());
        const QPointF gap(position.x() - x, position.y() - span.center().y());
        const double distance = QPointF::dotProduct(gap, gap);
        if (distance < nearestDistance) {
            nearestDistance = distance;
            nearest = event;
        }
    }
    return nearest;
}

} // namespace halfshake
