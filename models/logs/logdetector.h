// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/logformat.h"
#include "models/logs/wrapper.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// What a sample of lines says about a log.
struct LogDetection
{
    std::vector<WrapperKind> wrappers; ///< Outermost first.
    std::vector<LogFormat> formats; ///< Every candidate for access lines, the best fitting first.
    std::uint64_t sampledLines = 0; ///< Not blank.
    std::uint64_t accessLines = 0; ///< Read whole by some format.
    std::uint64_t bestFormatLines = 0; ///< Of these, by the first format.
    std::uint64_t partlyReadLines = 0; ///< Time and status only.
    std::uint64_t errorLines = 0;
    std::uint64_t applicationLines = 0; ///< First lines of entries.
    std::uint64_t kernelLines = 0;
    std::uint64_t otherLines = 0; ///< Other programs' and continuations.
    std::optional<std::chrono::seconds> writtenZone; ///< Of the first access line that states the proxy's own.
    std::string firstMisfit; ///< The first line that fits nothing, shortened.

    /// Percent of the lines that are explained; 0 where there is neither an access nor an error line among them.
    [[nodiscard]] std::uint8_t confidence() const;
    /// "98 of 100 lines fit ingress-nginx upstreaminfo".
    [[nodiscard]] std::string reason() const;
};

/// Takes the wrappers off \a lines and scores every candidate on what is in them. \a suggested are formats from the
/// incident's own evidence or from the user; of equally fitting candidates the one with more literal text wins.
[[nodiscard]] LogDetection detectLog(
    std::span<const std::string_view> lines, std::span<const LogFormatDefinition> suggested);

} // namespace halfshake
