// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/timeline/clockalignment.h"

#include <algorithm>
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

Duration offsetAt(const std::vector<ClockKnot>& knots, EvidenceTime time)
{
    const auto after = std::ranges::upper_bound(knots, time, {}, &ClockKnot::at);
    if (after == knots.begin())
        return after->offset;
    const auto& before = *(after - 1);
    if (after == knots.end())
        return before.offset;
    // damaged evidence states any instant: differences are taken where they cannot overflow
    const auto number = [](auto value) { return static_cast<double>(value.count()); };
    const auto begin = number(before.at.time_since_epoch());
    const auto share = (number(time.time_since_epoch()) - begin) / (number(after->at.time_since_epoch()) - begin);
    const auto change = share * (number(after->offset) - number(before.offset));
    return shiftedForward(before.offset, Duration{static_cast<Duration::rep>(change)});
}

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

Duration ClockAlignment::offsetAt(EvidenceId evidence, EvidenceTime time) const
{
    const auto it = m_offsets.find(evidence);
    if (it == m_offsets.end())
        return Duration{0};
    return it->second.knots.empty() ? it->second.offset : halfshake::offsetAt(it->second.knots, time);
}

TimePoint ClockAlignment::toIncident(EvidenceId evidence, EvidenceTime time) const
{
    return toIncident(evidence, time, time);
}

TimePoint ClockAlignment::toIncident(EvidenceId evidence, EvidenceTime time, EvidenceTime stated) const
{
    return TimePoint{shiftedBack(time.time_since_epoch(), offsetAt(evidence, stated))};
}

EvidenceTime ClockAlignment::toEvidence(EvidenceId evidence, TimePoint time) const
{
    EvidenceTime result{shiftedForward(time.time_since_epoch(), offsetOf(evidence).offset)};
    const auto it = m_offsets.find(evidence);
    if (it == m_offsets.end() || it->second.knots.empty())
        return result;
    // the offset where the clock stood, which depends on where it stood: a second look is near enough
    for (int look = 0; look < 2; ++look)
        result = EvidenceTime{shiftedForward(time.time_since_epoch(), offsetAt(evidence, result))};
    return result;
}

} // namespace halfshake
