// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <QRectF>

namespace halfshake {

/// Where and for which time a lane is drawn.
struct LaneView
{
    QRectF area;
    TimeRange window;

    [[nodiscard]] double xOf(TimePoint time) const;
    [[nodiscard]] TimePoint timeAt(double x) const;
};

} // namespace halfshake
