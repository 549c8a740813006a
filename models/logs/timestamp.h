// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace halfshake {

/// An instant as a log line states it. What happened lies in [time, time + resolution).
struct LogInstant
{
    EvidenceTime time; ///< UTC; where the line states no zone, its clock face read as if it were UTC.
    Duration resolution{0}; ///< Of the last digit written.
    std::optional<std::chrono::seconds> zone; ///< East of UTC, as written; none where the line states none.
};

/// $time_local: "23/Nov/2026:04:29:17 +0800".
[[nodiscard]] std::optional<LogInstant> parseTimeLocal(std::string_view text);

/// "2026-11-23T04:29:17+08:00", with 'T' or a blank, a fraction of up to nine digits, "Z", "+0800" or no zone.
[[nodiscard]] std::optional<LogInstant> parseIso8601(std::string_view text);

/// $msec: "1795408157.838"; also whole seconds, milliseconds, microseconds and nanoseconds since 1970, told by size.
[[nodiscard]] std::optional<LogInstant> parseEpoch(std::string_view text);

/// nginx's error log: "2026/11/23 04:29:13", no zone.
[[nodiscard]] std::optional<LogInstant> parseErrorLogTime(std::string_view text);

/// HAProxy: "23/Nov/2026:04:29:17.838", no zone.
[[nodiscard]] std::optional<LogInstant> parseHaproxyTime(std::string_view text);

/// Any of the above.
[[nodiscard]] std::optional<LogInstant> parseAnyTime(std::string_view text);

struct InstantPrefix
{
    LogInstant instant;
    std::size_t length = 0;
};

/// The ISO 8601 date and time that \a text begins with, zone included.
[[nodiscard]] std::optional<InstantPrefix> parseIso8601Prefix(std::string_view text);

/// The date and time that an application's log entry begins with: ISO 8601; Tomcat's "23-Nov-2026 04:29:17.838"; with
/// slashes, "2026/11/23 04:29:17" and "26/11/23 04:29:17".
[[nodiscard]] std::optional<InstantPrefix> parseApplicationTimePrefix(std::string_view text);

/// java.util.logging: "Nov 23, 2026 4:29:17 AM", no zone, with the blank after it.
[[nodiscard]] std::optional<InstantPrefix> parseUtilLoggingTimePrefix(std::string_view text);

/// syslog (RFC 3164): "Nov 23 04:29:17", also with a fraction, and the blank after it; no zone, and no year, so that
/// it comes out in \a year.
[[nodiscard]] std::optional<InstantPrefix> parseSyslogTimePrefix(std::string_view text, std::int64_t year);

/// \a stamp, which was read as of the year 2000, in the latest year in which it is not later than a day after \a
/// latest.
[[nodiscard]] std::optional<EvidenceTime> inLatestYear(EvidenceTime stamp, EvidenceTime latest);

/// Seconds with up to nine decimals ("31.624"), as nginx writes durations; none for "-" and for what is no number.
[[nodiscard]] std::optional<Duration> parseSeconds(std::string_view text);

} // namespace halfshake
