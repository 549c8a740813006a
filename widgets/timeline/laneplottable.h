// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/figures/figurestyle.h"
#include "models/figures/lanepainter.h"
#include "models/timeline/track.h"
#include "widgets/timeline/customplot.h"

#include <memory>
#include <optional>

namespace halfshake {

/// One track in one axis rect of the timeline. Draws bins or glyphs by LanePainter: QCustomPlot's own graphs draw every
/// event, which is too slow for millions.
class LanePlottable : public QCPAbstractPlottable
{
    Q_OBJECT

public:
    LanePlottable(QCPAxis* keyAxis, QCPAxis* valueAxis);

    void setTrack(std::shared_ptr<const Track> track);
    [[nodiscard]] const Track* track() const { return m_track.get(); }
    void setWindow(TimeRange window) { m_window = window; }
    void setMarks(LaneMarks marks) { m_marks = std::move(marks); }
    void setStyle(const FigureStyle& style) { m_style = style; }

    /// The event under \a position (pixels of the plot).
    [[nodiscard]] std::optional<std::uint32_t> eventAt(const QPointF& position) const;
    [[nodiscard]] LaneView view() const;

    double selectTest(const QPointF& position, bool onlySelectable, QVariant* details) const override;
    QCPRange getKeyRange(bool& foundRange, QCP::SignDomain signDomain) const override;
    QCPRange getValueRange(bool& foundRange, QCP::SignDomain signDomain, const QCPRange& keyRange) const override;

protected:
    void draw(QCPPainter* painter) override;
    void drawLegendIcon(QCPPainter* painter, const QRectF& area) const override;

private:
    std::shared_ptr<const Track> m_track;
    LaneLayout m_layout;
    TimeRange m_window;
    LaneMarks m_marks;
    FigureStyle m_style = FigureStyle::light();
};

} // namespace halfshake
