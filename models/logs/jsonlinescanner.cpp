// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/jsonlinescanner.h"

#include "models/base/endpoint.h"
#include "models/logs/jsonkeys.h"
#include "models/logs/timestamp.h"
#include "models/logs/tolerantjson.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace halfshake {

namespace {

constexpr std::uint8_t unranked = 0xFF;

/// Takes values key by key, the better named one winning.
class FieldCollector
{
public:
    explicit FieldCollector(AccessFields& fields) : m_fields(fields) { m_ranks.fill(unranked); }

    void set(LogField field, std::string_view value, std::uint8_t rank)
    {
        auto& known = m_ranks[std::to_underlying(field)];
        const bool isBetter = rank < known || (rank == known && m_fields[field].empty());
        if (!isBetter)
            return;
        known = rank;
        m_fields.set(field, value);
    }

    void setTime(std::string_view value, std::uint8_t rank)
    {
        if (rank > m_timeRank || !parseAnyTime(value))
            return;
        if (parseEpoch(value)) {
            set(LogField::Msec, value, rank);
            return;
        }
        m_timeRank = rank;
        const bool isLocal = value.size() > 2 && value[2] == '/';
        m_fields.set(isLocal ? LogField::TimeIso8601 : LogField::TimeLocal, {});
        m_fields.set(isLocal ? LogField::TimeLocal : LogField::TimeIso8601, value);
    }

private:
    AccessFields& m_fields;
    std::array<std::uint8_t, logFieldCount> m_ranks{};
    std::uint8_t m_timeRank = unranked;
};

ValueShape shapeOf(LogField field)
{
    switch (field) {
    case LogField::Status:
        return ValueShape::Status;
    case LogField::TimeLocal:
        return ValueShape::TimeLocal;
    case LogField::TimeIso8601:
        return ValueShape::TimeIso8601;
    case LogField::RequestTime:
        return ValueShape::Seconds;
    case LogField::Connection:
        return ValueShape::Integer;
    case LogField::UpstreamAddr:
        return ValueShape::AddressList;
    case LogField::UpstreamStatus:
    case LogField::UpstreamResponseTime:
    case LogField::UpstreamConnectTime:
    case LogField::UpstreamHeaderTime:
    case LogField::UpstreamResponseLength:
        return ValueShape::NumberList;
    default:
        return ValueShape::Text;
    }
}

/// Whether a value under an ambiguous key is what the key might mean.
bool isPlausible(const JsonKeyMeaning& meaning, std::string_view value)
{
    const bool isGuess = meaning.rank >= 2;
    if (meaning.field == LogField::UpstreamAddr && isGuess)
        return Endpoint::parse(value.substr(0, value.find_first_of(", "))).has_value();
    return true;
}

/// False where the format has no such key.
bool collectKnown(const LogFormat& format, const TolerantJson::Member& member, FieldCollector& collector)
{
    const auto found = std::ranges::find(format.jsonKeys(), member.key, &LogFormat::JsonKey::key);
    if (found == format.jsonKeys().end())
        return false;
    if (found->field != LogField::Other && fits(shapeOf(found->field), member.value))
        collector.set(found->field, member.value, 0);
    return true;
}

void collectGuessed(std::string_view key, std::string_view value, AccessFields& fields, FieldCollector& collector)
{
    const auto meaning = meaningOfJsonKey(key);
    if (meaning.dialect != LogDialect::Nginx)
        fields.dialect = meaning.dialect;
    // a whole number under "duration" may be any unit; nginx writes seconds with decimals
    const bool isWhole = meaning.field == LogField::RequestTime && meaning.rank >= 2 && !value.contains('.');
    if (isWhole)
        collector.set(LogField::RequestDuration, value, meaning.rank);
    else if (meaning.isTime)
        collector.setTime(value, meaning.rank);
    else if (meaning.field != LogField::Other && fits(shapeOf(meaning.field), value) && isPlausible(meaning, value))
        collector.set(meaning.field, value, meaning.rank);
}

/// The unit of a whole number under "duration" is the proxy's. Of the keys that only Envoy's default format has, one
/// may be all that is left of it: the time of the start.
void placeDuration(AccessFields& fields, bool hasStartTime)
{
    const bool isLikeNginx = fields.has(LogField::UpstreamResponseTime) || fields.has(LogField::RequestTime);
    if (fields.dialect == LogDialect::Nginx && hasStartTime && !isLikeNginx)
        fields.dialect = LogDialect::Envoy;
    const auto duration = fields[LogField::RequestDuration];
    if (fields.dialect == LogDialect::Envoy)
        fields.set(LogField::RequestMilliseconds, duration);
    else if (fields.dialect == LogDialect::Traefik)
        fields.set(LogField::RequestNanoseconds, duration);
}

bool hasAny(const AccessFields& fields, std::initializer_list<LogField> wanted)
{
    return std::ranges::any_of(wanted, [&](LogField field) { return fields.has(field); });
}

} // namespace

LineFit scanJsonLine(const LogFormat& format, std::string_view line, AccessFields& fields)
{
    fields.clear();
    fields.escape = ValueEscape::Json;
    fields.dialect = format.definition().dialect;
    const auto first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || line[first] != '{')
        return LineFit::None;
    FieldCollector collector{fields};
    TolerantJson json{line};
    TolerantJson::Member member;
    std::size_t members = 0;
    bool hasStartTime = false;
    for (; json.next(member); ++members) {
        hasStartTime = hasStartTime || member.key == "start_time";
        if (!format.jsonKeys().empty()) {
            if (!collectKnown(format, member, collector))
                return LineFit::None;
        } else if (member.kind != TolerantJson::ValueKind::Array && member.value != "null") {
            collectGuessed(member.key, member.value, fields, collector);
        }
    }
    placeDuration(fields, hasStartTime);
    const bool isEveryKeyThere = format.jsonKeys().empty() || members == format.jsonKeys().size();
    const auto time = {LogField::Msec, LogField::TimeIso8601, LogField::TimeLocal};
    const auto request = {LogField::Request, LogField::RequestMethod, LogField::RequestUri, LogField::Uri};
    if (!hasAny(fields, time) || !hasAny(fields, request) || fields[LogField::Status].empty())
        return LineFit::None;
    if (!json.isComplete())
        return LineFit::Partly;
    return isEveryKeyThere ? LineFit::Whole : LineFit::None;
}

} // namespace halfshake
