// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/timeline/track.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t blockEvents = 64;

/// The columns of a view: whole nanoseconds, as equal as they can be. Exact, so that an event lies in one column only.
class Columns
{
public:
    Columns(TimeRange visible, std::uint32_t columns)
        : m_start(visible.start), m_columns(columns), m_nanoseconds(distance(visible.start, visible.end))
    {
    }

    /// The first instant of \a column: the smallest whole nanosecond at or after column / columns of the view.
    [[nodiscard]] TimePoint startOf(std::uint64_t column) const
    {
        const auto whole = m_nanoseconds / m_columns;
        const auto rest = m_nanoseconds % m_columns;
        const auto offset = (column * whole) + (((column * rest) + m_columns - 1) / m_columns);
        const auto start = static_cast<std::uint64_t>(m_start.time_since_epoch().count());
        return TimePoint{Duration{static_cast<Duration::rep>(start + offset)}};
    }

    [[nodiscard]] std::uint64_t columnOf(TimePoint time) const
    {
        const auto share = static_cast<double>(distance(m_start, time)) / static_cast<double>(m_nanoseconds);
        auto column = std::min(static_cast<std::uint64_t>(share * static_cast<double>(m_columns)), m_columns - 1);
        while (column > 0 && startOf(column) > time)
            --column;
        while (column + 1 < m_columns && startOf(column + 1) <= time)
            ++column;
        return column;
    }

private:
    /// In unsigned arithmetic: the whole range of TimePoint does not fit Duration.
    static std::uint64_t distance(TimePoint from, TimePoint to)
    {
        return static_cast<std::uint64_t>(to.time_since_epoch().count())
            - static_cast<std::uint64_t>(from.time_since_epoch().count());
    }

    TimePoint m_start;
    std::uint64_t m_columns;
    std::uint64_t m_nanoseconds;
};

TimePoint endOf(const TimelineEvent& event)
{
    Duration::rep end = 0;
    if (event.duration.count() <= 0)
        return event.start;
    if (__builtin_add_overflow(event.start.time_since_epoch().count(), event.duration.count(), &end))
        return TimePoint::max();
    return TimePoint{Duration{end}};
}

} // namespace

Track::Track(TrackKind kind, std::vector<TimelineEvent> events) : m_kind(kind), m_events(std::move(events))
{
    std::ranges::stable_sort(m_events, {}, &TimelineEvent::start);
    const auto blocks = (m_events.size() + blockEvents - 1) / blockEvents;
    m_worstOfBlock.assign(blocks, EventClass{});
    m_latestEndOfBlock.assign(blocks, TimePoint::min());
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        auto& worst = m_worstOfBlock[i / blockEvents];
        worst = std::max(worst, m_events[i].eventClass);
        auto& latest = m_latestEndOfBlock[i / blockEvents];
        latest = std::max(latest, endOf(m_events[i]));
    }
}

EventClass Track::worstOf(std::size_t first, std::size_t end) const
{
    auto worst = EventClass{};
    while (first < end) {
        if (first % blockEvents == 0 && end - first >= blockEvents) {
            worst = std::max(worst, m_worstOfBlock[first / blockEvents]);
            first += blockEvents;
        } else {
            worst = std::max(worst, m_events[first++].eventClass);
        }
    }
    return worst;
}

std::vector<TrackBin> Track::bins(TimeRange visible, std::uint32_t columns) const
{
    std::vector<TrackBin> result;
    if (visible.isEmpty() || columns == 0)
        return result;

    const Columns view{visible, columns};
    auto it = std::ranges::lower_bound(m_events, visible.start, {}, &TimelineEvent::start);
    while (it != m_events.end() && it->start < visible.end) {
        const auto column = view.columnOf(it->start);
        const auto columnEnd = view.startOf(column + 1);
        const auto next = std::ranges::lower_bound(it, m_events.end(), columnEnd, {}, &TimelineEvent::start);
        const auto first = static_cast<std::size_t>(it - m_events.begin());
        const auto end = static_cast<std::size_t>(next - m_events.begin());
        result.push_back({
            .range = {view.startOf(column), columnEnd},
            .count = static_cast<std::uint32_t>(end - first),
            .first = static_cast<std::uint32_t>(first),
            .worst = worstOf(first, end),
        });
        it = next;
    }
    return result;
}

std::vector<std::uint32_t> Track::overlapping(TimeRange visible, std::size_t most) const
{
    std::vector<std::uint32_t> result;
    if (visible.isEmpty())
        return result;

    for (std::size_t i = 0; i < m_events.size() && result.size() < most;) {
        if (m_events[i].start >= visible.end)
            break;
        if (i % blockEvents == 0 && m_latestEndOfBlock[i / blockEvents] < visible.start) {
            i += blockEvents;
            continue;
        }
        if (m_events[i].start >= visible.start || endOf(m_events[i]) > visible.start)
            result.push_back(static_cast<std::uint32_t>(i));
        ++i;
    }
    return result;
}

} // namespace halfshake
