// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/navigation.h"

#include "widgets/connections/connectionview.h"
#include "widgets/connections/ladderview.h"
#include "widgets/evidence/evidenceview.h"
#include "widgets/findings/findingsview.h"
#include "widgets/logs/logview.h"
#include "widgets/packets/packetview.h"
#include "widgets/parameters/parameterview.h"
#include "widgets/timeline/timelineview.h"

#include <algorithm>
#include <iterator>

namespace halfshake {

namespace {

template<typename View>
void setSnapshotOf(View* view, const std::shared_ptr<const IncidentSnapshot>& snapshot)
{
    view->setSnapshot(snapshot);
}

template<typename Rows, typename Predicate>
ObjectRef rowWhere(const Rows& rows, ObjectKind kind, Predicate predicate)
{
    const auto row = std::ranges::find_if(rows, predicate);
    return row == rows.end() ? ObjectRef{}
                             : ObjectRef{kind, {}, static_cast<std::uint32_t>(std::distance(rows.begin(), row))};
}

} // namespace

Navigation::Navigation(Incident& incident, Selection& selection, TimeViewport& viewport, const Panes& panes)
    : m_incident(incident)
    , m_selection(selection)
    , m_viewport(viewport)
    , m_panes(panes)
    , m_snapshot(incident.snapshot())
{
    connect(&incident, &Incident::snapshotChanged, this, &Navigation::followIncident);
    connect(&selection, &Selection::currentChanged, this, &Navigation::followSelection);
    const auto choose = [&selection](ObjectRef object) { selection.setCurrent(object); };
    connect(panes.evidence, &EvidenceView::objectActivated, this, choose);
    connect(panes.connections, &ConnectionView::objectActivated, this, choose);
    connect(panes.ladder, &LadderView::packetActivated, this, choose);
    connect(panes.log, &LogView::objectActivated, this, choose);
    connect(panes.packets, &PacketView::objectActivated, this, choose);
    connect(panes.parameters, &ParameterView::objectActivated, this, choose);
    connect(panes.findings, &FindingsView::objectActivated, this, choose);
    followIncident();
}

void Navigation::followIncident()
{
    const auto before = std::exchange(m_snapshot, m_incident.snapshot());
    m_viewport.setIncident(m_snapshot->correlation->timeline.range);
    setSnapshotOf(m_panes.evidence, m_snapshot);
    setSnapshotOf(m_panes.timeline, m_snapshot);
    setSnapshotOf(m_panes.connections, m_snapshot);
    setSnapshotOf(m_panes.ladder, m_snapshot);
    setSnapshotOf(m_panes.log, m_snapshot);
    setSnapshotOf(m_panes.packets, m_snapshot);
    setSnapshotOf(m_panes.parameters, m_snapshot);
    setSnapshotOf(m_panes.findings, m_snapshot);

    const ObjectRef current = m_selection.current();
    const ObjectRef carried = carriedOver(*before, current);
    if (current.isValid() && !carried.isValid())
        m_selection.clear();
    else if (carried != current)
        m_selection.setCurrent(carried);
    else
        followSelection();
}

/// Rows of findings, causes and parameters mean something else in another snapshot; evidence may have been removed.
ObjectRef Navigation::carriedOver(const IncidentSnapshot& before, ObjectRef object) const
{
    switch (object.kind) {
    case ObjectKind::None:
        return {};
    case ObjectKind::Finding: {
        if (object.index >= before.findings.size())
            return {};
        const Finding& old = before.findings[object.index];
        return rowWhere(m_snapshot->findings, object.kind,
            [&](const Finding& finding) { return finding.rule == old.rule && finding.subject == old.subject; });
    }
    case ObjectKind::Cause:
        if (object.index >= before.causes.size())
            return {};
        return rowWhere(m_snapshot->causes, object.kind,
            [&](const Cause& cause) { return cause.id == before.causes[object.index].id; });
    case ObjectKind::Parameter: {
        if (before.parameters == m_snapshot->parameters)
            return object;
        const auto& parameters = before.parameters->parameters();
        if (object.index >= parameters.size())
            return {};
        const Parameter& old = parameters[object.index];
        return rowWhere(m_snapshot->parameters->parameters(), object.kind,
            [&](const Parameter& parameter) { return parameter.place == old.place && parameter.key == old.key; });
    }
    default:
        return m_snapshot->find(object.evidence) != nullptr ? object : ObjectRef{};
    }
}

void Navigation::followSelection()
{
    m_related = relatedTo(*m_snapshot, m_selection.current());
    showRelated();
    Q_EMIT relatedChanged();
}

void Navigation::showRelated()
{
    m_panes.evidence->setRelated(m_related);
    m_panes.connections->setRelated(m_related);
    m_panes.ladder->setRelated(m_related);
    m_panes.log->setRelated(m_related);
    m_panes.packets->setRelated(m_related);
    m_panes.parameters->setRelated(m_related);
    m_panes.findings->setRelated(m_related);
    highlightOnTimeline();

    // centres what is off the screen, and leaves the window alone otherwise
    const TimeRange window = m_viewport.window();
    if (m_related.range && !window.isEmpty()
        && (m_related.range->end < window.start || m_related.range->start >= window.end)) {
        const Duration half = window.duration() / 2;
        const TimePoint middle = m_related.range->start + m_related.range->duration() / 2;
        m_viewport.setWindow({middle - half, middle + half});
    }
}

void Navigation::highlightOnTimeline()
{
    std::vector<ObjectRef> objects;
    for (const ObjectRef object :
        {m_related.request, m_related.upstreamAttempt, m_related.errorEntry, m_related.connection}) {
        if (object.isValid())
            objects.push_back(object);
    }
    // a cause marks what it explains
    if (m_related.object.kind == ObjectKind::Cause) {
        const auto& explained = m_snapshot->causes[m_related.object.index].explainedObjects;
        objects.insert(objects.end(), explained.begin(), explained.end());
    }
    m_panes.timeline->setHighlighted(objects);
}

const Track* Navigation::failures() const
{
    const Timeline& timeline = m_snapshot->correlation->timeline;
    const Track* const attempts = timeline.find(TrackKind::FailingUpstreamAttempts);
    if (attempts != nullptr && !attempts->events().empty())
        return attempts;
    const Track* const connections = timeline.find(TrackKind::FailedConnections);
    return connections != nullptr && !connections->events().empty() ? connections : nullptr;
}

bool Navigation::hasFailures() const
{
    return failures() != nullptr;
}

void Navigation::goToFailure(bool isNext)
{
    const Track* const track = failures();
    if (track == nullptr)
        return;
    const auto events = track->events();
    const auto isCurrent = [this](const TimelineEvent& event) {
        return event.object == m_related.upstreamAttempt || event.object == m_related.connection
            || (m_related.link != nullptr && event.object == m_related.link->attempt);
    };
    auto position = std::ranges::find_if(events, isCurrent);
    if (position != events.end()) {
        // stays at the ends
        if (isNext ? position + 1 == events.end() : position == events.begin())
            return;
        position += isNext ? 1 : -1;
    } else if (m_related.range) {
        position = std::ranges::lower_bound(events, m_related.range->start, {}, &TimelineEvent::start);
        if (!isNext && position != events.begin())
            --position;
        if (position == events.end())
            --position;
    } else {
        position = isNext ? events.begin() : events.end() - 1;
    }
    m_selection.setCurrent(position->object);
}

void Navigation::goToFirstFailure()
{
    if (const Track* const track = failures())
        m_selection.setCurrent(track->events().front().object);
}

void Navigation::goToTopCause()
{
    if (!m_snapshot->causes.empty())
        m_selection.setCurrent({ObjectKind::Cause, {}, 0});
}

} // namespace halfshake
