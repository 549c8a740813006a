// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/lineindex.h"

#include "models/io/linereader.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t blockSize = std::size_t{1} << 20;
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

} // namespace

Expected<LineIndex> LineIndex::build(std::shared_ptr<const ByteSource> source, JobContext& job)
{
    LineIndex index;
    std::vector<std::byte> buffer(blockSize);
    std::uint64_t offset = 0;
    std::uint64_t lineStart = 0;
    while (true) {
        if (job.isCancelled())
            return failure(DiagnosticCode::Cancelled);
        const auto count = source->read(offset, buffer);
        if (!count)
            return std::unexpected(count.error());
        if (*count == 0)
            break;
        std::string_view rest{reinterpret_cast<const char*>(buffer.data()), *count};
        if (offset == 0 && rest.starts_with(byteOrderMark)) {
            rest.remove_prefix(byteOrderMark.size());
            lineStart = byteOrderMark.size();
        }
        for (auto newline = rest.find('\n'); newline != std::string_view::npos; newline = rest.find('\n')) {
            if (index.m_lineCount++ % linesPerMark == 0)
                index.m_marks.push_back(lineStart);
            rest.remove_prefix(newline + 1);
            lineStart = offset + *count - rest.size();
        }
        offset += *count;
        job.report({offset, source->size()});
    }
    if (lineStart < offset && index.m_lineCount++ % linesPerMark == 0)
        index.m_marks.push_back(lineStart);
    index.m_marks.shrink_to_fit();
    index.m_source = std::move(source);
    return index;
}

Expected<std::vector<std::string>> LineIndex::lines(std::uint64_t first, std::uint64_t count) const
{
    std::vector<std::string> result;
    if (first == 0 || first > m_lineCount || count == 0)
        return result;
    const auto last = first + std::min(count, m_lineCount - first + 1) - 1;
    const auto mark = (first - 1) / linesPerMark;
    LineReader reader{*m_source, m_marks[static_cast<std::size_t>(mark)], mark * linesPerMark};
    while (true) {
        const auto next = reader.next();
        if (!next)
            return std::unexpected(next.error());
        const auto& line = *next;
        if (!line)
            return result;
        if (line->number >= first)
            result.emplace_back(line->text);
        if (line->number >= last)
            return result;
    }
}

} // namespace halfshake
