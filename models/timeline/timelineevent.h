// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/base/timepoint.h"

#include <cstdint>

namespace halfshake {

/// How an event ended, in the classes the timeline draws (reference: user-experience 2.6). Ordered from harmless to
/// worst, so that a bin shows the greatest of its events.
enum class EventClass : std::uint8_t {
    Completed,
    Unknown,
    Slow, ///< Completed after a retransmission, or slow.
    ClosedEarly, ///< The upstream closed the connection before answering.
    Refused, ///< Refused or reset.
    Failed, ///< Timed out, no answer, no final ACK.
};

/// One mark on a track. Has a duration where it is a slice, none where it is an instant.
struct TimelineEvent
{
    TimePoint start;
    Duration duration{0};
    EventClass eventClass = EventClass::Completed;
    ObjectRef object{}; ///< What opens when the mark is clicked.
};

} // namespace halfshake
