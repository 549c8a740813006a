// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/timeline/clockalignment.h"

#include <limits>

namespace halfshake {

namespace {

constexpr auto latest = std::numeric_limits<Duration::rep>::max();
constexpr auto earliest = std::numeric_limits<Duration::rep>::min();

/// \a time minus \a offset, stopping at the ends of what fits: damaged evidence states any instant.
Duration shiftedBack(Duration time, Duration offset)
{
    Duration::rep result = 0;
    if (__builtin_sub_overflow(time.count(), offset.count(), &result))
        return Duration{offset.count() < 0 ? latest : earliest};
    return Duration{result};
}

Duration shiftedForward(Duration time, Duration offset)
{
    Duration::rep result = 0;
    if (__builtin_add_overflow(time.count(), offset.count(), &result))
        return Duration{offset.count() > 0 ? latest : earliest};
    return Duration{result};
}

} // namespace

void ClockAlignment::set(const ClockOffset& offset)
{
    m_offsets.insert_or_assign(offset.evidence, offset);
}

ClockOffset ClockAlignment::offsetOf(EvidenceId evidence) const
{
    const auto it = m_offsets.find(evidence);
    if (it != m_offsets.end())
        return it->second;
    ClockOffset none;
    none.evidence = evidence;
    return none;
}

TimePoint ClockAlignment::toIncident(EvidenceId evidence, EvidenceTime time) const
{
    return TimePoint{shiftedBack(time.time_since_epoch(), offsetOf(evidence).offset)};
}

EvidenceTime ClockAlignment::toEvidence(EvidenceId evidence, TimePoint time) const
{
    return EvidenceTime{shiftedForward(time.time_since_epoch(), offsetOf(evidence).offset)};
}

} // namespace halfshake
