// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace halfshake {

/// Without leading and trailing blanks, tabs, carriage returns and newlines.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// The pieces between separators, empty ones included. "" gives one empty piece.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// The words between runs of blanks and tabs.
[[nodiscard]] std::vector<std::string_view> words(std::string_view text);

/// The whole text as a decimal number, or nothing.
template<std::integral Integer>
[[nodiscard]] std::optional<Integer> toInteger(std::string_view text)
{
    Integer value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return {};
    return value;
}

/// Valid UTF-8: what is not is replaced by U+FFFD, one for each bad byte.
[[nodiscard]] std::string toValidUtf8(std::string_view bytes);

/// FNV-1a; never 0, so that 0 can stand for "none". Captures and logs hash request targets and ids alike.
[[nodiscard]] std::uint64_t hashText(std::string_view text);

} // namespace halfshake
