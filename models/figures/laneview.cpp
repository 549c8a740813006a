// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/laneview.h"

namespace halfshake {

double LaneView::xOf(TimePoint time) const
{
    const auto share =
        static_cast<double>((time - window.start).count()) / static_cast<double>(window.duration().count());
    return area.left() + share * area.width();
}

TimePoint LaneView::timeAt(double x) const
{
    const auto share = (x - area.left()) / area.width();
    return window.start + Duration{static_cast<Duration::rep>(share * static_cast<double>(window.duration().count()))};
}

} // namespace halfshake
