// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/timestamp.h"

#include "models/base/text.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace halfshake {

namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr std::size_t timeLocalLength = 26;
constexpr std::size_t haproxyTimeLength = 20; // without the fraction
constexpr std::size_t dateTimeLength = 19;
constexpr std::int64_t firstYear = 1970;
constexpr std::int64_t lastYear = 2199; // nanoseconds since 1970 end in 2262
constexpr std::int64_t latestSecond = 7'258'118'400; // 2200-01-01
constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";

constexpr bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

/// The number at \a position, or -1 where there are not \a count digits.
std::int64_t digitsAt(std::string_view text, std::size_t position, std::size_t count)
{
    if (position + count > text.size())
        return -1;
    std::int64_t value = 0;
    for (const char character : text.substr(position, count)) {
        if (!isDigit(character))
            return -1;
        value = value * 10 + (character - '0');
    }
    return value;
}

std::int64_t monthAt(std::string_view text, std::size_t position)
{
    const auto found = months.find(text.substr(position, 3));
    return found == std::string_view::npos || found % 3 != 0 ? -1 : static_cast<std::int64_t>(found / 3 + 1);
}

struct ClockFace
{
    std::int64_t year = -1;
    std::int64_t month = -1;
    std::int64_t day = -1;
    std::int64_t hour = -1;
    std::int64_t minute = -1;
    std::int64_t second = -1;
};

std::optional<EvidenceTime> instantOf(const ClockFace& face)
{
    if (face.year < firstYear || face.year > lastYear || face.month < 1 || face.day < 1)
        return {};
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(face.year)},
        std::chrono::month{static_cast<unsigned>(face.month)}, std::chrono::day{static_cast<unsigned>(face.day)}};
    const bool isTimeValid = face.hour >= 0 && face.hour < 24 && face.minute >= 0 && face.minute < 60
        && face.second >= 0 && face.second <= 60; // 60 is a leap second
    if (!date.ok() || !isTimeValid)
        return {};
    const auto day = std::chrono::sys_days{date}.time_since_epoch();
    return EvidenceTime{day + std::chrono::hours{face.hour} + std::chrono::minutes{face.minute} + seconds{face.second}};
}

struct ZonePrefix
{
    std::optional<seconds> zone;
    std::size_t length = 0;
};

/// "Z", "+08:00", "+0800" at the start of \a text; nothing where it is neither, which is no error.
ZonePrefix zonePrefix(std::string_view text)
{
    if (text.starts_with('Z') || text.starts_with('z'))
        return {seconds{0}, 1};
    if (!text.starts_with('+') && !text.starts_with('-'))
        return {};
    const bool hasColon = text.size() > 3 && text[3] == ':';
    const auto hour = digitsAt(text, 1, 2);
    const auto minute = digitsAt(text, hasColon ? 4 : 3, 2);
    if (hour < 0 || hour > 15 || minute < 0 || minute > 59)
        return {};
    const seconds zone{hour * 3600 + minute * 60};
    return {text.front() == '-' ? -zone : zone, hasColon ? 6u : 5u};
}

struct FractionPrefix
{
    nanoseconds value{0};
    nanoseconds resolution{seconds{1}};
    std::size_t length = 0;
};

/// ".838" or ",838" at the start of \a text; digits after the ninth are read over.
FractionPrefix fractionPrefix(std::string_view text)
{
    FractionPrefix fraction;
    if (text.size() < 2 || (text.front() != '.' && text.front() != ',') || !isDigit(text[1]))
        return fraction;
    std::size_t end = 1;
    for (; end < text.size() && isDigit(text[end]); ++end) {
        if (end > 9)
            continue;
        fraction.resolution /= 10;
        fraction.value += fraction.resolution * (text[end] - '0');
    }
    fraction.length = end;
    return fraction;
}

/// "04:29:17" at \a position.
void setClock(std::string_view text, std::size_t position, ClockFace& face)
{
    if (position + 8 > text.size() || text[position + 2] != ':' || text[position + 5] != ':')
        return;
    face.hour = digitsAt(text, position, 2);
    face.minute = digitsAt(text, position + 3, 2);
    face.second = digitsAt(text, position + 6, 2);
}

/// The instant of \a face and what follows at \a length: a fraction and a zone, either of which may be missing.
std::optional<InstantPrefix> completed(const ClockFace& face, std::string_view text, std::size_t length)
{
    const auto time = instantOf(face);
    if (!time)
        return {};
    const auto fraction = fractionPrefix(text.substr(length));
    length += fraction.length;
    const auto zone = zonePrefix(text.substr(length));
    length += zone.length;
    const auto utc = *time + fraction.value - zone.zone.value_or(seconds{0});
    return InstantPrefix{{utc, fraction.resolution, zone.zone}, length};
}

} // namespace

