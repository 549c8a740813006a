// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/errorentry.h"
#include "models/logs/timestamp.h"

#include <cstdint>
#include <string_view>

namespace halfshake {

/// The parts of one line of nginx's error log; views into the line, raw bytes.
struct ErrorLine
{
    LogInstant time;
    ErrorLevel level = ErrorLevel::Error;
    std::uint32_t processId = 0;
    std::uint64_t connection = 0; ///< 0 where the line has none.
    int errorNumber = 0; ///< 0 where the message has none.
    std::string_view message; ///< Up to ", client: ".
    std::string_view clientAddress;
    std::string_view request; ///< The request line.
    bool isRequestCut = false; ///< The line ended (nginx cuts at 2048 bytes) inside the request line.
    std::string_view upstream; ///< URL.
    std::string_view host;
};

/// Whether \a line starts as error-log lines do: "2026/11/23 11:33:11 [". Cheap.
[[nodiscard]] bool startsLikeErrorLine(std::string_view line);

/// Reads a line as nginx writes it:
/// "%4d/%02d/%02d %02d:%02d:%02d [level] pid#tid: *connection message, client: A, server: S, request: "R", ...".
/// Source: nginx src/core/ngx_log.c, src/http/ngx_http_request.c ngx_http_log_error.
[[nodiscard]] bool scanErrorLine(std::string_view line, ErrorLine& result);

/// "http://10.0.0.1:80/path" -> 10.0.0.1:80; also without a scheme, as the stream module writes it.
[[nodiscard]] std::optional<Endpoint> endpointOfUrl(std::string_view url);

} // namespace halfshake
