// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"
#include "models/logs/errorclass.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace halfshake {

/// The timers of HAProxy's HTTP log, "TR/Tw/Tc/Tr/Ta" in milliseconds; none for a phase that was not reached (-1).
/// Source: HAProxy configuration manual 8.2.3 and 8.4.
struct HaproxyTimers
{
    std::optional<Duration> request; ///< TR: until the whole request was there.
    std::optional<Duration> queue; ///< Tw
    std::optional<Duration> connect; ///< Tc, retries included.
    std::optional<Duration> response; ///< Tr: until the header was there.
    std::optional<Duration> total; ///< Ta, from the first byte of the request.
};

/// Nothing where \a text is not five numbers. A "+" before the last one (log written before the end) is read over.
[[nodiscard]] std::optional<HaproxyTimers> parseHaproxyTimers(std::string_view text);

/// What HAProxy's log says about how a request ended.
struct HaproxyOutcome
{
    std::string_view state; ///< The four characters of the termination state.
    std::string_view server; ///< "<NOSRV>" where none was chosen.
    HaproxyTimers timers;
    std::uint16_t status = 0;
};

/// The class of the last upstream attempt (reference: proxy-logs 2.4; manual 8.5).
[[nodiscard]] ErrorClass errorClassOf(const HaproxyOutcome& outcome);

} // namespace halfshake
