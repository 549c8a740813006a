// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/strongindex.h"
#include "models/base/timepoint.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace halfshake {

/// One access-log entry. The proxy writes it when the request ends.
struct ProxyRequest
{
    std::uint64_t line = 0; ///< First physical line, counted from 1.
    std::uint64_t byteOffset = 0; ///< Of that line.
    EvidenceTime loggedAt; ///< The request ended in [loggedAt, loggedAt + resolution).
    Duration resolution{0}; ///< 1 ms with $msec, 1 s with $time_local and $time_iso8601.
    std::optional<Duration> requestTime; ///< $request_time
    std::uint16_t status = 0; ///< $status
    StringId method;
    StringId host; ///< $host or the virtual host field; invalid where the format has none.
    StringId target; ///< Request target as sent, with query.
    StringId upstreamName; ///< $proxy_upstream_name: namespace-service-port.
    StringId clientAddress; ///< $remote_addr
    StringId requestId; ///< $req_id; invalid where the format has none. Equal ids may have different StringIds.
    std::uint32_t requestIdHash = 0; ///< requestIdHash() of it.
    std::uint64_t connection = 0; ///< $connection; 0 where the format has none.
    std::uint32_t firstAttempt = 0; ///< Into ProxyLog::upstreamAttempts.
    std::uint32_t attemptCount = 0; ///< More than one: nginx went on to the next upstream.
    bool isPartlyParsed = false; ///< Fields after the damage are missing.
    bool areListsMisaligned = false;

    /// 502, 503 and 504 without an upstream attempt: the format does not name attempts, or none could be made.
    [[nodiscard]] bool hasFailedWithoutAttempt() const { return attemptCount == 0 && status >= 502 && status <= 504; }
};

/// For finding a request id among many; 0 for none. Different ids may have the same.
[[nodiscard]] inline std::uint32_t requestIdHash(std::string_view id)
{
    constexpr std::uint64_t factor = 0x9E37'79B9'7F4A'7C15;
    std::uint64_t hash = id.size() * factor;
    for (std::uint64_t word = 0; !id.empty(); id.remove_prefix(std::min(id.size(), sizeof word))) {
        word = 0;
        std::memcpy(&word, id.data(), std::min(id.size(), sizeof word));
        hash = (hash ^ word) * factor;
        hash ^= hash >> 32;
    }
    return static_cast<std::uint32_t>(hash);
}

} // namespace halfshake
