// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace halfshake {

/// Where every 64th line of a text starts, so that any line can be read without reading from the start.
class LineIndex
{
public:
    static constexpr std::uint64_t linesPerMark = 64;

    [[nodiscard]] static Expected<LineIndex> build(std::shared_ptr<const ByteSource> source, JobContext& job);

    [[nodiscard]] std::uint64_t lineCount() const { return m_lineCount; }

    /// Lines \a first (counted from 1) up to \a count of them, each at most LineReader::longestLine bytes, not decoded.
    [[nodiscard]] Expected<std::vector<std::string>> lines(std::uint64_t first, std::uint64_t count) const;

private:
    std::shared_ptr<const ByteSource> m_source;
    std::vector<std::uint64_t> m_marks;
    std::uint64_t m_lineCount = 0;
};

} // namespace halfshake
