// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/kernellogscanner.h"

#include "models/base/text.h"

#include <algorithm>
#include <array>

namespace halfshake {

namespace {

constexpr std::size_t npos = std::string_view::npos;

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

/// "<6>" of the raw buffer.
std::string_view withoutPriority(std::string_view line)
{
    const auto end = line.find('>');
    const bool isPriority = line.starts_with('<') && end != npos && end >= 2 && end <= 4
        && std::ranges::all_of(line.substr(1, end - 1), isDigit);
    return isPriority ? line.substr(end + 1) : line;
}

/// "kern  :info  : " of dmesg -x.
std::string_view withoutFacility(std::string_view line)
{
    constexpr std::array<std::string_view, 4> facilities{"kern ", "user ", "daemon", "syslog"};
    const bool isDecoded =
        std::ranges::any_of(facilities, [&](std::string_view facility) { return line.starts_with(facility); });
    const auto first = isDecoded ? line.find(':') : npos;
    const auto second = first == npos ? npos : line.find(": ", first + 1);
    return second == npos || second > 20 ? line : line.substr(second + 2);
}

/// "Mon Nov 23 04:29:17 2026"
std::optional<LogInstant> parseCalendarTime(std::string_view text)
{
    constexpr std::size_t length = 24;
    if (text.size() != length || text[3] != ' ' || text[19] != ' ')
        return {};
    const auto year = toInteger<std::int64_t>(text.substr(20));
    const auto prefix = year ? parseSyslogTimePrefix(text.substr(4), *year) : std::nullopt;
    return prefix ? std::optional{prefix->instant} : std::nullopt;
}

} // namespace

bool scanKernelLine(std::string_view line, KernelLine& result)
{
    auto rest = withoutFacility(withoutPriority(line));
    const auto end = rest.find(']');
    if (!rest.starts_with('[') || end == npos || end > 30)
        return false;
    const auto stamp = trimmed(rest.substr(1, end - 1));
    result = {};
    result.time = parseCalendarTime(stamp);
    if (!result.time) {
        const auto point = stamp.find('.');
        result.uptime = point != npos && stamp.size() - point == 7 ? parseSeconds(stamp) : std::nullopt;
    }
    if (!result.time && !result.uptime)
        return false;
    rest.remove_prefix(end + 1);
    if (!rest.empty() && rest.front() != ' ')
        return false;
    result.text = trimmed(rest);
    return true;
}

KernelLine deliveredKernelLine(std::string_view text)
{
    KernelLine result;
    if (!scanKernelLine(text, result)) {
        result = {};
        result.text = trimmed(text);
    }
    return result;
}

} // namespace halfshake
