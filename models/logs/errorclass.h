// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string_view>

namespace halfshake {

/// Why an upstream attempt failed, in classes of nginx's error log (reference: proxy-logs 2.1).
enum class ErrorClass : std::uint8_t {
    None,
    ConnRefused,
    SynExhausted, ///< The kernel gave up retransmitting the SYN: connect() failed (110), 502.
    ConnectTimeout, ///< proxy_connect_timeout ran out: upstream timed out (110) while connecting, 504.
    HostUnreach,
    NetUnreach,
    NoLocalPort,
    ConnResetEarly,
    NoEndpoint,
    NoLive,
    PeerEjected,
    RstBeforeHeader,
    FinBeforeHeader,
    ReadTimeout,
    SendTimeout,
    WriteReset,
    Truncated,
    BadResponse,
    TlsTimeout,
    TlsFail,
    Dns,
    ClientAbort,
    AbortInConnect,
    Limited,
    FdLimit,
    UpstreamStatus, ///< The upstream answered with the failing status itself.
    Other, ///< Failing, but no class fits.
};

/// "syn_exhausted", as in the analysis schema; "none".
[[nodiscard]] std::string_view toString(ErrorClass errorClass);

/// False for None, and for PeerEjected, which nginx logs beside the failure that led to it.
[[nodiscard]] constexpr bool isFailure(ErrorClass errorClass)
{
    return errorClass != ErrorClass::None && errorClass != ErrorClass::PeerEjected;
}

} // namespace halfshake
