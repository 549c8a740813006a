// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"
#include "models/timeline/timelineevent.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace halfshake {

/// What a track shows; the view decides name, colour and glyph by it.
enum class TrackKind : std::uint8_t {
    Requests,
    FailingUpstreamAttempts,
    FailedConnections,
    SynRetransmissions,
    SynAckRetransmissions,
    ErrorLog,
    ApplicationLog,
    KernelLog,
};

/// The events of one pixel column.
struct TrackBin
{
    TimeRange range;
    std::uint32_t count = 0;
    std::uint32_t first = 0; ///< The first event of the column, as an index into Track::events().
    EventClass worst = EventClass::Completed;
};

/// The events of one kind in time order, and how they look at a given zoom. Immutable.
class Track
{
public:
    Track(TrackKind kind, std::vector<TimelineEvent> events);

    [[nodiscard]] TrackKind kind() const noexcept { return m_kind; }
    [[nodiscard]] std::span<const TimelineEvent> events() const noexcept { return m_events; }

    /// At most \a columns bins of the events that start in \a visible, the empty ones left out.
    /// Costs O(columns * log(events)) plus the search for the worst class of each bin.
    [[nodiscard]] std::vector<TrackBin> bins(TimeRange visible, std::uint32_t columns) const;

    /// Indexes of the events that overlap \a visible, in start order; slices that began before it included.
    /// Meant for few events: stops after \a most.
    [[nodiscard]] std::vector<std::uint32_t> overlapping(TimeRange visible, std::size_t most) const;

private:
    [[nodiscard]] EventClass worstOf(std::size_t first, std::size_t end) const;

    TrackKind m_kind;
    std::vector<TimelineEvent> m_events; ///< Sorted by start.
    std::vector<EventClass> m_worstOfBlock; ///< Worst class of every 64 events.
    std::vector<TimePoint> m_latestEndOfBlock; ///< Latest end of every 64 events.
};

} // namespace halfshake
