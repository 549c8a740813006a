// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"
#include "models/correlation/rankedcapture.h"
#include "models/timeline/clockalignment.h"

#include <cstdint>
#include <span>
#include <unordered_set>
#include <vector>

namespace halfshake {

/// A connection attempt as one capture saw it.
struct ConnectionSighting
{
    std::uint32_t capture = 0; ///< Into the captures by nearness.
    std::uint32_t attempt = 0; ///< Into Capture::attempts.
};

/// Which rows of several captures are one connection: on both sides of a node, of a NAT, in rotated files.
struct ConnectionIdentity
{
    std::vector<ConnectionSighting> sightings; ///< By connection, the one nearest the proxy first.
    std::vector<std::uint32_t> firstSighting; ///< Of each connection, and one past the last.

    [[nodiscard]] std::size_t size() const { return firstSighting.empty() ? 0 : firstSighting.size() - 1; }
    [[nodiscard]] std::span<const ConnectionSighting> sightingsOf(std::size_t connection) const
    {
        return std::span(sightings).subspan(
            firstSighting[connection], firstSighting[connection + 1] - firstSighting[connection]);
    }
};

/// \a captures nearest first, \a clocks as far as they are known; \a upstreams are the addresses the proxy's logs name.
[[nodiscard]] ConnectionIdentity identifyConnections(const std::vector<RankedCapture>& captures,
    const ClockAlignment& clocks, const std::unordered_set<Endpoint>& upstreams);

} // namespace halfshake
