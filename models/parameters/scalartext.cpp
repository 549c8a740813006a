// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/scalartext.h"

#include <algorithm>

namespace halfshake {

namespace {

/// Past anchor and tag of a node.
std::size_t skipProperties(std::string_view source, std::size_t offset)
{
    while (offset < source.size() && (source[offset] == '&' || source[offset] == '!')) {
        offset = std::min(source.find_first_of(" \n", offset), source.size());
        offset = std::min(source.find_first_not_of(' ', offset), source.size());
    }
    return offset;
}

/// Start of the line behind the one that \a offset is in.
std::size_t nextLine(std::string_view text, std::size_t offset)
{
    const auto newline = text.find('\n', offset);
    return newline == std::string_view::npos ? text.size() : newline + 1;
}

} // namespace

ScalarText::ScalarText(std::string_view source, YamlValue scalar, const SourceRef& start)
    : m_source(source)
    , m_text(scalar.text())
    , m_start(start)
    , m_content(skipProperties(source, static_cast<std::size_t>(start.byteOffset)))
{
    if (m_content >= m_source.size() || m_source[m_content] != '|')
        return;
    m_textLines.push_back(0);
    m_sourceLines.push_back(nextLine(m_source, m_content));
    for (auto line = nextLine(m_text, 0); line < m_text.size(); line = nextLine(m_text, line)) {
        m_textLines.push_back(line);
        m_sourceLines.push_back(nextLine(m_source, m_sourceLines.back()));
    }
}

SourceRef ScalarText::placeAt(std::size_t offset, std::string_view word) const
{
    if (!m_textLines.empty())
        return placeInLiteral(offset, word);
    return word.empty() ? m_start : placeInQuoted(offset, word);
}

SourceRef ScalarText::placeInLiteral(std::size_t offset, std::string_view word) const
{
    const auto line = static_cast<std::size_t>(std::ranges::upper_bound(m_textLines, offset) - m_textLines.begin()) - 1;
    const auto begin = m_sourceLines[line];
    const auto text = m_source.substr(begin, m_source.find('\n', begin) - begin);
    const auto column = word.empty() ? text.find_first_not_of(' ') : text.find(word);
    return {.evidence = m_start.evidence,
        .line = m_start.line + 1 + line,
        .byteOffset = begin + (column == std::string_view::npos ? 0 : column)};
}

/// The word is taken to stand in the source as often as in the text before it.
SourceRef ScalarText::placeInQuoted(std::size_t offset, std::string_view word) const
{
    auto begin = m_content;
    const auto end = begin + 2 * m_text.size() + 4096;
    for (auto seen = m_text.find(word); seen != std::string_view::npos; seen = m_text.find(word, seen + 1)) {
        const auto found = m_source.substr(0, end).find(word, begin);
        if (found == std::string_view::npos)
            return m_start;
        if (seen >= offset) {
            const auto before = m_source.substr(m_content, found - m_content);
            return {.evidence = m_start.evidence,
                .line = m_start.line + static_cast<std::uint64_t>(std::ranges::count(before, '\n')),
                .byteOffset = found};
        }
        begin = found + 1;
    }
    return m_start;
}

} // namespace halfshake
