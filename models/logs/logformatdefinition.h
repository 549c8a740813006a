// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

namespace halfshake {

/// How the writer of a log escaped text values: the escape parameter of nginx's log_format.
enum class ValueEscape : std::uint8_t {
    Default, ///< nginx's \xXX, and \" \\ of other servers.
    Json,
    None,
};

/// Whose log it is: what its times mean, and how it tells of upstream attempts.
enum class LogDialect : std::uint8_t {
    Nginx, ///< The time is the end of the request; lists of attempts.
    Envoy, ///< The time is the start; milliseconds; the last attempt only, and response flags.
    HAProxy, ///< The time is the start; phases in milliseconds; the last server only, and a termination state.
    Traefik, ///< The time is the start; the last server only.
    Tomcat, ///< The time is the end; no upstream. Durations of %D: milliseconds up to 9, microseconds from 10 on.
};

/// An access-log format in nginx's words.
struct LogFormatDefinition
{
    std::string name; ///< As shown to people: "ingress-nginx upstreaminfo", or the name in nginx.conf.
    std::string text; ///< The argument of log_format, quotes and joints already undone.
    ValueEscape escape = ValueEscape::Default;
    LogDialect dialect = LogDialect::Nginx;

    bool operator==(const LogFormatDefinition&) const = default;
};

} // namespace halfshake