std::optional<LogInstant> parseTimeLocal(std::string_view text)
{
    if (text.size() != timeLocalLength || text[2] != '/' || text[6] != '/' || text[11] != ':' || text[20] != ' ')
        return {};
    const auto time = instantOf({.year = digitsAt(text, 7, 4),
        .month = monthAt(text, 3),
        .day = digitsAt(text, 0, 2),
        .hour = digitsAt(text, 12, 2),
        .minute = digitsAt(text, 15, 2),
        .second = digitsAt(text, 18, 2)});
    const auto zone = zonePrefix(text.substr(21));
    if (!time || !zone.zone || zone.length != 5)
        return {};
    return LogInstant{*time - *zone.zone, seconds{1}, zone.zone};
}

std::optional<InstantPrefix> parseIso8601Prefix(std::string_view text)
{
    if (text.size() < dateTimeLength || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' ')
        || text[13] != ':' || text[16] != ':')
        return {};
    const ClockFace face{.year = digitsAt(text, 0, 4),
        .month = digitsAt(text, 5, 2),
        .day = digitsAt(text, 8, 2),
        .hour = digitsAt(text, 11, 2),
        .minute = digitsAt(text, 14, 2),
        .second = digitsAt(text, 17, 2)};
    return completed(face, text, dateTimeLength);
}

std::optional<LogInstant> parseIso8601(std::string_view text)
{
    const auto prefix = parseIso8601Prefix(text);
    if (!prefix || prefix->length != text.size())
        return {};
    return prefix->instant;
}

