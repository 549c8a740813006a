// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/requesttimes.h"

#include "models/base/text.h"
#include "models/logs/haproxystate.h"

namespace halfshake {

namespace {

bool isTimeOfStart(LogDialect dialect)
{
    return dialect == LogDialect::Envoy || dialect == LogDialect::HAProxy || dialect == LogDialect::Traefik;
}

std::optional<LogInstant> writtenInstant(const AccessFields& fields)
{
    for (const auto field : {LogField::Msec, LogField::TimeIso8601, LogField::TimeLocal}) {
        if (!fields.has(field))
            continue;
        const auto text = fields[field];
        const bool isOften = field == LogField::TimeLocal && fields.dialect != LogDialect::HAProxy;
        if (const auto instant = isOften ? fields.timeLocal(text) : std::nullopt)
            return instant;
        if (const auto instant = parseAnyTime(text))
            return instant;
    }
    return {};
}

} // namespace

std::optional<Duration> wholeUnits(std::string_view text, Duration unit)
{
    constexpr Duration longest = std::chrono::years{100};
    const auto count = toInteger<std::int64_t>(text);
    if (!count || *count < 0 || *count > longest / unit)
        return {};
    return *count * unit;
}

std::optional<Duration> requestDuration(const AccessFields& fields)
{
    using std::chrono::milliseconds;
    using std::chrono::nanoseconds;
    if (const auto duration = parseSeconds(fields[LogField::RequestTime]))
        return duration;
    if (const auto duration = wholeUnits(fields[LogField::RequestMilliseconds], milliseconds{1}))
        return duration;
    if (const auto duration = wholeUnits(fields[LogField::RequestNanoseconds], nanoseconds{1}))
        return duration;
    const auto timers = parseHaproxyTimers(fields[LogField::PhaseTimers]);
    return timers ? timers->total : std::nullopt;
}

std::optional<LogInstant> loggedInstant(const AccessFields& fields)
{
    auto instant = writtenInstant(fields);
    if (instant && isTimeOfStart(fields.dialect))
        instant->time = instant->time + requestDuration(fields).value_or(Duration{0});
    return instant;
}

std::optional<std::chrono::seconds> writtenZone(const AccessFields& fields)
{
    const auto text = fields.has(LogField::TimeLocal) ? fields[LogField::TimeLocal] : fields[LogField::TimeIso8601];
    const auto instant = parseAnyTime(text);
    // nginx writes its zone as a number; "Z" is from a shipper, which lives in UTC whatever nginx does
    return instant && !text.ends_with('Z') ? instant->zone : std::nullopt;
}

std::optional<std::uint16_t> accessStatus(const AccessFields& fields)
{
    const auto text = fields[LogField::Status];
    return text == "-1" ? std::uint16_t{0} : toInteger<std::uint16_t>(text);
}

} // namespace halfshake
