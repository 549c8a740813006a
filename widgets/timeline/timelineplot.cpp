// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/timeline/timelineplot.h"

#include "models/itemmodels/texts.h"
#include "widgets/timeline/laneplottable.h"
#include "widgets/timeline/timeaxisticker.h"
#include "widgets/timeline/timelineoverlay.h"

#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace halfshake {

namespace {

constexpr double nanosecondsPerSecond = 1e9;
constexpr double clickSlack = 4; // pixels the pointer may move and still click
constexpr int longestSide = 100'000; // pixels; more than any screen, less than Qt's "no limit"
constexpr int nameColumn = 0;
constexpr int laneColumn = 1;

double toKey(TimePoint time, TimePoint origin)
{
    return static_cast<double>((time - origin).count()) / nanosecondsPerSecond;
}

void showOnlyBottomAxis(QCPAxisRect& rect, bool showsLabels)
{
    for (auto* axis : rect.axes()) {
        axis->setVisible(axis == rect.axis(QCPAxis::atBottom));
        axis->grid()->setVisible(axis == rect.axis(QCPAxis::atBottom));
        axis->setTickLabels(showsLabels && axis == rect.axis(QCPAxis::atBottom));
    }
    auto* bottom = rect.axis(QCPAxis::atBottom);
    bottom->setSubTicks(false);
    bottom->setTickLength(0, showsLabels ? 4 : 0);
}

} // namespace

TimelinePlot::TimelinePlot(TimeViewport& viewport, QWidget* parent)
    : QCustomPlot(parent), m_viewport(viewport), m_margins(new QCPMarginGroup(this)), m_ticker(new TimeAxisTicker)
{
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setNoAntialiasingOnDrag(false);
    addLayer(QStringLiteral("pointer"), layer(QStringLiteral("overlay")), limAbove);
    layer(QStringLiteral("pointer"))->setMode(QCPLayer::lmBuffered);
    m_overlay = new TimelineOverlay(this, QStringLiteral("pointer"));
    connect(&viewport, &TimeViewport::windowChanged, this, &TimelinePlot::followViewport);
    plotLayout()->clear();
}

void TimelinePlot::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    buildLanes(snapshot->correlation->timeline);
    followViewport();
}

void TimelinePlot::setMarks(const LaneMarks& marks)
{
    m_marks = marks;
    for (auto* lane : m_lanes)
        lane->setMarks(marks);
    replot(rpQueuedReplot);
}

void TimelinePlot::setStyle(const FigureStyle& style)
{
    m_style = style;
    applyStyle();
    replot(rpQueuedReplot);
}

void TimelinePlot::buildLanes(const Timeline& timeline)
{
    clearPlottables();
    plotLayout()->clear();
    m_lanes.clear();
    m_names.clear();
    m_timeAxis = nullptr;
    m_origin = timeline.range.start;
    m_ticker->setOrigin(m_origin);
    for (int row = 0; const auto& track : timeline.tracks)
        addLane(track, row++);
    if (m_lanes.empty())
        return;
    addTimeAxis();
    nameLanes();
    plotLayout()->setRowSpacing(0);
    plotLayout()->setColumnStretchFactor(nameColumn, 0.001);
    applyStyle();
}

