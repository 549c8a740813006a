// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/expression.h"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

enum class TokenKind : std::uint8_t { Identifier, Integer, Double, String, Symbol, End };

/// One word of an expression (CEL language definition, "Syntax").
struct Token
{
    TokenKind kind = TokenKind::End;
    std::string_view text{}; ///< As written, in the expression's text.
    std::string string{}; ///< Of a String: without quotes, escapes replaced.
    std::uint64_t integer = 0; ///< Of an Integer: its magnitude, the sign is a token of its own.
    double number = 0; ///< Of a Double.
    std::uint32_t line = 1;
    std::uint32_t column = 1; ///< In characters, not bytes.
};

/// All tokens, the last one is End. They point into \a text.
[[nodiscard]] std::expected<std::vector<Token>, ExpressionError> tokenize(std::string_view text);

} // namespace halfshake
