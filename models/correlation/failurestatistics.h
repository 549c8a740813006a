// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"
#include "models/base/timepoint.h"
#include "models/capture/capture.h"
#include "models/capture/handshakeoutcome.h"
#include "models/logs/errorclass.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace halfshake {

/// Counts over the whole incident that rules and causes ask for. Requests and attempts written to several logs, and
/// connections seen by several captures, count once.
struct FailureStatistics
{
    std::uint64_t requests = 0;
    std::uint64_t upstreamAttempts = 0;
    std::uint64_t failedAttempts = 0;
    std::uint64_t linkedAttempts = 0; ///< Failed attempts with a connection.
    std::map<ErrorClass, std::uint64_t> failedByClass;
    std::map<std::uint16_t, std::uint64_t> failedByStatus; ///< 0 = "-".
    /// Requests that the proxy answered with 502, 503 or 504 and whose log names no upstream attempt: the format does
    /// not say, or none was made.
    std::uint64_t failedRequestsWithoutAttempt = 0;
    std::uint64_t upstreamErrorEntries = 0; ///< Error log entries that say how an attempt or request failed.

    bool hasCapture = false;
    bool hasAccessLog = false;
    bool hasErrorLog = false;
    std::uint64_t connections = 0; ///< Distinct attempts to connect from the proxy, if known, else all.
    std::uint64_t failedConnections = 0; ///< isFailure(outcome).
    std::map<HandshakeOutcome, std::uint64_t> connectionsByOutcome;
    std::map<HandshakeOutcome, std::uint64_t> linkedByOutcome; ///< Connections of failed attempts.
    std::uint64_t synAckArrivedUnanswered = 0; ///< Failed connections whose SYN/ACK reached the client's own host.
    std::vector<std::uint16_t> failedClientPorts; ///< Of failed connections, once per connection.
    std::vector<std::uint16_t> completedClientPorts; ///< Of completed connections to the same servers.
    std::vector<std::uint16_t> linkedFailedClientPorts; ///< Of linked connections that failed.
    std::uint16_t mostSynAckRetransmissions = 0;
    std::uint16_t mostSynRetransmissions = 0;
    /// Between two successive SYN/ACKs of one attempt with the same responder sequence number; 0 = none repeated.
    Duration longestSynAckGap{0};
    VantagePoint vantage = VantagePoint::Unknown; ///< Of the capture the links use.
    std::set<Endpoint> failingUpstreams;
    std::set<Endpoint> upstreams;
    std::optional<Duration> typicalGiveUp; ///< Median duration of SYN_EXHAUSTED attempts.
    std::uint64_t dataSegments = 0; ///< On completed connections.
    std::uint64_t dataRetransmissions = 0;
};

/// The evidence shows that something between proxy and upstream failed, in whatever it shows that.
[[nodiscard]] inline bool hasFailures(const FailureStatistics& statistics)
{
    return statistics.failedAttempts > 0 || statistics.failedConnections > 0
        || statistics.failedRequestsWithoutAttempt > 0 || statistics.upstreamErrorEntries > 0;
}

} // namespace halfshake