void TimelinePlot::addLane(const std::shared_ptr<const Track>& track, int row)
{
    auto* name = new QCPTextElement(this, texts::trackName(track->kind()), font());
    name->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    name->setMargins({6, 0, 8, 0});
    name->setMaximumSize(longestSide, longestSide); // its own hint would keep the whole lane as low as its text
    m_names.push_back(name);
    plotLayout()->addElement(row, nameColumn, name);

    auto* rect = new QCPAxisRect(this, true);
    plotLayout()->addElement(row, laneColumn, rect);
    rect->setMarginGroup(QCP::msLeft | QCP::msRight, m_margins);
    rect->setMinimumMargins({2, 1, 14, 0});
    showOnlyBottomAxis(*rect, false);
    rect->axis(QCPAxis::atBottom)->setTicker(m_ticker);
    auto* lane = new LanePlottable(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
    lane->setTrack(track);
    lane->setMarks(m_marks);
    m_lanes.push_back(lane);
}

/// Name and count of each lane below each other; beside each other where the lanes are too low for two lines.
void TimelinePlot::nameLanes()
{
    const int line = fontMetrics().height();
    const auto lanes = static_cast<int>(m_lanes.size());
    const bool isLow = lanes > 0 && (height() - 4 * line) / lanes < 2 * line;
    const QString form = isLow ? QStringLiteral("%1  %2") : QStringLiteral("%1\n%2");
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        const Track& track = *m_lanes[i]->track();
        m_names[i]->setText(form.arg(texts::trackName(track.kind()), texts::count(track.events().size())));
    }
}

/// The labels of the shared time axis, below all lanes: an axis rect without height.
void TimelinePlot::addTimeAxis()
{
    auto* rect = new QCPAxisRect(this, true);
    plotLayout()->addElement(plotLayout()->rowCount(), laneColumn, rect);
    rect->setMarginGroup(QCP::msLeft | QCP::msRight, m_margins);
    rect->setSizeConstraintRect(QCPLayoutElement::scrInnerRect);
    rect->setMinimumSize(1, 1);
    rect->setMaximumSize(longestSide, 1);
    showOnlyBottomAxis(*rect, true);
    m_timeAxis = rect->axis(QCPAxis::atBottom);
    m_timeAxis->grid()->setVisible(false);
    m_timeAxis->setTicker(m_ticker);
}

void TimelinePlot::applyAxisStyle(QCPAxis& axis)
{
    axis.setBasePen(QPen(m_style.grid, 1));
    axis.setTickPen(QPen(m_style.grid, 1));
    axis.setTickLabelColor(m_style.faintText);
    axis.setTickLabelFont(font());
    axis.grid()->setPen(QPen(m_style.grid, 0, Qt::DotLine));
    axis.grid()->setZeroLinePen(Qt::NoPen);
}

void TimelinePlot::applyStyle()
{
    setBackground(m_style.background);
    m_overlay->setStyle(m_style);
    for (auto* name : m_names)
        name->setTextColor(m_style.text);
    for (auto* lane : m_lanes) {
        lane->setStyle(m_style);
        applyAxisStyle(*lane->keyAxis());
    }
    if (m_timeAxis)
        applyAxisStyle(*m_timeAxis);
}

void TimelinePlot::followViewport()
{
    const auto window = m_viewport.window();
    for (auto* lane : m_lanes) {
        lane->setWindow(window);
        lane->keyAxis()->setRange(toKey(window.start, m_origin), toKey(window.end, m_origin));
    }
    if (m_timeAxis)
        m_timeAxis->setRange(toKey(window.start, m_origin), toKey(window.end, m_origin));
    replot(rpQueuedReplot);
}

LaneView TimelinePlot::sharedView() const
{
    if (m_lanes.empty())
        return {};
    auto view = m_lanes.front()->view();
    view.area = view.area.united(m_lanes.back()->view().area);
    return view;
}

ObjectRef TimelinePlot::objectAt(const QPointF& position) const
{
    for (const auto* lane : m_lanes) {
        if (const auto event = lane->eventAt(position))
            return lane->track()->events()[*event].object;
    }
    return {};
}

std::optional<QPointF> TimelinePlot::positionOf(ObjectRef object) const
{
    for (const auto* lane : m_lanes) {
        const auto events = lane->track()->events();
        const auto it = std::ranges::find(events, object, &TimelineEvent::object);
        if (it == events.end())
            continue;
        const auto view = lane->view();
        const double x = view.xOf(it->start + it->duration);
        // the mark's line in the lane is the painter's business: ask it where the object answers
        for (double y = view.area.top(); y < view.area.bottom(); y += 2) {
            const auto hit = lane->eventAt({x, y});
            if (hit && events[*hit].object == object)
                return QPointF(x, y);
        }
    }
    return {};
}

