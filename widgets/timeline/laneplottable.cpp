// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/timeline/laneplottable.h"

#include <utility>

namespace halfshake {

LanePlottable::LanePlottable(QCPAxis* keyAxis, QCPAxis* valueAxis) : QCPAbstractPlottable(keyAxis, valueAxis)
{
    setSelectable(QCP::stNone);
}

void LanePlottable::setTrack(std::shared_ptr<const Track> track)
{
    m_layout = track ? LaneLayout(*track) : LaneLayout();
    m_track = std::move(track);
}

LaneView LanePlottable::view() const
{
    constexpr double gap = 4; // between the lane's line and its marks
    return {QRectF(mKeyAxis->axisRect()->rect()).adjusted(0, gap, 0, -gap), m_window};
}

std::optional<std::uint32_t> LanePlottable::eventAt(const QPointF& position) const
{
    if (!m_track || !view().area.adjusted(-4, -4, 4, 4).contains(position))
        return {};
    return LanePainter(*m_track, m_layout, view()).eventAt(position);
}

void LanePlottable::draw(QCPPainter* painter)
{
    if (m_track)
        LanePainter(*m_track, m_layout, view()).paint(*painter, m_style, m_marks);
}

double LanePlottable::selectTest(const QPointF& /*position*/, bool /*onlySelectable*/, QVariant* /*details*/) const
{
    return -1; // the timeline finds events itself
}

QCPRange LanePlottable::getKeyRange(bool& foundRange, QCP::SignDomain /*signDomain*/) const
{
    foundRange = false; // TimeViewport sets the range
    return {};
}

QCPRange LanePlottable::getValueRange(
    bool& foundRange, QCP::SignDomain /*signDomain*/, const QCPRange& /*keyRange*/) const
{
    foundRange = false;
    return {};
}

void LanePlottable::drawLegendIcon(QCPPainter* /*painter*/, const QRectF& /*area*/) const { }

} // namespace halfshake
