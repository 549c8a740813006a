// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"
#include "widgets/timeline/customplot.h"

namespace halfshake {

/// Ticks at round instants of UTC for an axis whose keys are seconds since an origin. A double holds nanoseconds only
/// near zero, so labels are made from whole nanoseconds.
class TimeAxisTicker : public QCPAxisTicker
{
public:
    void setOrigin(TimePoint origin) { m_origin = origin; }
    void setMostTicks(int most) { m_mostTicks = most; }

    void generate(const QCPRange& range, const QLocale& locale, QChar formatChar, int precision, QVector<double>& ticks,
        QVector<double>* subTicks, QVector<QString>* tickLabels) override;

private:
    TimePoint m_origin;
    int m_mostTicks = 8;
};

} // namespace halfshake
