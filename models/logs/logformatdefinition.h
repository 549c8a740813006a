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

/// An access-log format in nginx's words.
struct LogFormatDefinition
{
    std::string name; ///< As shown to people: "ingress-nginx upstreaminfo", or the name in nginx.conf.
    std::string text; ///< The argument of log_format, quotes and joints already undone.
    ValueEscape escape = ValueEscape::Default;

    bool operator==(const LogFormatDefinition&) const = default;
};

} // namespace halfshake
