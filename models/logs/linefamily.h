// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/lineunwrapper.h"

#include <cstdint>
#include <string_view>

namespace halfshake {

/// What a line of a mixed stream is, by its first bytes. kubectl logs of an ingress pod shows the access log, the error
/// log, the controller's own log (klog) and dumps of the Go runtime in one stream.
enum class LineFamily : std::uint8_t {
    Blank,
    ErrorLog, ///< Begins like nginx's error log.
    Json, ///< Begins like a JSON object.
    OtherProgram, ///< klog, the Go runtime, nginx's start-up banner.
    Indented, ///< Goes on with the entry before it, if that is of a kind that has several lines.
    Unknown, ///< Access log, or nothing known.
};

[[nodiscard]] LineFamily familyOf(std::string_view line);

/// Whether syslog or the journal says that \a line is of a program that writes no log this program reads: sshd, cron.
[[nodiscard]] bool isOfOtherProgram(const UnwrappedLine& line);

} // namespace halfshake
