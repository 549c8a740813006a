// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/errorclass.h"
#include "models/logs/proxylog.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace halfshake {

/// What a request's line means though it does not say so (reference: proxy-logs 2.1, 2.5, 3).
enum class RequestRemark : std::uint8_t {
    /// POST, LOCK or PATCH went to the next upstream: the connection never came up, nothing had been sent.
    RetriedUnsent,
    /// POST, LOCK or PATCH was repeated after it had been sent (proxy_next_upstream non_idempotent): it may have been
    /// done twice.
    RetriedAlthoughSent,
    /// PUT, DELETE or the like was repeated after it had been sent: nginx takes it for idempotent.
    RetriedIdempotent,
    /// The same upstream twice, the first time for no time: a kept connection that the upstream had closed.
    RetriedStaleConnection,
    /// 499: the client left while an attempt was running, whose own end, often a timeout, never came.
    HidesOutcome,
    /// The response ended before its body did, although the status is one of success.
    TruncatedBody,
};

/// \a classes are of the attempts of \a request, in order, by the error log where one tells.
[[nodiscard]] std::vector<RequestRemark> remarksOn(
    const ProxyLog& log, const ProxyRequest& request, std::span<const ErrorClass> classes);

/// Whether an attempt of this class ended before the request was sent: the connection never came up.
[[nodiscard]] bool isBeforeSending(ErrorClass errorClass);

/// POST, LOCK and PATCH: what nginx does not repeat once it was sent (nginx ngx_http_upstream_next, since 1.9.13).
[[nodiscard]] bool isNonIdempotent(std::string_view method);

} // namespace halfshake
