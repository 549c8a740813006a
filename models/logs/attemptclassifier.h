// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/errorclass.h"
#include "models/logs/proxyrequest.h"
#include "models/logs/upstreamattempt.h"

namespace halfshake {

/// What the access log says beyond the attempt itself.
struct AttemptContext
{
    bool hasConnectTimes = false; ///< The line has $upstream_connect_time.
    bool hasNoPeer = false; ///< The address is an upstream's name: nginx chose no peer.
    bool hasBody = false; ///< $upstream_response_length > 0.
    bool wasRetried = false; ///< Another attempt of the same group followed.
    bool isUnsafeToRepeat = false; ///< POST, LOCK, PATCH: nginx repeats them only where nothing had been sent.
};

/// Why \a attempt failed, from status and times alone; None where it did not. Other where they fit several classes of
/// different meaning. A guess: the error log knows better.
[[nodiscard]] ErrorClass guessErrorClass(
    const UpstreamAttempt& attempt, const ProxyRequest& request, const AttemptContext& context);

/// Whether the kernel gives up a connection attempt after \a duration: 2^(R+1) - 1 s for R = tcp_syn_retries, plus
/// tcp_syn_linear_timeouts (0 or 4) seconds, up to 4 % later (timer granularity).
[[nodiscard]] bool isSynGiveUpTime(Duration duration);

} // namespace halfshake
