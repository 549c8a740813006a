// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/expression.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// Text with {expression} places: "{failed} of {plural(total, 'port', 'ports')}". Braces of the text are doubled.
class TextTemplate
{
public:
    /// Errors are placed in the whole text.
    [[nodiscard]] static std::expected<TextTemplate, ExpressionError> parse(std::string_view text);

    [[nodiscard]] const std::string& text() const { return m_text; } ///< As written.

    /// A stretch of a filled text: words as written, or what stands at a place.
    struct Piece
    {
        std::string text;
        std::vector<Value> used = {}; ///< Values with an origin that were looked up.
        std::vector<std::string> names = {}; ///< That the expression at the place mentions; none for words as written.
    };
    struct Filled
    {
        std::string text;
        std::vector<Value> used; ///< Values with an origin that were looked up.
        std::vector<Piece> pieces; ///< Their texts together are text.
    };
    /// Unknown values show as "not known".
    [[nodiscard]] Filled fill(const ValueMap& variables, const ValueMap& fallbacks = {}) const;

private:
    struct Part
    {
        std::string text; ///< Before the place.
        Expression place;
    };

    std::string m_text;
    std::vector<Part> m_parts;
    std::string m_rest;
};

} // namespace halfshake
