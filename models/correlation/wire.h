// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/connectionidentity.h"
#include "models/correlation/rankedcapture.h"
#include "models/timeline/clockalignment.h"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace halfshake {

/// One distinct connection on the incident clock, as the capture nearest the proxy saw it.
struct WireConnection
{
    TimePoint start;
    TimePoint end;
    const Capture* capture = nullptr;
    const ConnectionAttempt* attempt = nullptr;
    std::uint32_t identity = 0; ///< Into ConnectionIdentity.
    std::uint32_t firstRequest = 0; ///< Into Wire::requests.
    std::uint32_t requestCount = 0;
    bool isOpeningSeen = false; ///< The capture saw the SYN or the SYN/ACK.
};

/// One HTTP request on a distinct connection.
struct WireRequest
{
    TimePoint time;
    TimePoint opening{}; ///< When the proxy turned to the upstream: the SYN for the first request of a new connection.
    TimePoint responseTime{}; ///< Where there is a status.
    std::uint32_t connection = 0; ///< Into Wire::connections.
    std::uint16_t responseStatus = 0;
    bool isFirst = false; ///< On a connection whose opening was seen.
    std::uint64_t targetHash = 0;
    std::uint64_t requestIdHash = 0;
};

/// The time a capture was running.
struct WireCoverage
{
    const Capture* capture = nullptr;
    TimePoint first;
    TimePoint last;
};

/// What all captures together show, each thing once, on the incident clock.
struct Wire
{
    std::vector<WireConnection> connections; ///< By start.
    std::vector<WireRequest> requests; ///< By connection, then time.
    std::vector<WireCoverage> coverage; ///< Of each capture, nearest first.
    std::unordered_map<Endpoint, std::vector<std::uint32_t>> connectionsTo; ///< By server as any capture saw it.

    std::unordered_map<Endpoint, std::vector<std::uint32_t>> seenBy; ///< Captures that saw connections to a server.

    [[nodiscard]] const std::vector<std::uint32_t>& to(const Endpoint& server) const;
    [[nodiscard]] std::span<const HandshakeEvent> eventsOf(const WireConnection& connection) const;
    [[nodiscard]] std::span<const WireRequest> requestsOf(const WireConnection& connection) const;
};

[[nodiscard]] Wire buildWire(
    const std::vector<RankedCapture>& captures, const ConnectionIdentity& identity, const ClockAlignment& clocks);

} // namespace halfshake
