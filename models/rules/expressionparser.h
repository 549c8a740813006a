// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/expressionnode.h"

#include <expected>
#include <memory>
#include <string_view>

namespace halfshake {

inline constexpr std::size_t maxExpressionLength = 64 * 1024;
inline constexpr std::uint32_t maxExpressionDepth = 100;

/// Parses the grammar of CEL (language definition, "Syntax") without messages, bytes and unsigned integers. Functions
/// are resolved here, so that a misspelt one is an error of the rule, not of its evaluation.
[[nodiscard]] std::expected<std::shared_ptr<const Expression::Node>, ExpressionError> parseExpression(
    std::string_view text);

} // namespace halfshake
