// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/definedlogformats.h"

#include "models/logs/nginxlogformats.h"
#include "models/logs/textencoding.h"
#include "models/logs/tomcatlogformats.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

namespace halfshake {

namespace {

constexpr std::size_t headSize = std::size_t{64} << 10;
constexpr std::size_t blockSize = std::size_t{1} << 20;
constexpr std::size_t mostText = std::size_t{32} << 20;

/// Of nginx and of Tomcat. Text that mentions none is not looked at more closely.
std::vector<LogFormatDefinition> formatsIn(std::string_view text)
{
    std::vector<LogFormatDefinition> formats;
    if (text.contains("log_format") || text.contains("log-format-upstream"))
        formats = logFormatsIn(text);
    if (text.contains("AccessLogValve") || text.contains("accesslog.pattern"))
        std::ranges::copy(tomcatLogFormatsIn(text), std::back_inserter(formats));
    return formats;
}

/// The first \a most bytes, or as many as there are; nothing where they cannot be read.
std::string firstBytes(const ByteSource& source, std::size_t most, JobContext& job)
{
    std::string text;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(source.size(), most));
    while (text.size() < wanted && !job.isCancelled()) {
        const auto before = text.size();
        text.resize(std::min(before + blockSize, wanted));
        const auto count = source.read(before, std::as_writable_bytes(std::span{text}.subspan(before)));
        text.resize(before + count.value_or(0));
        if (!count || *count == 0)
            break;
    }
    return text;
}

} // namespace

std::vector<LogFormatDefinition> definedLogFormats(const ByteSource& source, JobContext& job)
{
    const auto head = firstBytes(source, headSize, job);
    if (isUtf16(head))
        return formatsIn(utf8FromUtf16(firstBytes(source, mostText, job)));
    if (head.contains('\0'))
        return {}; // no configuration
    return formatsIn(firstBytes(source, mostText, job));
}

} // namespace halfshake
