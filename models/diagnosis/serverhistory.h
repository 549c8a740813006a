// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"
#include "models/base/timepoint.h"
#include "models/capture/capture.h"
#include "models/timeline/clockalignment.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace halfshake {

/// Whether the server repeated its SYN/ACK although it was acknowledged; the connection may have come to work later.
[[nodiscard]] bool isAckIgnored(const ConnectionAttempt& attempt);

/// Whether the client sent a request on it and the server never a byte.
[[nodiscard]] bool isUnanswered(const ConnectionAttempt& attempt);

/// How the servers treated all their connections, as far as any capture saw it.
class ServerHistory
{
public:
    ServerHistory(const std::vector<std::shared_ptr<const Capture>>& captures, const ClockAlignment& clocks);

    /// Whether a connection between the same hosts that began after \a time was answered with a SYN/ACK.
    [[nodiscard]] bool answersAfter(const ConnectionAttempt& attempt, TimePoint time) const;
    /// Whether one that began within \a range was, or a request on an older one; both ends included.
    [[nodiscard]] bool answersWithin(const ConnectionAttempt& attempt, const TimeRange& range) const;
    /// Whether a capture in the server's own host was running at \a time.
    [[nodiscard]] bool isWatchedFromInside(const Endpoint& server, TimePoint time) const;
    /// Whether SYNs to that server stayed unanswered while it answered others: it is there, and picks.
    [[nodiscard]] bool answersSelectively(const Endpoint& server) const;
    /// Whether a request waited within \a range for longer than a second, or in vain.
    [[nodiscard]] bool stallsWithin(const ConnectionAttempt& attempt, const TimeRange& range) const;
    /// Whether segments of full size were lost on connections of that server, again and again.
    [[nodiscard]] bool losesLargeSegments(const Endpoint& server) const;
    /// Whether that server repeated a SYN/ACK although it was acknowledged.
    [[nodiscard]] bool ignoresAcks(const Endpoint& server) const;

private:
    struct Record
    {
        /// Starts of connections that got a SYN/ACK, by client address, ascending.
        std::unordered_map<IpAddress, std::vector<TimePoint>> answered;
        std::unordered_map<IpAddress, std::vector<TimePoint>> responses; ///< To requests, likewise.
        std::unordered_map<IpAddress, std::vector<TimeRange>> stalled; ///< Requests that waited long, by client.
        std::vector<TimeRange> watched; ///< By captures in the server's host.
        bool ignoresAcks = false;
        bool losesLargeSegments = false;
        bool answersSelectively = false;
    };
    using Times = std::unordered_map<IpAddress, std::vector<TimePoint>>;

    void add(const Capture& capture, const ClockAlignment& clocks);
    void addRequest(const Capture& capture, const HttpRequestMark& request, const ClockAlignment& clocks);
    void findSelective(const Capture& capture, const ClockAlignment& clocks);
    [[nodiscard]] const Record* find(const Endpoint& server) const;
    [[nodiscard]] const std::vector<TimePoint>& timesOf(const ConnectionAttempt& attempt, Times Record::* times) const;

    std::unordered_map<Endpoint, Record> m_records;
    std::vector<TimePoint> m_never;
};

} // namespace halfshake
