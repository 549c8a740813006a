// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/figures/figurestyle.h"
#include "models/figures/lanepainter.h"
#include "models/timeline/timeline.h"

#include <QPainter>
#include <QRectF>

#include <memory>
#include <vector>

namespace halfshake {

/// The timeline as a figure of the report: named lanes over one time axis.
class TimelineFigure
{
public:
    TimelineFigure(const Timeline& timeline, TimeRange window, LaneMarks marks);

    [[nodiscard]] double heightFor(const QFont& font) const;
    void paint(QPainter& painter, const QRectF& area, const FigureStyle& style) const;

private:
    void paintAxis(QPainter& painter, const LaneView& view, const FigureStyle& style) const;

    std::vector<std::shared_ptr<const Track>> m_tracks;
    std::vector<LaneLayout> m_layouts;
    TimeRange m_window;
    LaneMarks m_marks;
};

} // namespace halfshake
