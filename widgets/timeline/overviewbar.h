// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/figures/figurestyle.h"
#include "models/figures/laneview.h"
#include "models/incident/timeviewport.h"
#include "models/timeline/timeline.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace halfshake {

/// The whole incident in one strip, failures on top, with the window as a bracket that can be dragged.
class OverviewBar : public QWidget
{
    Q_OBJECT

public:
    explicit OverviewBar(TimeViewport& viewport, QWidget* parent = nullptr);

    void setTimeline(const Timeline& timeline);
    void setStyle(const FigureStyle& style);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] LaneView view() const;
    void centerWindowAt(double x);

    TimeViewport& m_viewport;
    std::shared_ptr<const Track> m_requests;
    std::shared_ptr<const Track> m_failures;
    FigureStyle m_style = FigureStyle::light();
};

} // namespace halfshake
