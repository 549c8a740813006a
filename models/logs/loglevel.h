// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace halfshake {

/// Severity of an application's log entry, mildest first.
enum class LogLevel : std::uint8_t { Trace, Debug, Info, Warn, Error, Fatal };

/// "TRACE", "FINE", "WARN", "WARNING", "SEVERE", ... of the usual logging libraries, in any case.
[[nodiscard]] std::optional<LogLevel> logLevelNamed(std::string_view word);

/// "trace", "debug", "info", "warn", "error", "fatal".
[[nodiscard]] std::string_view toString(LogLevel level);

} // namespace halfshake
