// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/timestamp.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <ratio>

namespace halfshake {

/// Brings the timestamps of one log to UTC. A zone the user typed wins over what lines of the same log state, and that
/// over UTC; none of them touches a timestamp that states its own zone.
class LogClock
{
public:
    explicit LogClock(std::optional<std::chrono::seconds> typedZone) : m_typed(typedZone) { }

    /// What another line of the same stream, written by the same process, states.
    void infer(std::chrono::seconds zone)
    {
        if (!m_inferred)
            m_inferred = zone;
    }

    /// From a timestamp without zone and the instant its line was read by a container runtime: they are within a minute
    /// of each other in the right zone, and zones differ by quarters of an hour.
    void infer(const LogInstant& instant, EvidenceTime readAt)
    {
        using Quarters = std::chrono::duration<std::int64_t, std::ratio<900>>;
        if (instant.zone || m_inferred)
            return;
        const auto difference = instant.time - readAt;
        const auto zone = std::chrono::round<Quarters>(difference);
        constexpr Quarters widest{14 * 4}; // of all zones
        if (std::chrono::abs(zone) <= widest && std::chrono::abs(difference - zone) <= std::chrono::minutes{1})
            m_inferred = zone;
    }

    [[nodiscard]] EvidenceTime utc(const LogInstant& instant)
    {
        if (instant.zone)
            return instant.time;
        m_wasNeeded = true;
        return instant.time - zone();
    }

    [[nodiscard]] std::chrono::seconds zone() const { return m_typed.value_or(m_inferred.value_or(utcOffset)); }
    [[nodiscard]] bool isTyped() const { return m_typed.has_value(); }
    [[nodiscard]] bool hasInferred() const { return m_inferred.has_value(); }
    [[nodiscard]] bool isInferred() const { return !m_typed && m_inferred; }
    [[nodiscard]] bool wasNeeded() const { return m_wasNeeded; } ///< Some line stated no zone.

private:
    static constexpr std::chrono::seconds utcOffset{0};

    std::optional<std::chrono::seconds> m_typed;
    std::optional<std::chrono::seconds> m_inferred;
    bool m_wasNeeded = false;
};

} // namespace halfshake
