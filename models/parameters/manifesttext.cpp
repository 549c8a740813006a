// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/manifesttext.h"

#include <algorithm>

namespace halfshake {

namespace {

std::uint64_t newlinesIn(std::string_view text)
{
    return static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
}

/// Past anchor and tag of a node.
std::size_t skipProperties(std::string_view text, std::size_t offset)
{
    while (offset < text.size() && (text[offset] == '&' || text[offset] == '!')) {
        offset = std::min(text.find_first_of(" \n", offset), text.size());
        offset = std::min(text.find_first_not_of(' ', offset), text.size());
    }
    return offset;
}

/// Start of the line that is \a lines below \a offset.
std::size_t lineBelow(std::string_view text, std::size_t offset, std::uint64_t lines)
{
    for (; lines > 0 && offset != std::string_view::npos; --lines) {
        offset = text.find('\n', offset);
        if (offset != std::string_view::npos)
            ++offset;
    }
    return std::min(offset, text.size());
}

} // namespace

SourceRef ManifestText::placeOf(YamlValue value) const
{
    if (!value.isPresent())
        return {.evidence = m_evidence};
    const auto& node = value.node();
    if (m_outer != nullptr)
        return placeAt(static_cast<std::size_t>(node.offset), {});
    return {.evidence = m_evidence, .line = node.line, .byteOffset = node.offset};
}

SourceRef ManifestText::placeAt(std::size_t offset, std::string_view word) const
{
    if (m_outer != nullptr)
        return m_outer->placeIn(m_scalar, offset, word);
    const auto before = m_text.substr(0, offset);
    return {.evidence = m_evidence, .line = newlinesIn(before) + 1, .byteOffset = before.size()};
}

SourceRef ManifestText::placeIn(YamlValue scalar, std::size_t offset, std::string_view word) const
{
    const auto start = placeOf(scalar);
    if (m_outer != nullptr || !scalar.isPresent())
        return start;
    const auto source = m_text;
    auto begin = skipProperties(source, static_cast<std::size_t>(start.byteOffset));
    const auto inside = scalar.text();
    if (begin < source.size() && source[begin] == '|') {
        // a literal block has one line of source for each line of text
        const auto lines = newlinesIn(inside.substr(0, offset)) + 1;
        begin = lineBelow(source, begin, lines);
        const auto line = source.substr(begin, source.find('\n', begin) - begin);
        const auto column = word.empty() ? line.find_first_not_of(' ') : line.find(word);
        return {.evidence = m_evidence,
            .line = start.line + lines,
            .byteOffset = begin + (column == std::string_view::npos ? 0 : column)};
    }
    if (word.empty())
        return start;
    // quoted or folded: the word is found as often as it stands in the text before
    const auto limit = begin + 2 * inside.size() + 4096;
    for (auto seen = inside.find(word); seen != std::string_view::npos; seen = inside.find(word, seen + 1)) {
        const auto found = source.substr(0, limit).find(word, begin);
        if (found == std::string_view::npos)
            return start;
        if (seen >= offset)
            return {.evidence = m_evidence,
                .line = start.line + newlinesIn(source.substr(start.byteOffset, found - start.byteOffset)),
                .byteOffset = found};
        begin = found + 1;
    }
    return start;
}

} // namespace halfshake
