// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/logformatdefinition.h"

#include <array>
#include <cstddef>
#include <cstdint>
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
};

inline constexpr std::size_t logFieldCount = std::to_underlying(LogField::Connection) + 1;

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
struct AccessFields
{
    std::array<std::string_view, logFieldCount> values{}; ///< data() is null where the line has no such field.
    ValueEscape escape = ValueEscape::Default;
    std::size_t consumed = 0; ///< Bytes of the line up to where it stopped to fit.

    [[nodiscard]] std::string_view operator[](LogField field) const { return values[std::to_underlying(field)]; }
    [[nodiscard]] bool has(LogField field) const { return (*this)[field].data() != nullptr; }
    void set(LogField field, std::string_view value) { values[std::to_underlying(field)] = value; }
    void clear() { values = {}; }
};

} // namespace halfshake
