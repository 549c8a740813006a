// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/simulation.h"

#include <random>
#include <string>
#include <vector>

namespace halfshake::test {

/// An HTTP request on a simulated connection. Times count from testStart() at the proxy.
struct SimulatedExchange
{
    Duration at{0};
    Duration responseAfter{0};
    int status = 200; ///< 0 = never answered.
    std::string target;
    std::string requestId;
};

struct SimulatedConnection
{
    std::string client;
    std::string server;
    Duration open{0};
    Fault fault = Fault::None;
    Duration givenUp{0}; ///< When the proxy ends it.
    std::vector<SimulatedExchange> exchanges = {};
};

/// One try of a request.
struct SimulatedTry
{
    std::string upstream;
    Duration length{0};
    std::string status = {}; ///< "-" where there is none.
    std::string connectTime = {}; ///< Likewise.
    std::string message = {}; ///< In the error log.
    Fault fault = Fault::None;
    std::string client = {};
};

struct SimulatedRequest
{
    Duration at{0};
    std::string method = {};
    std::string target = {};
    std::string requestId = {};
    std::string status = {};
    std::vector<SimulatedTry> tries = {};

    [[nodiscard]] Duration length() const;
};

/// What happens, without regard to who sees it.
class SimulatedTraffic
{
public:
    explicit SimulatedTraffic(const SimulationOptions& options);

    [[nodiscard]] const std::vector<SimulatedRequest>& requests() const { return m_requests; }
    [[nodiscard]] const std::vector<SimulatedConnection>& connections() const { return m_connections; }
    [[nodiscard]] const std::vector<std::string>& upstreams() const { return m_upstreams; }

private:
    void run(SimulatedRequest request);
    [[nodiscard]] Fault faultFor(int upstream, Duration at);
    [[nodiscard]] SimulatedTry attempt(const SimulatedRequest& request, int upstream, Duration at, Fault fault);
    [[nodiscard]] SimulatedTry answered(const SimulatedRequest& request, int upstream, Duration at, Fault fault);
    [[nodiscard]] SimulatedTry unopened(int upstream, Duration at, Fault fault);
    [[nodiscard]] SimulatedTry opened(const SimulatedRequest& request, int upstream, Duration at, Fault fault);
    [[nodiscard]] SimulatedTry raced(const SimulatedRequest& request, int upstream, Duration at);
    SimulatedConnection& open(int upstream, Duration at, Fault fault);
    [[nodiscard]] SimulatedConnection* idle(int upstream, Duration at);
    [[nodiscard]] std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(m_random()) % limit; }

    const SimulationOptions& m_options;
    std::mt19937 m_random;
    std::string m_proxy;
    std::vector<std::string> m_upstreams;
    std::vector<SimulatedRequest> m_requests;
    std::vector<SimulatedConnection> m_connections;
    std::uint32_t m_nextPort = 0;
    std::uint32_t m_nextNodePort = 0;
};

/// The SYNs of an attempt that nobody answers, after the first.
[[nodiscard]] std::vector<Duration> synRepeats(int retries, Duration until);

} // namespace halfshake::test
