// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/timeline/overviewbar.h"

#include "models/figures/lanepainter.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace halfshake {

namespace {

std::shared_ptr<const Track> trackOf(const Timeline& timeline, TrackKind kind)
{
    const auto it = std::ranges::find(timeline.tracks, kind, [](const auto& track) { return track->kind(); });
    return it == timeline.tracks.end() ? nullptr : *it;
}

void paintDensity(QPainter& painter, const Track& track, const LaneView& view, const FigureStyle& style)
{
    const auto bins = track.bins(view.window, static_cast<std::uint32_t>(std::max(1.0, view.area.width())));
    std::uint32_t most = 1;
    for (const auto& bin : bins)
        most = std::max(most, bin.count);
    for (const auto& bin : bins) {
        const double height = view.area.height() * std::max(0.25, std::log2(1.0 + bin.count) / std::log2(1.0 + most));
        painter.fillRect(
            QRectF(view.xOf(bin.range.start), view.area.bottom() - height, 1.5, height), style.colorOf(bin.worst));
    }
}

} // namespace

OverviewBar::OverviewBar(TimeViewport& viewport, QWidget* parent) : QWidget(parent), m_viewport(viewport)
{
    setAccessibleName(tr("Overview of the whole incident"));
    setToolTip(tr("The whole incident. Drag the bracket to move the window."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&viewport, &TimeViewport::windowChanged, this, qOverload<>(&QWidget::update));
    connect(&viewport, &TimeViewport::incidentChanged, this, qOverload<>(&QWidget::update));
}

void OverviewBar::setTimeline(const Timeline& timeline)
{
    m_requests = trackOf(timeline, TrackKind::Requests);
    m_failures = trackOf(timeline, TrackKind::FailingUpstreamAttempts);
    update();
}

void OverviewBar::setStyle(const FigureStyle& style)
{
    m_style = style;
    update();
}

QSize OverviewBar::sizeHint() const
{
    return {400, fontMetrics().height() * 2};
}

LaneView OverviewBar::view() const
{
    return {QRectF(rect()).adjusted(1, 3, -1, -3), m_viewport.incident()};
}

void OverviewBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_style.background);
    const auto all = view();
    if (all.window.isEmpty())
        return;
    auto lower = all;
    lower.area.setTop(all.area.center().y());
    auto upper = all;
    upper.area.setBottom(all.area.center().y());
    if (m_requests)
        paintDensity(painter, *m_requests, lower, m_style);
    if (m_failures)
        paintDensity(painter, *m_failures, upper, m_style);

    const double left = std::clamp(all.xOf(m_viewport.window().start), all.area.left(), all.area.right());
    const double right = std::clamp(all.xOf(m_viewport.window().end), all.area.left(), all.area.right());
    painter.setPen(QPen(m_style.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(left, 1, std::max(right - left, 3.0), height() - 2));
}

void OverviewBar::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        centerWindowAt(event->position().x());
}

void OverviewBar::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        centerWindowAt(event->position().x());
}

void OverviewBar::centerWindowAt(double x)
{
    const auto all = view();
    if (all.window.isEmpty() || m_viewport.showsAll())
        return;
    const auto window = m_viewport.window();
    const auto half = window.duration() / 2;
    const auto center = all.timeAt(x);
    m_viewport.setWindow({center - half, center - half + window.duration()});
}

} // namespace halfshake
