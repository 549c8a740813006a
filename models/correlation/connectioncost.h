// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/attempttime.h"
#include "models/correlation/failedattempt.h"
#include "models/correlation/wire.h"

#include <limits>
#include <optional>

namespace halfshake {

/// What is asked of a connection: an attempt, when it began and how it failed.
struct SoughtConnection
{
    TimeWindow start;
    std::optional<Duration> length; ///< Of the attempt.
    ErrorClass errorClass = ErrorClass::None;
    bool isClassStated = false;
};

/// Not the attempt's connection, whatever else there is.
inline constexpr double impossible = std::numeric_limits<double>::infinity();

/// How little a connection that began with the attempt fits it, in units of a log-likelihood.
[[nodiscard]] double openedCost(const SoughtConnection& sought, const WireConnection& connection, const Wire& wire);

/// The same for a connection that was opened before and that the failure closed.
[[nodiscard]] double reusedCost(const SoughtConnection& sought, const WireConnection& connection, const Wire& wire);

/// The nominal time from the first SYN to the kernel's giving up, as the repeats seen promise it: gaps are whole
/// seconds, and the last is followed by one twice as long (reference: tcp-handshakes 1.7). Nothing for a connection
/// without a repeat.
[[nodiscard]] std::optional<Duration> expectedGiveUp(const WireConnection& connection, const Wire& wire);

} // namespace halfshake
