// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/value.h"

#include <optional>
#include <string_view>

namespace halfshake {

/// CEL's and Go's form: "40s", "1h30m", "1.5s", "500ms"; signs allowed. "0" needs no unit.
[[nodiscard]] std::optional<Duration> parseDuration(std::string_view text);

/// nginx's form of times (nginx.org/en/docs/syntax.html): "40" and "40s" are seconds, "1h 30m", "500ms", "1d".
[[nodiscard]] std::optional<Duration> parseNginxTime(std::string_view text);

/// The numbers at the start: "4.19.91-27.6.al7.x86_64", "v1.24.6-aliyun.1", "6.5".
[[nodiscard]] std::optional<Version> parseVersion(std::string_view text);

/// A value of a sysctl dump: an int where the whole text is one, else the text itself.
[[nodiscard]] Value sysctlValue(std::string_view text);

} // namespace halfshake
