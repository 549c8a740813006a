// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <QObject>

#include <vector>

namespace halfshake {

/// What part of the incident's time the window shows: incident ⊇ window, and a stack of windows to return to. GUI
/// thread.
class TimeViewport : public QObject
{
    Q_OBJECT

public:
    static constexpr Duration shortestWindow = std::chrono::microseconds{10};

    using QObject::QObject;

    [[nodiscard]] TimeRange incident() const { return m_incident; }
    [[nodiscard]] TimeRange window() const { return m_window; }

    /// The incident grew or changed. A window that showed all of it goes on showing all of it.
    void setIncident(TimeRange range);
    /// Clamped to the incident with a margin, and to \c shortestWindow.
    void setWindow(TimeRange range);
    void zoom(double factor, TimePoint fixedPoint); ///< factor < 1 shows less time; \a fixedPoint stays where it is.
    void pan(Duration by);
    void fit(); ///< Shows the whole incident.
    void zoomTo(TimeRange range); ///< Shows \a range with a margin, and remembers what was shown for zoomBack().
    void zoomBack();
    [[nodiscard]] bool showsAll() const;

Q_SIGNALS:
    void windowChanged();
    void incidentChanged();

private:
    TimeRange m_incident;
    TimeRange m_window;
    std::vector<TimeRange> m_stack;
};

} // namespace halfshake
