// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/panes.h"
#include "models/incident/incident.h"
#include "models/incident/related.h"
#include "models/incident/selection.h"
#include "models/incident/timeviewport.h"

#include <QObject>

#include <memory>
#include <vector>

namespace halfshake {

/// Keeps the panes on one snapshot and one current object, and moves from failure to failure.
class Navigation : public QObject
{
    Q_OBJECT

public:
    Navigation(Incident& incident, Selection& selection, TimeViewport& viewport, const Panes& panes);

    [[nodiscard]] const Related& related() const { return m_related; }
    [[nodiscard]] const IncidentSnapshot& snapshot() const { return *m_snapshot; }

    void goToFailure(bool isNext); ///< The one after or before the current object; the first or last without one.
    void goToFirstFailure();
    [[nodiscard]] bool hasFailures() const;
    void goToTopCause();

Q_SIGNALS:
    void relatedChanged();

private:
    void followIncident();
    void followSelection();
    void showRelated();
    void highlightOnTimeline();
    [[nodiscard]] ObjectRef carriedOver(const IncidentSnapshot& before, ObjectRef object) const;
    [[nodiscard]] const Track* failures() const;

    Incident& m_incident;
    Selection& m_selection;
    TimeViewport& m_viewport;
    Panes m_panes;
    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    Related m_related;
};

} // namespace halfshake
