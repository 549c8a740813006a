// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/logformatdefinition.h"
#include "models/logs/timestamp.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace halfshake {

/// What a value in an access-log line means, named after nginx's variables. Other is read over.
enum class LogField : std::uint8_t {
    Other,
    RemoteAddr, // also $proxy_protocol_addr
    TimeLocal,
    TimeIso8601,
    Msec,
    Request,
    RequestMethod,
    RequestUri,
    Uri,
    Args,
    Host,
    Status,
    RequestTime,
    ProxyUpstreamName,
    UpstreamAddr,
    UpstreamStatus,
    UpstreamResponseTime,
    UpstreamConnectTime,
    UpstreamHeaderTime,
    UpstreamResponseLength,
    RequestId, // $req_id, $request_id, $http_x_request_id
    Connection,
    RequestMilliseconds, // of Envoy, Traefik CLF
    RequestNanoseconds, // of Traefik's JSON
    RequestDuration, // Tomcat's %D, whose unit depends on the version
    UpstreamMilliseconds, // of Envoy: the upstream's own time, up to the header
    UpstreamNanoseconds, // of Traefik's JSON
    ResponseFlags, // of Envoy, and the next two
    ResponseDetails,
    TransportFailure,
    PhaseTimers, // of HAProxy: TR/Tw/Tc/Tr/Ta, and the next three
    TerminationState,
    ConnectionCounts,
    Server,
};

inline constexpr std::size_t logFieldCount = std::to_underlying(LogField::Server) + 1;

/// What bytes a value may consist of, which decides where it ends and whether it fits.
enum class ValueShape : std::uint8_t {
    Text, ///< Anything.
    OpenText, ///< Anything, even what follows it in the format: a raw request line, a user name.
    Token, ///< No blanks.
    Address, ///< A token; two with a blank between where a virtual host stands before it.
    TimeLocal,
    TimeIso8601,
    Seconds,
    Integer,
    Status,
    AddressList,
    NumberList,
    AnyTime, ///< No zone needed, up to the text that follows it.
    ClientPort, ///< Address, colon and port.
};

struct LogVariable
{
    LogField field = LogField::Other;
    ValueShape shape = ValueShape::Text;
};

/// What nginx's (and ingress-nginx's) variable \a name holds, written without "$". Unknown ones are text.
[[nodiscard]] LogVariable logVariable(std::string_view name);

/// Whether \a value can be what its variable writes.
[[nodiscard]] bool fits(ValueShape shape, std::string_view value);

/// The values of one access-log line, as they stand there.
class AccessFields
{
public:
    ValueEscape escape = ValueEscape::Default;
    LogDialect dialect = LogDialect::Nginx;
    std::size_t consumed = 0; ///< Bytes of the line up to where it stopped to fit.

    /// Empty, with data() null, where the line has no such field.
    [[nodiscard]] std::string_view operator[](LogField field) const
    {
        return has(field) ? m_values[std::to_underlying(field)] : std::string_view{};
    }
    [[nodiscard]] bool has(LogField field) const { return (m_present & bit(field)) != 0; }
    void set(LogField field, std::string_view value)
    {
        m_present = value.data() == nullptr ? m_present & ~bit(field) : m_present | bit(field);
        m_values[std::to_underlying(field)] = value;
    }
    void clear() { m_present = 0; }

    /// parseTimeLocal(), which is asked for the same second many times in a row.
    [[nodiscard]] const std::optional<LogInstant>& timeLocal(std::string_view text) const;

private:
    static_assert(logFieldCount <= 64);
    [[nodiscard]] static constexpr std::uint64_t bit(LogField field)
    {
        return std::uint64_t{1} << std::to_underlying(field);
    }

    std::array<std::string_view, logFieldCount> m_values;
    std::uint64_t m_present = 0;
    mutable std::array<char, 26> m_lastTimeText{}; ///< $time_local is that long.
    mutable std::optional<LogInstant> m_lastTime;
};

} // namespace halfshake
