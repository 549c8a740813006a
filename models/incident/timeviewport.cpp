// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/timeviewport.h"

#include <algorithm>
#include <cmath>

namespace halfshake {

namespace {

/// Part of a range shown beyond its ends, so that marks at the edges can be seen.
constexpr double margin = 0.02;

Duration scaled(Duration duration, double factor)
{
    return Duration{static_cast<Duration::rep>(std::llround(static_cast<double>(duration.count()) * factor))};
}

TimeRange withMargin(TimeRange range)
{
    const auto extra = std::max(scaled(range.duration(), margin), TimeViewport::shortestWindow);
    return {range.start - extra, range.end + extra};
}

} // namespace

void TimeViewport::setIncident(TimeRange range)
{
    if (range == m_incident)
        return;
    const bool showedAll = showsAll();
    m_incident = range;
    Q_EMIT incidentChanged();
    if (showedAll)
        fit();
    else
        setWindow(m_window);
}

void TimeViewport::setWindow(TimeRange range)
{
    const auto whole = withMargin(m_incident);
    auto length = std::clamp(range.duration(), shortestWindow, std::max(whole.duration(), shortestWindow));
    auto start = std::clamp(range.start, whole.start, std::max(whole.start, whole.end - length));
    const TimeRange window{start, start + length};
    if (window == m_window)
        return;
    m_window = window;
    Q_EMIT windowChanged();
}

void TimeViewport::zoom(double factor, TimePoint fixedPoint)
{
    const auto length = scaled(m_window.duration(), factor);
    if (length < shortestWindow && factor < 1)
        return;
    const auto before = scaled(fixedPoint - m_window.start, factor);
    setWindow({fixedPoint - before, fixedPoint - before + length});
}

void TimeViewport::pan(Duration by)
{
    setWindow({m_window.start + by, m_window.end + by});
}

void TimeViewport::fit()
{
    m_stack.clear();
    setWindow(withMargin(m_incident));
}

void TimeViewport::zoomTo(TimeRange range)
{
    m_stack.push_back(m_window);
    setWindow(withMargin(range));
}

void TimeViewport::zoomBack()
{
    if (m_stack.empty()) {
        fit();
        return;
    }
    const auto previous = m_stack.back();
    m_stack.pop_back();
    setWindow(previous);
}

bool TimeViewport::showsAll() const
{
    return m_window.isEmpty() || m_window.duration() >= withMargin(m_incident).duration();
}

} // namespace halfshake
