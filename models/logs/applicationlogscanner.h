// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/loglevel.h"
#include "models/logs/timestamp.h"

#include <string>
#include <string_view>

namespace halfshake {

/// The parts of the first line of an application's log entry; views into the line or into the buffer given.
struct ApplicationLine
{
    LogInstant time;
    LogLevel level = LogLevel::Info;
    std::string_view thread;
    std::string_view logger;
    std::string_view message;
    std::string_view stackTrace; ///< Of a JSON entry, lines separated by newlines.
};

/// Reads a line that begins with date, time and, among its first words, a level, as Tomcat's JULI, Spring Boot, log4j,
/// logback and most others write it; also java.util.logging's two-line form, whose level is on the next line.
[[nodiscard]] bool scanApplicationLine(std::string_view line, ApplicationLine& result);

/// Reads a JSON object that has a time, a level and a message, as logstash-logback-encoder, ECS and zap write it.
/// \a buffer holds text whose escapes were undone.
[[nodiscard]] bool scanApplicationJson(std::string_view line, ApplicationLine& result, std::string& buffer);

/// "SEVERE: text": the second line of an entry of java.util.logging.
[[nodiscard]] std::optional<LogLevel> levelOfSecondLine(std::string_view line);

/// The first id in \a text that requests are traced by: 32 hexadecimal digits, or a UUID. "" where there is none.
[[nodiscard]] std::string_view requestIdIn(std::string_view text);

} // namespace halfshake
