// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/logfield.h"

#include "models/logs/timestamp.h"

#include <algorithm>

namespace halfshake {

namespace {

struct NamedVariable
{
    std::string_view name;
    LogVariable variable;
};

constexpr auto variables = std::to_array<NamedVariable>({
    {"any_time", {LogField::TimeLocal, ValueShape::AnyTime}},
    {"args", {LogField::Args, ValueShape::Text}},
    {"body_bytes_sent", {LogField::Other, ValueShape::Integer}},
    {"bytes_sent", {LogField::Other, ValueShape::Integer}},
    {"client_port_pair", {LogField::RemoteAddr, ValueShape::ClientPort}},
    {"connection", {LogField::Connection, ValueShape::Integer}},
    {"connection_requests", {LogField::Other, ValueShape::Integer}},
    {"duration_any_unit", {LogField::RequestDuration, ValueShape::Integer}},
    {"duration_ms", {LogField::RequestMilliseconds, ValueShape::Integer}},
    {"envoy_details", {LogField::ResponseDetails, ValueShape::Token}},
    {"envoy_flags", {LogField::ResponseFlags, ValueShape::Token}},
    {"envoy_start", {LogField::TimeIso8601, ValueShape::AnyTime}},
    {"envoy_upstream_ms", {LogField::UpstreamMilliseconds, ValueShape::Integer}},
    {"haproxy_backend_server", {LogField::Server, ValueShape::Token}},
    {"haproxy_counts", {LogField::ConnectionCounts, ValueShape::Token}},
    {"haproxy_start", {LogField::TimeLocal, ValueShape::AnyTime}},
    {"haproxy_state", {LogField::TerminationState, ValueShape::Token}},
    {"haproxy_status", {LogField::Status, ValueShape::Status}},
    {"haproxy_timers", {LogField::PhaseTimers, ValueShape::Token}},
    {"host", {LogField::Host, ValueShape::Token}},
    {"http_host", {LogField::Host, ValueShape::Text}},
    {"http_x_request_id", {LogField::RequestId, ValueShape::Text}},
    {"msec", {LogField::Msec, ValueShape::Seconds}},
    {"proxy_protocol_addr", {LogField::RemoteAddr, ValueShape::Address}},
    {"proxy_upstream_name", {LogField::ProxyUpstreamName, ValueShape::Text}},
    {"query_string", {LogField::Args, ValueShape::Text}},
    {"remote_addr", {LogField::RemoteAddr, ValueShape::Address}},
    {"remote_port", {LogField::Other, ValueShape::Integer}},
    {"remote_user", {LogField::Other, ValueShape::OpenText}},
    {"req_id", {LogField::RequestId, ValueShape::Text}},
    {"request", {LogField::Request, ValueShape::OpenText}},
    {"request_id", {LogField::RequestId, ValueShape::Text}},
    {"request_length", {LogField::Other, ValueShape::Integer}},
    {"request_method", {LogField::RequestMethod, ValueShape::Token}},
    {"request_time", {LogField::RequestTime, ValueShape::Seconds}},
    {"request_uri", {LogField::RequestUri, ValueShape::OpenText}},
    {"server_port", {LogField::Other, ValueShape::Integer}},
    {"server_protocol", {LogField::Other, ValueShape::Token}},
    {"session_time", {LogField::RequestTime, ValueShape::Seconds}},
    {"status", {LogField::Status, ValueShape::Status}},
    {"time_iso8601", {LogField::TimeIso8601, ValueShape::TimeIso8601}},
    {"time_local", {LogField::TimeLocal, ValueShape::TimeLocal}},
    {"transport_failure", {LogField::TransportFailure, ValueShape::Text}},
    {"upstream_addr", {LogField::UpstreamAddr, ValueShape::AddressList}},
    {"upstream_bytes_received", {LogField::Other, ValueShape::NumberList}},
    {"upstream_bytes_sent", {LogField::Other, ValueShape::NumberList}},
    {"upstream_cluster", {LogField::ProxyUpstreamName, ValueShape::Token}},
    {"upstream_connect_time", {LogField::UpstreamConnectTime, ValueShape::NumberList}},
    {"upstream_header_time", {LogField::UpstreamHeaderTime, ValueShape::NumberList}},
    {"upstream_queue_time", {LogField::Other, ValueShape::NumberList}},
    {"upstream_response_length", {LogField::UpstreamResponseLength, ValueShape::NumberList}},
    {"upstream_response_time", {LogField::UpstreamResponseTime, ValueShape::NumberList}},
    {"upstream_status", {LogField::UpstreamStatus, ValueShape::NumberList}},
    {"upstream_url", {LogField::UpstreamAddr, ValueShape::Text}},
    {"uri", {LogField::Uri, ValueShape::OpenText}},
});
static_assert(std::ranges::is_sorted(variables, {}, &NamedVariable::name));

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

bool isInteger(std::string_view value)
{
    return value == "-" || (!value.empty() && std::ranges::all_of(value, isDigit));
}

bool isStatus(std::string_view value)
{
    return (value.size() <= 3 && isInteger(value)) || value == "-1"; // HAProxy: no response
}

bool isClientPort(std::string_view value)
{
    const auto colon = value.rfind(':');
    return colon != std::string_view::npos && colon > 0 && !value.contains(' ') && isInteger(value.substr(colon + 1));
}

bool isToken(std::string_view value)
{
    return std::ranges::none_of(
        value, [](char character) { return character == ' ' || character == '\t' || character == '"'; });
}

bool isAddress(std::string_view value)
{
    const auto blank = value.find(' ');
    const auto last = blank == std::string_view::npos ? value : value.substr(blank + 1);
    return !last.empty() && blank != 0 && isToken(value.substr(0, blank)) && isToken(last);
}

bool isNumberList(std::string_view value)
{
    return std::ranges::all_of(value, [](char character) {
        return isDigit(character) || character == '.' || character == '-' || character == ',' || character == ':'
            || character == ' ';
    });
}

bool isAddressList(std::string_view value)
{
    return std::ranges::none_of(value, [](char character) {
        const auto byte = static_cast<unsigned char>(character);
        return byte < 0x20 || byte >= 0x7F || byte == '"' || byte == '\\';
    });
}

} // namespace

LogVariable logVariable(std::string_view name)
{
    const auto found = std::ranges::lower_bound(variables, name, {}, &NamedVariable::name);
    return found != variables.end() && found->name == name ? found->variable : LogVariable{};
}

const std::optional<LogInstant>& AccessFields::timeLocal(std::string_view text) const
{
    if (!std::ranges::equal(text, m_lastTimeText)) {
        m_lastTime = parseTimeLocal(text);
        if (text.size() == m_lastTimeText.size())
            std::ranges::copy(text, m_lastTimeText.begin());
        else
            m_lastTimeText = {};
    }
    return m_lastTime;
}

bool fits(ValueShape shape, std::string_view value)
{
    switch (shape) {
    case ValueShape::Text:
    case ValueShape::OpenText:
        return true;
    case ValueShape::Token:
        return isToken(value);
    case ValueShape::Address:
        return isAddress(value);
    case ValueShape::TimeLocal:
        return parseTimeLocal(value).has_value();
    case ValueShape::TimeIso8601:
        return parseIso8601(value).has_value();
    case ValueShape::Seconds:
        return value == "-" || parseSeconds(value) || parseEpoch(value);
    case ValueShape::Integer:
        return isInteger(value);
    case ValueShape::Status:
        return isStatus(value);
    case ValueShape::AddressList:
        return isAddressList(value);
    case ValueShape::NumberList:
        return isNumberList(value);
    case ValueShape::AnyTime:
        return parseAnyTime(value).has_value();
    case ValueShape::ClientPort:
        return isClientPort(value);
    }
    return false;
}

} // namespace halfshake
