// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/timeline/timeaxisticker.h"

#include "models/figures/timeticks.h"

#include <cmath>

namespace halfshake {

void TimeAxisTicker::generate(const QCPRange& range, const QLocale& /*locale*/, QChar /*formatChar*/, int /*precision*/,
    QVector<double>& ticks, QVector<double>* subTicks, QVector<QString>* tickLabels)
{
    constexpr double nanoseconds = 1e9;
    const auto toTime = [this](double key) { return m_origin + Duration{std::llround(key * nanoseconds)}; };
    ticks.clear();
    if (subTicks)
        subTicks->clear();
    if (tickLabels)
        tickLabels->clear();
    for (const auto& tick : timeTicks({toTime(range.lower), toTime(range.upper)}, m_mostTicks)) {
        ticks.append(static_cast<double>((tick.time - m_origin).count()) / nanoseconds);
        if (tickLabels)
            tickLabels->append(tick.label);
    }
}

} // namespace halfshake
