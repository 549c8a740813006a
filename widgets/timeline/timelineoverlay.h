// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/figures/figurestyle.h"
#include "widgets/timeline/customplot.h"

#include <optional>

namespace halfshake {

/// What moves with the pointer: the time cursor through all lanes and the range being dragged. Lives on a buffered
/// layer of its own, so that moving it does not draw the lanes again.
class TimelineOverlay : public QCPLayerable
{
    Q_OBJECT

public:
    TimelineOverlay(QCustomPlot* plot, const QString& layer);

    void setStyle(const FigureStyle& style) { m_style = style; }
    void setArea(const QRectF& area) { m_area = area; }
    void setCursor(std::optional<double> x) { m_cursorX = x; }
    void setRange(std::optional<QPair<double, double>> range) { m_range = range; }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    FigureStyle m_style = FigureStyle::light();
    QRectF m_area;
    std::optional<double> m_cursorX;
    std::optional<QPair<double, double>> m_range;
};

} // namespace halfshake
