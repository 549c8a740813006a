// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/loglevel.h"

#include <algorithm>
#include <array>

namespace halfshake {

namespace {

struct LevelWord
{
    std::string_view word; ///< Upper case.
    LogLevel level;
};

constexpr std::array levelWords{
    LevelWord{"TRACE", LogLevel::Trace},
    LevelWord{"FINEST", LogLevel::Trace},
    LevelWord{"FINER", LogLevel::Trace},
    LevelWord{"DEBUG", LogLevel::Debug},
    LevelWord{"FINE", LogLevel::Debug},
    LevelWord{"INFO", LogLevel::Info},
    LevelWord{"CONFIG", LogLevel::Info},
    LevelWord{"NOTICE", LogLevel::Info},
    LevelWord{"WARN", LogLevel::Warn},
    LevelWord{"WARNING", LogLevel::Warn},
    LevelWord{"ERROR", LogLevel::Error},
    LevelWord{"SEVERE", LogLevel::Error},
    LevelWord{"FATAL", LogLevel::Fatal},
    LevelWord{"CRITICAL", LogLevel::Fatal},
    LevelWord{"PANIC", LogLevel::Fatal},
};

char upper(char character)
{
    return character >= 'a' && character <= 'z' ? static_cast<char>(character - 'a' + 'A') : character;
}

} // namespace

std::optional<LogLevel> logLevelNamed(std::string_view word)
{
    for (const auto& known : levelWords) {
        if (std::ranges::equal(word, known.word, {}, upper))
            return known.level;
    }
    return {};
}

std::string_view toString(LogLevel level)
{
    constexpr std::array<std::string_view, 6> names{"trace", "debug", "info", "warn", "error", "fatal"};
    return names[static_cast<std::size_t>(level)];
}

} // namespace halfshake
