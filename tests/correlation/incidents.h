// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/correlation.h"
#include "tests/support/incidentbuilder.h"

#include <array>
#include <string>

namespace halfshake::test {

inline constexpr EvidenceId captureId{0};
inline constexpr EvidenceId logId{1};

inline const std::array<Endpoint, 3> pods{
    endpoint("10.244.0.11:8080"), endpoint("10.244.0.12:8080"), endpoint("10.244.0.13:8080")};

inline Endpoint proxyEnd(std::uint16_t port)
{
    return {endpoint("192.168.0.11:1").address, port};
}

/// How an incident is recorded.
struct Recording
{
    Duration logOffset{0};
    Duration logResolution{std::chrono::milliseconds{1}};
    bool hasText = true; ///< Requests can be read from the capture.
    bool hasIds = true;
};

/// A connection whose SYN was never answered, with the attempt that gave up after 31 s and its retry.
struct BuiltFailure
{
    Duration at{0};
    std::uint16_t port = 0;
};

/// 90 healthy requests over three pods in 45 s, irregularly, and failures at the first pod.
class BuiltIncident
{
public:
    BuiltIncident(const Recording& recording, const std::vector<BuiltFailure>& failures);

    [[nodiscard]] Correlation correlated(const std::map<EvidenceId, Duration>& typed = {}) const;
    /// The client port of the connection that the failure's link names; 0 for none.
    [[nodiscard]] std::uint16_t linkedPort(const Correlation& correlation, std::size_t failure) const;

    std::shared_ptr<const Capture> capture;
    std::shared_ptr<const ProxyLog> log;

private:
    void addHealthy(const Recording& recording, BuiltCapture& captured, BuiltLog& logged);
    void addFailure(const Recording& recording, const BuiltFailure& failure, BuiltCapture& captured, BuiltLog& logged);

    std::vector<std::uint32_t> m_rows; ///< The failures' requests in the log.
    int m_number = 0;
};

[[nodiscard]] inline Correlation correlated(const CorrelationInput& input)
{
    JobContext job;
    return **correlate(input, job);
}

} // namespace halfshake::test
