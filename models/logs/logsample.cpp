// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/logsample.h"

#include "models/logs/recorddocument.h"
#include "models/logs/textencoding.h"

#include <algorithm>
#include <span>

namespace halfshake {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

} // namespace

Expected<LogSample> LogSample::take(const ByteSource& source, std::uint64_t firstByte)
{
    std::string text(mostBytes, '\0');
    const auto count = source.read(firstByte, std::as_writable_bytes(std::span{text}));
    if (!count)
        return std::unexpected(count.error());
    return of(std::string_view{text}.substr(0, *count), *count < mostBytes);
}

LogSample LogSample::of(std::string_view head, bool isWhole)
{
    if (isUtf16(head)) {
        const auto text = utf8FromUtf16(head);
        return of(text, isWhole);
    }
    head.remove_prefix(std::min(head.find_first_not_of('\0'), head.size()));
    if (head.starts_with(byteOrderMark))
        head.remove_prefix(byteOrderMark.size());
    if (const auto lastLine = head.rfind('\n'); !isWhole && lastLine != std::string_view::npos)
        head = head.substr(0, lastLine + 1);
    LogSample sample;
    if (RecordDocument::isOne(head)) {
        sample.m_isDocument = true;
        RecordDocument document{head};
        RecordDocument::Record record;
        while (document.next(record))
            sample.m_text.append(record.text).append(1, '\n');
    } else {
        sample.m_text = head;
    }
    return sample;
}

std::vector<std::string_view> LogSample::lines() const
{
    std::vector<std::string_view> lines;
    std::string_view rest = m_text;
    while (!rest.empty() && lines.size() < mostLines) {
        const auto end = std::min(rest.find('\n'), rest.size());
        auto line = rest.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return lines;
}

} // namespace halfshake
