// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"
#include "models/incident/selection.h"
#include "models/incident/timeviewport.h"

#include <QWidget>

#include <memory>

class QCustomPlot;

namespace halfshake {

/// The timeline: one lane per track over a shared time axis, an overview above, a statistics line below.
///
/// Wheel scrolls lanes, Ctrl+wheel zooms at the pointer, Shift+wheel and drag pan, drag selects a range,
/// double-click fits the object, W/S/A/D zoom and pan, F centres the current object, Home shows everything.
class TimelineView : public QWidget
{
    Q_OBJECT

public:
    TimelineView(Selection& selection, TimeViewport& viewport, QWidget* parent = nullptr);
    ~TimelineView() override;

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    void setHighlighted(const std::vector<ObjectRef>& objects); ///< Related to the current object: outlined.

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace halfshake
