// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/attempttime.h"
#include "models/correlation/requestidentity.h"
#include "models/correlation/upstreamroute.h"
#include "models/correlation/wire.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace halfshake {

/// By what a request on the wire was recognised.
enum class Recognition : std::uint8_t {
    Time, ///< The capture cut its text off.
    Target,
    RequestId,
};

/// The HTTP request on the wire that an attempt sent.
struct MatchedRequest
{
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t request = none; ///< Into Wire::requests.
    Recognition recognition = Recognition::Time;
    double margin = 0; ///< How much dearer the second best is; see MatchAlternative.
    std::vector<std::uint32_t> rivals; ///< Connections of requests that would do nearly as well.

    [[nodiscard]] bool isFound() const { return request != none; }
};

/// What matching needs to know.
struct RequestSearch
{
    const RequestIdentity& requests;
    const Wire& wire;
    const UpstreamRoute& route;
    const std::vector<bool>& isClockKnown; ///< Of the indexed logs.
    const std::vector<TimeWindow>& starts; ///< Of all attempts.
    const std::vector<ErrorClass>& errorClasses; ///< Of all attempts; None for those that did not fail.
};

/// For every attempt, failed or not: each request on the wire was sent by one attempt at most.
[[nodiscard]] std::vector<MatchedRequest> matchRequests(const RequestSearch& search);

/// Of the response to \a request as far as \a attempt lived to see it, 0 where there was none: an upstream also answers
/// a proxy that has given up meanwhile.
[[nodiscard]] std::uint16_t statusInTime(const UpstreamAttempt& attempt, const WireRequest& request);

} // namespace halfshake
