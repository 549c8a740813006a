// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/expression.h"

#include <string>
#include <string_view>

namespace halfshake::test {

/// The value of an expression as text; "parse error: ..." where there is none.
inline std::string evaluated(std::string_view text, const ValueMap& variables = {})
{
    const auto expression = Expression::parse(text);
    if (!expression)
        return "parse error: " + expression.error().text;
    return toString(expression->evaluate(variables).value);
}

/// t, f, u (unknown "u"), v (unknown "v") and e (an error), as variables.
inline ValueMap truthValues()
{
    return {
        {"t", true}, {"f", false}, {"u", Value::unknown("u")}, {"v", Value::unknown("v")}, {"e", Value::error("e")}};
}

} // namespace halfshake::test
