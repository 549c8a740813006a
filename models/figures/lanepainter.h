// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/figures/figurestyle.h"
#include "models/figures/lanelayout.h"
#include "models/figures/laneview.h"
#include "models/timeline/track.h"

#include <QPainter>
#include <QPointF>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace halfshake {

/// Objects that stand out in every lane.
struct LaneMarks
{
    ObjectRef current;
    std::vector<ObjectRef> related; ///< Sorted.
};

/// Draws one track: single events as glyphs and spans, many as one column per pixel whose height is the logarithm of
/// the count and whose colour is that of the worst event. Screen and report draw with it.
class LanePainter
{
public:
    LanePainter(const Track& track, const LaneLayout& layout, const LaneView& view);

    void paint(QPainter& painter, const FigureStyle& style, const LaneMarks& marks) const;

    /// The event at \a position, the worst of a column; nothing where none is near.
    [[nodiscard]] std::optional<std::uint32_t> eventAt(const QPointF& position) const;

private:
    [[nodiscard]] std::uint32_t columns() const;
    [[nodiscard]] QRectF spanArea(std::uint32_t event) const;
    [[nodiscard]] std::uint32_t worstEventOf(const TrackBin& bin) const;
    void paintBins(QPainter& painter, const FigureStyle& style) const;
    void paintEvent(QPainter& painter, std::uint32_t event, const FigureStyle& style, const LaneMarks& marks) const;
    void paintMarks(QPainter& painter, const FigureStyle& style, const LaneMarks& marks) const;

    const Track& m_track;
    const LaneLayout& m_layout;
    LaneView m_view;
    std::vector<std::uint32_t> m_events; ///< Visible ones; empty where bins are drawn.
    bool m_drawsBins = false;
};

} // namespace halfshake
