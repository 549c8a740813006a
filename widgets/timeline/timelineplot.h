// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/figures/figurestyle.h"
#include "models/figures/lanepainter.h"
#include "models/incident/incidentsnapshot.h"
#include "models/incident/timeviewport.h"
#include "widgets/timeline/customplot.h"

#include <memory>
#include <optional>
#include <vector>

namespace halfshake {

class LanePlottable;
class TimeAxisTicker;
class TimelineOverlay;

/// The lanes: one axis rect per track over a shared time axis, with the pointer's and the keyboard's gestures.
///
/// Wheel zooms at the pointer, Shift+wheel and middle or Shift drag pan, drag zooms to a range, double-click fits the
/// object under the pointer; Backspace goes back.
class TimelinePlot : public QCustomPlot
{
    Q_OBJECT

public:
    explicit TimelinePlot(TimeViewport& viewport, QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    void setMarks(const LaneMarks& marks);
    void setStyle(const FigureStyle& style);

    [[nodiscard]] ObjectRef objectAt(const QPointF& position) const;
    /// Where the centre of an object's mark is, for tests and for scrolling to it; nothing where it is not in view.
    [[nodiscard]] std::optional<QPointF> positionOf(ObjectRef object) const;

Q_SIGNALS:
    void objectActivated(halfshake::ObjectRef object);
    void objectFitRequested(halfshake::ObjectRef object);
    void pointerMoved(std::optional<halfshake::TimePoint> time, halfshake::ObjectRef object);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Drag
    {
        QPointF start;
        TimeRange window;
        bool pans = false;
        bool hasMoved = false;
    };

    void buildLanes(const Timeline& timeline);
    void addLane(const std::shared_ptr<const Track>& track, int row);
    void addTimeAxis();
    void nameLanes();
    void applyStyle();
    void applyAxisStyle(QCPAxis& axis);
    void followViewport();
    void updateOverlay(std::optional<double> cursorX);
    [[nodiscard]] LaneView sharedView() const; ///< Over all lanes.

    TimeViewport& m_viewport;
    std::vector<LanePlottable*> m_lanes; ///< Owned by their axis rects.
    std::vector<QCPTextElement*> m_names;
    QCPAxis* m_timeAxis = nullptr; ///< Owned by the rect below the lanes.
    QCPMarginGroup* m_margins = nullptr;
    QSharedPointer<TimeAxisTicker> m_ticker;
    TimelineOverlay* m_overlay = nullptr; ///< Owned by its layer.
    TimePoint m_origin;
    FigureStyle m_style = FigureStyle::light();
    LaneMarks m_marks;
    std::optional<Drag> m_drag;
};

} // namespace halfshake
