// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/simulatedtraffic.h"

#include <algorithm>
#include <array>
#include <format>
#include <numeric>

namespace halfshake::test {

namespace {

using namespace std::chrono_literals;

/// How long the proxy waits for an answer.
constexpr Duration readTimeout = 8s;
constexpr Duration roundTrip = 400us;

bool isOfOneUpstream(Fault fault)
{
    static constexpr std::array faults{Fault::AcksIgnored, Fault::SynsIgnored, Fault::Blackhole, Fault::RepliesLost,
        Fault::Refused, Fault::Unreachable, Fault::Rejected, Fault::TlsStalled, Fault::LargeLost};
    return std::ranges::contains(faults, fault);
}

/// The kernel's last timer, an eighth late at most.
Duration kernelGiveUp(int retries)
{
    return std::chrono::milliseconds{((1 << (retries + 1)) - 1) * 1012};
}

} // namespace

std::vector<Duration> synRepeats(int retries, Duration until)
{
    std::vector<Duration> repeats;
    Duration at{0};
    for (int i = 0; i < retries; ++i) {
        at += std::chrono::milliseconds{(1 << i) * 1015};
        if (at >= until)
            break;
        repeats.push_back(at);
    }
    return repeats;
}

Duration SimulatedRequest::length() const
{
    return std::accumulate(tries.begin(), tries.end(), Duration{0},
        [](Duration sum, const SimulatedTry& each) { return sum + each.length; });
}

SimulatedTraffic::SimulatedTraffic(const SimulationOptions& options) : m_options(options), m_random(options.seed)
{
    const auto network = below(200) + 10;
    m_proxy = options.isV6 ? std::format("[fd00:{:x}::11]", network) : std::format("10.{}.7.11", network);
    for (int i = 0; i < options.upstreams; ++i) {
        m_upstreams.push_back(options.isV6 ? std::format("[fd00:{:x}:1::{:x}]:8443", network, i + 0x20)
                                           : std::format("172.{}.{}.{}:9080", 16 + network % 16, i + 1, 20 + i));
    }
    m_nextPort = options.firstPort + below(500) * 2;
    for (int i = 0; i < options.requests; ++i) {
        SimulatedRequest request;
        const auto slot = options.span / options.requests;
        request.at = slot * i + std::chrono::microseconds{below(static_cast<std::uint32_t>(slot / 1us))};
        request.method = below(5) == 0 ? "POST" : "GET";
        request.target = std::format("/api/v{}/orders?page={}", below(3) + 1, below(23));
        request.requestId = std::format("{:08x}{:08x}", m_random(), m_random());
        run(std::move(request));
    }
}

Fault SimulatedTraffic::faultFor(int upstream, Duration at)
{
    int bad = 0; // each fault of one upstream has one of its own
    for (const auto fault : m_options.faults) {
        if (!isOfOneUpstream(fault))
            continue;
        const bool isPartial = fault == Fault::AcksIgnored || fault == Fault::SynsIgnored;
        // an upstream that is gone stays away; a busy one gets over it
        const bool isBadTime = at > m_options.span * 3 / 10 && (at < m_options.span * 7 / 10 || !isPartial);
        if (upstream == bad++ && isBadTime && (!isPartial || below(10) < 6))
            return fault;
    }
    for (const auto fault : m_options.faults) {
        if (!isOfOneUpstream(fault) && below(100) < 5)
            return fault;
    }
    return Fault::None;
}

void SimulatedTraffic::run(SimulatedRequest request)
{
    auto at = request.at;
    int upstream = static_cast<int>(below(static_cast<std::uint32_t>(m_options.upstreams)));
    for (int i = 0; i < 3; ++i) {
        const auto fault = faultFor(upstream, at);
        request.tries.push_back(attempt(request, upstream, at, fault));
        const auto& last = request.tries.back();
        at += last.length;
        // what a POST has sent is not sent again
        const bool isSent = last.connectTime != "-" && request.method == "POST";
        const bool isFinal =
            last.status == "200" || isSent || last.fault == Fault::ClientLeft || last.fault == Fault::ErrorAnswer;
        if (isFinal)
            break;
        upstream = (upstream + 1) % m_options.upstreams;
    }
    const auto& status = request.tries.back().status;
    request.status = status == "-" ? "499" : status;
    m_requests.push_back(std::move(request));
}

SimulatedConnection& SimulatedTraffic::open(int upstream, Duration at, Fault fault)
{
    std::uint32_t port = m_nextPort;
    if (fault == Fault::PortCollision) {
        // never twice within a TIME-WAIT
        port = simulatedNodePorts[m_nextNodePort++ % std::size(simulatedNodePorts)];
    } else {
        do {
            m_nextPort += 2 + 2 * below(4);
            if (m_nextPort > 60'900)
                m_nextPort = m_options.firstPort + 2 * below(9);
        } while (std::ranges::contains(simulatedNodePorts, m_nextPort));
        port = m_nextPort;
    }
    m_connections.push_back({.client = m_proxy + ':' + std::to_string(port),
        .server = m_upstreams[static_cast<std::size_t>(upstream)],
        .open = at,
        .fault = fault});
    return m_connections.back();
}

/// The connection that was used last, if it is free and young enough.
SimulatedConnection* SimulatedTraffic::idle(int upstream, Duration at)
{
    if (!m_options.keepsAlive)
        return nullptr;
    const auto& server = m_upstreams[static_cast<std::size_t>(upstream)];
    for (auto it = m_connections.rbegin(); it != m_connections.rend(); ++it) {
        if (it->server != server || it->fault != Fault::None || it->exchanges.empty())
            continue;
        const auto free = it->exchanges.back().at + it->exchanges.back().responseAfter;
        if (it->givenUp == Duration{0} && free < at && at - free < 50s && it->exchanges.back().status != 0)
            return &*it;
    }
    return nullptr;
}

SimulatedTry SimulatedTraffic::attempt(const SimulatedRequest& request, int upstream, Duration at, Fault fault)
{
    switch (fault) {
    case Fault::PortCollision:
    case Fault::RepliesDropped:
    case Fault::SynsIgnored:
    case Fault::Blackhole:
    case Fault::RepliesLost:
    case Fault::Refused:
    case Fault::Unreachable:
    case Fault::Rejected:
    case Fault::NoLocalPort:
        return unopened(upstream, at, fault);
    case Fault::IdleClosed:
        return raced(request, upstream, at);
    case Fault::None:
    case Fault::Loss:
    case Fault::ErrorAnswer:
        return answered(request, upstream, at, fault);
    default:
        return opened(request, upstream, at, fault);
    }
}

SimulatedTry SimulatedTraffic::answered(const SimulatedRequest& request, int upstream, Duration at, Fault fault)
{
    const auto work = 2ms + std::chrono::microseconds{below(20'000)} + (below(12) == 0 ? Duration{350ms} : Duration{0});
    auto* connection = fault == Fault::Loss ? nullptr : idle(upstream, at);
    const bool isNew = connection == nullptr;
    if (!connection)
        connection = &open(upstream, at, fault);
    const auto delay = fault == Fault::Loss ? Duration{1015ms} : Duration{0};
    const auto begun = at + (isNew ? roundTrip + 50us : 30us) + delay;
    const int status = fault == Fault::ErrorAnswer ? 502 : 200;
    connection->exchanges.push_back({begun, work, status, request.method + ' ' + request.target, request.requestId});
    return {.upstream = m_upstreams[static_cast<std::size_t>(upstream)],
        .length = begun - at + work + 200us,
        .status = std::to_string(status),
        .connectTime = isNew ? "0.001" : "0.000",
        .fault = fault == Fault::Loss ? Fault::None : fault,
        .client = connection->client};
}

SimulatedTry SimulatedTraffic::unopened(int upstream, Duration at, Fault fault)
{
    SimulatedTry result{.upstream = m_upstreams[static_cast<std::size_t>(upstream)],
        .status = "502",
        .connectTime = "-",
        .message = {},
        .fault = fault};
    if (fault == Fault::NoLocalPort) {
        result.message =
            "connect() to " + result.upstream + " failed (99: Address not available) while connecting to upstream";
        return result;
    }
    if (fault == Fault::Unreachable) {
        result.length = 3'067ms;
        result.message = "connect() failed (113: Host is unreachable) while connecting to upstream";
        return result;
    }
    auto& connection = open(upstream, at, fault);
    result.client = connection.client;
    const bool isByProxy = m_options.connectTimeout < kernelGiveUp(m_options.synRetries);
    result.length = isByProxy ? m_options.connectTimeout + 1ms : kernelGiveUp(m_options.synRetries);
    result.message = isByProxy ? "upstream timed out (110: Operation timed out) while connecting to upstream"
                               : "connect() failed (110: Operation timed out) while connecting to upstream";
    result.status = isByProxy ? "504" : "502";
    if (fault == Fault::Refused || fault == Fault::Rejected) {
        result.status = "502";
        result.length = fault == Fault::Refused ? Duration{roundTrip + 60us} : Duration{1'051ms};
        result.message = fault == Fault::Refused
            ? "connect() failed (111: Connection refused) while connecting to upstream"
            : "connect() failed (113: Host is unreachable) while connecting to upstream";
    }
    connection.givenUp = at + result.length;
    return result;
}

/// A connection that is opened, and a request on it that is never answered.
SimulatedTry SimulatedTraffic::opened(const SimulatedRequest& request, int upstream, Duration at, Fault fault)
{
    auto& connection = open(upstream, at, fault);
    SimulatedTry result{
        .upstream = connection.server, .connectTime = "0.001", .fault = fault, .client = connection.client};
    result.length = readTimeout + 2ms;
    result.status = "504";
    result.message = "upstream timed out (110: Operation timed out) while reading response header from upstream";
    if (fault == Fault::ClientLeft) {
        result.length = 3s + std::chrono::milliseconds{below(900)};
        result.status = "-";
        result.message = {};
    } else if (fault == Fault::TlsStalled) {
        result.length = 5'001ms;
        result.connectTime = "-";
        result.message = "upstream timed out (110: Operation timed out) while SSL handshaking to upstream";
    }
    connection.exchanges.push_back(
        {at + roundTrip + 50us, 0ns, 0, request.method + ' ' + request.target, request.requestId});
    connection.givenUp = at + result.length;
    return result;
}

SimulatedTry SimulatedTraffic::raced(const SimulatedRequest& request, int upstream, Duration at)
{
    auto* const connection = idle(upstream, at);
    if (!connection || at - connection->exchanges.back().at < 300ms)
        return answered(request, upstream, at, Fault::None);
    connection->exchanges.push_back({at + 30us, 0ns, 0, request.method + ' ' + request.target, request.requestId});
    connection->fault = Fault::IdleClosed;
    connection->givenUp = at + 900us;
    const bool isReset = below(2) == 0;
    return {.upstream = connection->server,
        .length = 900us,
        .status = "502",
        .connectTime = "0.000",
        .message = isReset ? "recv() failed (104: Connection reset by peer) while reading response header from upstream"
                           : "upstream prematurely closed connection while reading response header from upstream",
        .fault = Fault::IdleClosed,
        .client = connection->client};
}

} // namespace halfshake::test
