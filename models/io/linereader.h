// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/io/bytesource.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace halfshake {

/// One line of a text, without its end (\n or \r\n).
struct TextLine
{
    std::string_view text;
    std::uint64_t number = 0; ///< Counted from 1.
    std::uint64_t offset = 0; ///< Of its first byte.
    bool isCut = false; ///< Longer than LineReader::longestLine: the rest was skipped.
};

/// Goes through a source line by line with one buffer. A UTF-8 byte order mark at the start is skipped.
class LineReader
{
public:
    static constexpr std::size_t longestLine = std::size_t{1} << 20;

    explicit LineReader(const ByteSource& source);
    /// Starts at \a offset, where line \a linesBefore + 1 begins.
    LineReader(const ByteSource& source, std::uint64_t offset, std::uint64_t linesBefore);

    /// The next line, valid until the next call; nothing at the end. A last line without newline counts.
    [[nodiscard]] Expected<std::optional<TextLine>> next();
    [[nodiscard]] std::uint64_t offset() const; ///< Bytes consumed so far.

private:
    [[nodiscard]] std::string_view unread() const;
    [[nodiscard]] Expected<bool> fill(); ///< Makes room and reads on; false at the end of the source.
    [[nodiscard]] Expected<bool> skipByteOrderMark();
    [[nodiscard]] TextLine takeLine(std::size_t length, std::size_t lengthWithEnd);
    [[nodiscard]] Expected<std::optional<TextLine>> takeLongLine();

    const ByteSource& m_source;
    std::vector<std::byte> m_buffer;
    std::size_t m_begin = 0; ///< First unread byte in m_buffer.
    std::size_t m_end = 0; ///< One past the last byte read.
    std::uint64_t m_bufferOffset = 0;
    std::uint64_t m_lineNumber = 0;
};

} // namespace halfshake
