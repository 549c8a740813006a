// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/timeline/timelineview.h"

#include "models/incident/related.h"
#include "models/itemmodels/objecttexts.h"
#include "models/itemmodels/texts.h"
#include "widgets/common/theme.h"
#include "widgets/timeline/overviewbar.h"
#include "widgets/timeline/timelineplot.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <ranges>

namespace halfshake {

namespace {

constexpr double zoomStep = 0.7;

std::size_t startsIn(const Track* track, TimeRange window)
{
    if (!track)
        return 0;
    const auto events = track->events();
    const auto first = std::ranges::lower_bound(events, window.start, {}, &TimelineEvent::start);
    const auto last = std::ranges::lower_bound(events, window.end, {}, &TimelineEvent::start);
    return static_cast<std::size_t>(last - first);
}

} // namespace

TimelineView::TimelineView(Selection& selection, TimeViewport& viewport, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_viewport(viewport)
    , m_snapshot(std::make_shared<const IncidentSnapshot>())
    , m_overview(new OverviewBar(viewport, this))
    , m_plot(new TimelinePlot(viewport, this))
    , m_statistics(new QLabel(this))
    , m_pointer(new QLabel(this))
{
    m_statistics->setAccessibleName(tr("What the visible time holds"));
    m_statistics->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_pointer->setAccessibleName(tr("Time under the pointer"));
    m_plot->setMinimumHeight(fontMetrics().height() * 12);
    setFocusProxy(m_plot);

    auto* line = new QHBoxLayout;
    line->setContentsMargins(6, 0, 6, 2);
    line->addWidget(m_statistics, 1);
    line->addWidget(m_pointer);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_overview);
    layout->addWidget(m_plot, 1);
    layout->addLayout(line);

    connect(&selection, &Selection::currentChanged, this, &TimelineView::updateMarks);
    connect(&viewport, &TimeViewport::windowChanged, this, &TimelineView::updateStatistics);
    connect(m_plot, &TimelinePlot::objectActivated, &selection, &Selection::setCurrent);
    connect(m_plot, &TimelinePlot::objectFitRequested, this, &TimelineView::fitObject);
    connect(m_plot, &TimelinePlot::pointerMoved, this, &TimelineView::showPointer);
    updateStyle();
}

void TimelineView::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    m_viewport.setIncident(m_snapshot->correlation->timeline.range);
    m_overview->setTimeline(m_snapshot->correlation->timeline);
    m_plot->setSnapshot(m_snapshot);
    updateMarks();
    updateStatistics();
}

void TimelineView::setHighlighted(const std::vector<ObjectRef>& objects)
{
    m_highlighted = objects;
    std::ranges::sort(m_highlighted);
    updateMarks();
}

void TimelineView::updateMarks()
{
    m_plot->setMarks({m_selection.current(), m_highlighted});
}

void TimelineView::updateStyle()
{
    const auto style = figureStyle(palette());
    m_plot->setStyle(style);
    m_overview->setStyle(style);
}

void TimelineView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateStyle();
}

QString TimelineView::statisticsText() const
{
    const auto& timeline = m_snapshot->correlation->timeline;
    const auto window = m_viewport.window();
    if (timeline.range.isEmpty() || window.isEmpty())
        return {};
    const auto count = [&](TrackKind kind) { return texts::count(startsIn(timeline.find(kind), window)); };
    return tr("Visible: %1 · %2 requests · %3 failing attempts · %4 failed connections · %5 SYN and %6 SYN/ACK repeats")
        .arg(texts::duration(window.duration()), count(TrackKind::Requests), count(TrackKind::FailingUpstreamAttempts),
            count(TrackKind::FailedConnections), count(TrackKind::SynRetransmissions),
            count(TrackKind::SynAckRetransmissions));
}

void TimelineView::updateStatistics()
{
    m_statistics->setText(statisticsText());
}

void TimelineView::showPointer(std::optional<TimePoint> time, ObjectRef object)
{
    m_selection.setCursor(time);
    m_pointer->setText(time ? texts::timeOfDay(*time) + QStringLiteral(" UTC") : QString());
    m_plot->setToolTip(object.isValid() ? texts::object(*m_snapshot, object) : QString());
    m_plot->setCursor(object.isValid() ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TimelineView::fitObject(ObjectRef object)
{
    m_selection.setCurrent(object);
    if (const auto range = relatedTo(*m_snapshot, object).range)
        m_viewport.zoomTo(*range);
}

void TimelineView::centerCurrent()
{
    const auto range = relatedTo(*m_snapshot, m_selection.current()).range;
    if (!range)
        return;
    const auto window = m_viewport.window();
    const auto middle = range->start + range->duration() / 2;
    const auto centered = window.start + window.duration() / 2;
    const auto off = middle > centered ? middle - centered : centered - middle;
    if (off < window.duration() / 50)
        m_viewport.zoomTo(*range);
    else
        m_viewport.setWindow({middle - window.duration() / 2, middle + (window.duration() - window.duration() / 2)});
}

/// To the next or previous event of the lane that shows the current object.
void TimelineView::stepInLane(int by)
{
    for (const auto& track : m_snapshot->correlation->timeline.tracks) {
        const auto events = track->events();
        const auto it = std::ranges::find(events, m_selection.current(), &TimelineEvent::object);
        if (it == events.end())
            continue;
        const auto index = (it - events.begin()) + by;
        if (index >= 0 && index < std::ssize(events))
            m_selection.setCurrent(events[static_cast<std::size_t>(index)].object);
        return;
    }
}

bool TimelineView::handleNavigationKey(int key)
{
    const auto window = m_viewport.window();
    const auto middle = m_selection.cursor().value_or(window.start + window.duration() / 2);
    switch (key) {
    case Qt::Key_W:
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_viewport.zoom(zoomStep, middle);
        return true;
    case Qt::Key_S:
    case Qt::Key_Minus:
        m_viewport.zoom(1 / zoomStep, middle);
        return true;
    case Qt::Key_A:
    case Qt::Key_Left:
        m_viewport.pan(-window.duration() / 8);
        return true;
    case Qt::Key_D:
    case Qt::Key_Right:
        m_viewport.pan(window.duration() / 8);
        return true;
    case Qt::Key_Home:
        m_viewport.fit();
        return true;
    case Qt::Key_Backspace:
        m_viewport.zoomBack();
        return true;
    case Qt::Key_F:
        centerCurrent();
        return true;
    case Qt::Key_Period:
        stepInLane(1);
        return true;
    case Qt::Key_Comma:
        stepInLane(-1);
        return true;
    default:
        return false;
    }
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    if (modifiers != Qt::NoModifier || !handleNavigationKey(event->key()))
        QWidget::keyPressEvent(event);
}

} // namespace halfshake
