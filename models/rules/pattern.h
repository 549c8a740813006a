// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace halfshake {

/// Whether \a pattern (PCRE2) matches somewhere in \a text. Bounded in time, memory and depth: a pattern that
/// backtracks too much is an error, as a malformed one is.
[[nodiscard]] std::expected<bool, std::string> matchesPattern(std::string_view text, std::string_view pattern);

} // namespace halfshake
