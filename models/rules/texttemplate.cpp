// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/texttemplate.h"

#include "models/rules/valuetext.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

/// Where the place that begins at \a start (after its brace) ends: at the brace that closes it, outside of strings.
std::size_t endOfPlace(std::string_view text, std::size_t start)
{
    std::size_t depth = 0;
    char quote = '\0';
    for (auto at = start; at < text.size(); ++at) {
        const auto c = text[at];
        if (quote != '\0') {
            if (c == '\\')
                ++at;
            else if (c == quote)
                quote = '\0';
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}' && depth-- == 0) {
            return at;
        }
    }
    return std::string_view::npos;
}

ExpressionError errorAt(std::string_view text, std::size_t offset, std::string message)
{
    const auto before = text.substr(0, offset);
    const auto lineStart = before.rfind('\n') + 1; // npos + 1 is 0
    return {std::move(message), static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1),
        static_cast<std::uint32_t>(offset - lineStart + 1)};
}

} // namespace

std::expected<TextTemplate, ExpressionError> TextTemplate::parse(std::string_view text)
{
    TextTemplate result;
    result.m_text = text;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = text[at];
        const bool isDoubled = at + 1 < text.size() && text[at + 1] == c;
        if (c != '{' && c != '}') {
            result.m_rest += c;
        } else if (isDoubled) {
            result.m_rest += c;
            ++at;
        } else if (c == '}') {
            return std::unexpected(errorAt(text, at, "'}' closes nothing; a brace of the text is written '}}'"));
        } else {
            const auto end = endOfPlace(text, at + 1);
            if (end == std::string_view::npos)
                return std::unexpected(errorAt(text, at, "'{' is not closed"));
            auto place = Expression::parse(text.substr(at + 1, end - at - 1));
            if (!place) {
                auto error = errorAt(text, at + 1, place.error().text);
                error.column = place.error().line == 1 ? error.column + place.error().column - 1 : place.error().column;
                error.line += place.error().line - 1;
                return std::unexpected(std::move(error));
            }
            result.m_parts.push_back({std::exchange(result.m_rest, {}), std::move(*place)});
            at = end;
        }
    }
    return result;
}

TextTemplate::Filled TextTemplate::fill(const ValueMap& variables, const ValueMap& fallbacks) const
{
    Filled filled;
    for (const auto& part : m_parts) {
        const auto evaluation = part.place.evaluate(variables, fallbacks);
        const bool isKnown = !evaluation.value.isUnknown() && !evaluation.value.isError();
        if (!part.text.empty())
            filled.pieces.push_back({.text = part.text});
        filled.pieces.push_back({.text = isKnown ? displayText(evaluation.value) : "(not known)",
            .used = evaluation.used,
            .names = part.place.names()});
        filled.used.insert(filled.used.end(), evaluation.used.begin(), evaluation.used.end());
    }
    if (!m_rest.empty())
        filled.pieces.push_back({.text = m_rest});
    for (const auto& piece : filled.pieces)
        filled.text += piece.text;
    return filled;
}

} // namespace halfshake
