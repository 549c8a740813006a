// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/logfield.h"
#include "models/logs/timestamp.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace halfshake {

/// When the request ended, by the most exact field of its line; where the line tells the start, by its duration too.
[[nodiscard]] std::optional<LogInstant> loggedInstant(const AccessFields& fields);

/// How long the request took, in whatever unit the line has it; none where the unit is not known.
[[nodiscard]] std::optional<Duration> requestDuration(const AccessFields& fields);

/// The zone of the process that wrote the line, where it states it.
[[nodiscard]] std::optional<std::chrono::seconds> writtenZone(const AccessFields& fields);

/// The status; 0 where the proxy sent no response ("-1" of HAProxy, 0 of Envoy). None where the line has none.
[[nodiscard]] std::optional<std::uint16_t> accessStatus(const AccessFields& fields);

/// A whole number of \a unit; none for "-", for what is no number, and for more than a hundred years.
[[nodiscard]] std::optional<Duration> wholeUnits(std::string_view text, Duration unit);

} // namespace halfshake
