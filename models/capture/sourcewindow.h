// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/io/bytesource.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace halfshake {

/// A window that slides over a source, so that a reader finds whole records side by side in memory.
class SourceWindow
{
public:
    static constexpr std::size_t usualSize = std::size_t{1} << 18;

    explicit SourceWindow(const ByteSource& source);

    /// Everything from the current position on that is in memory already.
    [[nodiscard]] std::span<const std::byte> ahead() const
    {
        return std::span(m_buffer).subspan(m_begin, m_end - m_begin);
    }

    /// Reads on until at least \a wanted bytes are ahead, or all that the source has. Moves what is in memory.
    [[nodiscard]] Expected<std::span<const std::byte>> require(std::size_t wanted);

    /// Moves the position on, also beyond what is in memory.
    void skip(std::uint64_t count);

    [[nodiscard]] std::uint64_t position() const { return m_offset + m_begin; }
    [[nodiscard]] std::uint64_t remaining() const;

private:
    const ByteSource& m_source;
    std::vector<std::byte> m_buffer;
    std::uint64_t m_offset = 0; ///< Of m_buffer[0] in the source.
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace halfshake
