// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/linereader.h"

#include <algorithm>
#include <cstring>
#include <span>

namespace halfshake {

namespace {

constexpr std::size_t blockSize = std::size_t{256} << 10;
/// Room for the longest line with its \r\n, and for the blocks in which the rest of a longer one is skipped.
constexpr std::size_t largestBuffer = LineReader::longestLine + blockSize;
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

} // namespace

LineReader::LineReader(const ByteSource& source) : m_source(source), m_buffer(blockSize) { }

LineReader::LineReader(const ByteSource& source, std::uint64_t offset, std::uint64_t linesBefore)
    : m_source(source), m_buffer(blockSize), m_bufferOffset(offset), m_lineNumber(linesBefore)
{
}

std::uint64_t LineReader::offset() const
{
    return m_bufferOffset + m_begin;
}

std::string_view LineReader::unread() const
{
    return {reinterpret_cast<const char*>(m_buffer.data()) + m_begin, m_end - m_begin};
}

Expected<bool> LineReader::fill()
{
    if (m_begin > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
        m_bufferOffset += m_begin;
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_end == m_buffer.size())
        m_buffer.resize(std::min(m_buffer.size() * 2, largestBuffer));
    const auto count = m_source.read(m_bufferOffset + m_end, std::span{m_buffer}.subspan(m_end));
    if (!count)
        return std::unexpected(count.error());
    m_end += *count;
    return *count > 0;
}

Expected<bool> LineReader::skipByteOrderMark()
{
    const auto isMore = fill();
    if (isMore && unread().starts_with(byteOrderMark))
        m_begin += byteOrderMark.size();
    return isMore;
}

Expected<std::optional<TextLine>> LineReader::next()
{
    if (m_bufferOffset + m_end == 0) {
        if (const auto isMore = skipByteOrderMark(); !isMore)
            return std::unexpected(isMore.error());
    }
    std::size_t searched = 0;
    while (true) {
        const auto newline = unread().find('\n', searched);
        if (newline != std::string_view::npos)
            return takeLine(newline, newline + 1);
        searched = m_end - m_begin;
        if (searched > longestLine + 1) // one more, as it may be the \r of the line end
            return takeLongLine();
        const auto isMore = fill();
        if (!isMore)
            return std::unexpected(isMore.error());
        if (!*isMore)
            return searched == 0 ? Expected<std::optional<TextLine>>{std::nullopt} : takeLine(searched, searched);
    }
}

TextLine LineReader::takeLine(std::size_t length, std::size_t lengthWithEnd)
{
    TextLine line{.text = unread().substr(0, length), .number = ++m_lineNumber, .offset = offset()};
    m_begin += lengthWithEnd;
    if (lengthWithEnd > length && line.text.ends_with('\r'))
        line.text.remove_suffix(1);
    line.isCut = line.text.size() > longestLine;
    line.text = line.text.substr(0, longestLine);
    return line;
}

Expected<std::optional<TextLine>> LineReader::takeLongLine()
{
    // the kept text stays at the front of the buffer while the rest of the line goes through the space behind it
    std::memmove(m_buffer.data(), m_buffer.data() + m_begin, longestLine);
    const auto start = offset();
    auto position = m_bufferOffset + m_end;
    m_buffer.resize(largestBuffer);
    const auto rest = std::span{m_buffer}.subspan(longestLine);
    const TextLine line{.text = std::string_view{reinterpret_cast<const char*>(m_buffer.data()), longestLine},
        .number = ++m_lineNumber,
        .offset = start,
        .isCut = true};
    while (true) {
        const auto count = m_source.read(position, rest);
        if (!count)
            return std::unexpected(count.error());
        const std::string_view block{reinterpret_cast<const char*>(rest.data()), *count};
        const auto newline = block.find('\n');
        if (newline != std::string_view::npos || block.empty()) {
            m_bufferOffset = position - longestLine;
            m_begin = longestLine + (block.empty() ? 0 : newline + 1);
            m_end = longestLine + *count;
            return line;
        }
        position += *count;
    }
}

} // namespace halfshake
