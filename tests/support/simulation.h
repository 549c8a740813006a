// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace halfshake::test {

/// What goes wrong between a simulated proxy and its upstreams.
enum class Fault : std::uint8_t {
    None,
    PortCollision, ///< The client port is an allocated NodePort: the SYN/ACK arrives and goes astray.
    RepliesDropped, ///< The SYN/ACK arrives and is dropped in the proxy's host, whatever the port.
    AcksIgnored, ///< Accept queue full when the ACK arrives.
    SynsIgnored, ///< Accept queue full when the SYN arrives.
    Blackhole, ///< SYNs never get to the upstream.
    RepliesLost, ///< SYN/ACKs never get back.
    Refused,
    Unreachable, ///< No ARP answer: no packet.
    Rejected, ///< ICMP, administratively prohibited.
    NoLocalPort,
    IdleClosed, ///< The upstream closes a kept connection while it is used again.
    Loss, ///< Packets of all connections get lost now and then.
    LargeLost, ///< Segments of full size vanish.
    SlowAnswer, ///< The application takes longer than the proxy waits.
    ErrorAnswer, ///< The application answers 502.
    ClientLeft,
    TlsStalled,
};

enum class LogShape : std::uint8_t {
    UpstreamInfo, ///< ingress-nginx, whole seconds.
    Milliseconds, ///< A log_format with $msec and $upstream_connect_time, in an nginx.conf beside it.
    Json,
};

enum class CapturePoint : std::uint8_t {
    ProxyHost, ///< Ethernet.
    EveryInterface, ///< -i any on the proxy's host.
    ForwardingNode, ///< -i any on the node of a proxy pod: each packet twice.
};

struct SimulationOptions
{
    std::uint32_t seed = 1;
    std::vector<Fault> faults = {};
    int requests = 400;
    Duration span = std::chrono::seconds{240};
    int upstreams = 4;
    bool isV6 = false;
    LogShape shape = LogShape::UpstreamInfo;
    std::chrono::minutes zone{0}; ///< Of the proxy's host.
    Duration logAhead{0}; ///< Of the captures.
    double logDrift = 0; ///< Seconds gained per second.
    Duration logStep{0}; ///< The log's clock jumps by this in the middle.
    CapturePoint point = CapturePoint::ProxyHost;
    bool hasServerCaptures = false;
    Duration serversAhead{0}; ///< Clocks of the servers' captures against the proxy's.
    bool keepsAlive = false;
    bool sendsRequestIds = true;
    std::uint32_t snapLength = 262'144;
    std::uint16_t firstPort = 32'768; ///< Of the proxy's port range.
    Duration connectTimeout = std::chrono::seconds{60}; ///< proxy_connect_timeout
    int synRetries = 4;
    bool isErrorLogGiven = true;
};

/// A failed upstream attempt as it was.
struct SimulatedFailure
{
    std::uint64_t line = 0; ///< Of the access log.
    std::uint16_t index = 0; ///< Among the attempts of the request.
    std::string client; ///< "ip:port" on the wire; "" = no packet.
    Fault fault = Fault::None;
};

struct SimulatedFile
{
    std::string name;
    std::string bytes;
};

struct SimulatedIncident
{
    std::vector<SimulatedFile> files;
    std::vector<SimulatedFailure> failures;
    Duration logAhead{0}; ///< In the middle of the log.
};

/// Requests through a proxy to its upstreams, as a log and captures tell of them. The same options give the same bytes.
[[nodiscard]] SimulatedIncident simulate(const SimulationOptions& options);

/// Of simulated Services.
inline constexpr std::uint16_t simulatedNodePorts[] = {30'080, 30'144, 30'444, 30'512, 31'000, 31'380, 32'018, 32'500};

} // namespace halfshake::test
