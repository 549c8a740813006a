// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"
#include "models/capture/capture.h"

#include <cstdint>
#include <memory>
#include <unordered_set>
#include <vector>

namespace halfshake {

/// One capture, and how much of the proxy's upstream traffic it saw.
struct RankedCapture
{
    const Capture* capture = nullptr;
    std::uint32_t upstreams = 0; ///< Logged upstream addresses it has connections to.
    std::uint32_t upstreamConnections = 0; ///< To such addresses.
    VantagePoint vantage = VantagePoint::Unknown; ///< Where it stands in most of these.
    bool isEveryInterface = false; ///< Taken with "-i any".
};

/// The captures, the one nearest the proxy first: those that saw most of the logged upstreams, then the side that
/// opens connections before the middle before the side that accepts them, then one interface before "-i any".
/// Without logs \a upstreams is empty and every connection counts.
[[nodiscard]] std::vector<RankedCapture> capturesByNearness(
    const std::vector<std::shared_ptr<const Capture>>& captures, const std::unordered_set<Endpoint>& upstreams);

} // namespace halfshake
