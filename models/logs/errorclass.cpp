// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/errorclass.h"

#include <array>
#include <utility>

namespace halfshake {

namespace {

constexpr std::array<std::string_view, 27> names{
    "none",
    "conn_refused",
    "syn_exhausted",
    "connect_timeout",
    "host_unreach",
    "net_unreach",
    "no_local_port",
    "conn_reset_early",
    "no_endpoint",
    "no_live",
    "peer_ejected",
    "rst_before_header",
    "fin_before_header",
    "read_timeout",
    "send_timeout",
    "write_reset",
    "truncated",
    "bad_response",
    "tls_timeout",
    "tls_fail",
    "dns",
    "client_abort",
    "abort_in_connect",
    "limited",
    "fd_limit",
    "upstream_status",
    "other",
};
static_assert(names.size() == std::to_underlying(ErrorClass::Other) + 1);

} // namespace

std::string_view toString(ErrorClass errorClass)
{
    return names[std::to_underlying(errorClass)];
}

} // namespace halfshake