void TimelinePlot::updateOverlay(std::optional<double> cursorX)
{
    m_overlay->setArea(sharedView().area);
    m_overlay->setCursor(cursorX);
    if (m_drag && m_drag->hasMoved && !m_drag->pans && cursorX)
        m_overlay->setRange(QPair(m_drag->start.x(), *cursorX));
    else
        m_overlay->setRange({});
    layer(QStringLiteral("pointer"))->replot();
}

void TimelinePlot::mousePressEvent(QMouseEvent* event)
{
    const bool pans = event->button() == Qt::MiddleButton
        || (event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ShiftModifier));
    if (pans || event->button() == Qt::LeftButton)
        m_drag = Drag{event->position(), m_viewport.window(), pans};
}

void TimelinePlot::mouseMoveEvent(QMouseEvent* event)
{
    const auto view = sharedView();
    if (view.window.isEmpty())
        return;
    if (m_drag && std::abs(event->position().x() - m_drag->start.x()) > clickSlack)
        m_drag->hasMoved = true;
    if (m_drag && m_drag->pans) {
        const LaneView before{view.area, m_drag->window};
        const auto by = before.timeAt(m_drag->start.x()) - before.timeAt(event->position().x());
        m_viewport.setWindow({m_drag->window.start + by, m_drag->window.end + by});
    }
    updateOverlay(event->position().x());
    Q_EMIT pointerMoved(view.timeAt(event->position().x()), m_drag ? ObjectRef{} : objectAt(event->position()));
}

void TimelinePlot::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_drag)
        return;
    const auto drag = *std::exchange(m_drag, std::nullopt);
    const auto view = sharedView();
    if (!drag.hasMoved) {
        if (const auto object = objectAt(event->position()); object.isValid())
            Q_EMIT objectActivated(object);
    } else if (!drag.pans && !view.window.isEmpty()) {
        const auto from = view.timeAt(drag.start.x());
        const auto to = view.timeAt(event->position().x());
        m_viewport.zoomTo({std::min(from, to), std::max(from, to)});
    }
    updateOverlay(event->position().x());
}

void TimelinePlot::mouseDoubleClickEvent(QMouseEvent* event)
{
    m_drag.reset();
    if (const auto object = objectAt(event->position()); object.isValid())
        Q_EMIT objectFitRequested(object);
    else
        m_viewport.fit();
}

void TimelinePlot::wheelEvent(QWheelEvent* event)
{
    const auto view = sharedView();
    if (view.window.isEmpty())
        return;
    constexpr double stepsPerDouble = 4; // wheel notches that halve or double the window
    constexpr double notch = 120;
    const auto delta = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(delta.x()) > std::abs(delta.y())) {
        const double notches = (delta.x() != 0 ? delta.x() : delta.y()) / notch;
        const auto length = static_cast<double>(view.window.duration().count());
        m_viewport.pan(Duration{std::llround(-notches * length / 8)});
    } else {
        m_viewport.zoom(std::exp2(-delta.y() / notch / stepsPerDouble), view.timeAt(event->position().x()));
    }
    event->accept();
}

void TimelinePlot::leaveEvent(QEvent* event)
{
    QCustomPlot::leaveEvent(event);
    updateOverlay({});
    Q_EMIT pointerMoved({}, {});
}

void TimelinePlot::resizeEvent(QResizeEvent* event)
{
    constexpr int labelWidth = 12; // characters a tick label needs room for
    m_ticker->setMostTicks(std::max(2, width() / (fontMetrics().averageCharWidth() * labelWidth * 2)));
    nameLanes();
    QCustomPlot::resizeEvent(event);
}

} // namespace halfshake