std::optional<LogInstant> parseEpoch(std::string_view text)
{
    std::size_t length = 0;
    while (length < text.size() && isDigit(text[length]))
        ++length;
    if (length < 9 || length > 19)
        return {};
    const auto fraction = fractionPrefix(text.substr(length));
    if (length + fraction.length != text.size())
        return {};
    // 9 to 11 digits are seconds, 12 to 14 milliseconds, 15 to 17 microseconds, the rest nanoseconds
    const std::int64_t unit = length <= 11 ? 1'000'000'000 : length <= 14 ? 1'000'000 : length <= 17 ? 1'000 : 1;
    const auto count = toInteger<std::int64_t>(text.substr(0, length));
    if (!count || *count > latestSecond * (1'000'000'000 / unit))
        return {};
    if (unit == 1'000'000'000)
        return LogInstant{EvidenceTime{seconds{*count} + fraction.value}, fraction.resolution, seconds{0}};
    return LogInstant{EvidenceTime{nanoseconds{*count * unit}}, nanoseconds{unit}, seconds{0}};
}

std::optional<LogInstant> parseErrorLogTime(std::string_view text)
{
    if (text.size() != dateTimeLength || text[4] != '/' || text[7] != '/' || text[10] != ' ' || text[13] != ':'
        || text[16] != ':')
        return {};
    const auto time = instantOf({.year = digitsAt(text, 0, 4),
        .month = digitsAt(text, 5, 2),
        .day = digitsAt(text, 8, 2),
        .hour = digitsAt(text, 11, 2),
        .minute = digitsAt(text, 14, 2),
        .second = digitsAt(text, 17, 2)});
    if (!time)
        return {};
    return LogInstant{*time, seconds{1}, {}};
}

std::optional<LogInstant> parseAnyTime(std::string_view text)
{
    if (text.size() == timeLocalLength && text[2] == '/')
        return parseTimeLocal(text);
    if (text.size() > haproxyTimeLength && text[2] == '/')
        return parseHaproxyTime(text);
    if (text.size() == dateTimeLength && text[4] == '/')
        return parseErrorLogTime(text);
    if (text.size() >= dateTimeLength && text[4] == '-')
        return parseIso8601(text);
    return parseEpoch(text);
}

std::optional<LogInstant> parseHaproxyTime(std::string_view text)
{
    if (text.size() < haproxyTimeLength || text[2] != '/' || text[6] != '/' || text[11] != ':')
        return {};
    ClockFace face{.year = digitsAt(text, 7, 4), .month = monthAt(text, 3), .day = digitsAt(text, 0, 2)};
    setClock(text, 12, face);
    const auto prefix = completed(face, text, haproxyTimeLength);
    return prefix && prefix->length == text.size() ? std::optional{prefix->instant} : std::nullopt;
}

std::optional<InstantPrefix> parseApplicationTimePrefix(std::string_view text)
{
    constexpr std::size_t shortLength = 17; // "26/11/23 04:29:17"
    constexpr std::size_t juliLength = 20; // "23-Nov-2026 04:29:17"
    if (auto prefix = parseIso8601Prefix(text))
        return prefix;
    ClockFace face;
    if (text.size() >= juliLength && text[2] == '-' && text[6] == '-' && text[11] == ' ') {
        face = {.year = digitsAt(text, 7, 4), .month = monthAt(text, 3), .day = digitsAt(text, 0, 2)};
        setClock(text, 12, face);
        return completed(face, text, juliLength);
    }
    if (text.size() >= dateTimeLength && text[4] == '/' && text[7] == '/') {
        face = {.year = digitsAt(text, 0, 4), .month = digitsAt(text, 5, 2), .day = digitsAt(text, 8, 2)};
        setClock(text, 11, face);
        return completed(face, text, dateTimeLength);
    }
    if (text.size() >= shortLength && text[2] == '/' && text[5] == '/' && text[8] == ' ') {
        const auto year = digitsAt(text, 0, 2);
        face = {.year = year < 0 ? year : 2000 + year, .month = digitsAt(text, 3, 2), .day = digitsAt(text, 6, 2)};
        setClock(text, 9, face);
        return completed(face, text, shortLength);
    }
    return {};
}

std::optional<InstantPrefix> parseUtilLoggingTimePrefix(std::string_view text)
{
    const auto comma = text.find(", ");
    if (comma == std::string_view::npos || comma < 5 || comma > 6 || text[3] != ' ')
        return {};
    ClockFace face{.year = digitsAt(text, comma + 2, 4), .month = monthAt(text, 0)};
    face.day = digitsAt(text, 4, comma - 4);
    auto clock = comma + 7; // behind year and blank
    const bool isShort = clock + 1 < text.size() && text[clock + 1] == ':';
    const auto padded = '0' + std::string{text.substr(std::min(clock, text.size()), isShort ? 7 : 0)};
    setClock(isShort ? std::string_view{padded} : text, isShort ? 0 : clock, face);
    clock += isShort ? 7 : 8;
    const auto half = clock < text.size() ? text.substr(clock) : std::string_view{};
    const bool isAfternoon = half.starts_with(" PM ");
    if ((!isAfternoon && !half.starts_with(" AM ")) || face.hour < 1 || face.hour > 12)
        return {};
    face.hour = face.hour % 12 + (isAfternoon ? 12 : 0);
    const auto time = instantOf(face);
    return time ? std::optional{InstantPrefix{{*time, seconds{1}, {}}, clock + 4}} : std::nullopt;
}

std::optional<InstantPrefix> parseSyslogTimePrefix(std::string_view text, std::int64_t year)
{
    constexpr std::size_t length = 15; // "Nov 23 04:29:17"
    if (text.size() <= length || text[3] != ' ' || text[6] != ' ')
        return {};
    ClockFace face{.year = year, .month = monthAt(text, 0)};
    face.day = text[4] == ' ' ? digitsAt(text, 5, 1) : digitsAt(text, 4, 2);
    setClock(text, 7, face);
    const auto time = instantOf(face);
    const auto fraction = fractionPrefix(text.substr(length));
    const auto end = length + fraction.length;
    if (!time || !text.substr(end).starts_with(' '))
        return {};
    return InstantPrefix{{*time + fraction.value, fraction.resolution, {}}, end + 1};
}

std::optional<EvidenceTime> inLatestYear(EvidenceTime stamp, EvidenceTime latest)
{
    constexpr int mostYears = 8; // between two leap years
    const auto limit = latest + std::chrono::hours{24};
    const auto day = std::chrono::floor<std::chrono::days>(stamp.time_since_epoch());
    const std::chrono::year_month_day date{std::chrono::sys_days{day}};
    const std::chrono::year_month_day last{
        std::chrono::sys_days{std::chrono::floor<std::chrono::days>(limit.time_since_epoch())}};
    for (int back = 0; back <= mostYears; ++back) {
        const auto moved = (last.year() - std::chrono::years{back}) / date.month() / date.day();
        if (!moved.ok())
            continue;
        const EvidenceTime time{std::chrono::sys_days{moved}.time_since_epoch() + (stamp.time_since_epoch() - day)};
        if (time <= limit)
            return time;
    }
    return {};
}

std::optional<Duration> parseSeconds(std::string_view text)
{
    std::size_t length = 0;
    std::int64_t whole = 0;
    for (; length < text.size() && isDigit(text[length]); ++length) {
        if (length == 9)
            return {};
        whole = whole * 10 + (text[length] - '0');
    }
    if (length == 0)
        return {};
    if (length == text.size())
        return seconds{whole};
    const auto fraction = fractionPrefix(text.substr(length));
    if (length + fraction.length != text.size())
        return {};
    return seconds{whole} + fraction.value;
}

} // namespace halfshake
