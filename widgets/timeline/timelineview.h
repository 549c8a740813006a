// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"
#include "models/incident/selection.h"
#include "models/incident/timeviewport.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QLabel;

namespace halfshake {

class OverviewBar;
class TimelinePlot;

/// The timeline: overview above, lanes in the middle, what the visible time holds below.
///
/// Keys: W/S and +/- zoom, A/D and Left/Right pan, Home shows everything, F centres the current object and F again fits
/// it, Backspace undoes a zoom, . and , go to the next and previous event of the current object's lane.
class TimelineView : public QWidget
{
    Q_OBJECT

public:
    TimelineView(Selection& selection, TimeViewport& viewport, QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    void setHighlighted(const std::vector<ObjectRef>& objects); ///< Related to the current object: outlined.
    void centerCurrent(); ///< Brings the current object into view; when it is there already, fits it.

    [[nodiscard]] TimelinePlot& plot() { return *m_plot; }
    [[nodiscard]] QString statisticsText() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void updateMarks();
    void updateStyle();
    void updateStatistics();
    void fitObject(ObjectRef object);
    void showPointer(std::optional<TimePoint> time, ObjectRef object);
    void stepInLane(int by);
    [[nodiscard]] bool handleNavigationKey(int key);

    Selection& m_selection;
    TimeViewport& m_viewport;
    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    std::vector<ObjectRef> m_highlighted;
    OverviewBar* m_overview = nullptr;
    TimelinePlot* m_plot = nullptr;
    QLabel* m_statistics = nullptr;
    QLabel* m_pointer = nullptr;
};

} // namespace halfshake
