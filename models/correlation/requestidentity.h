// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/logindex.h"
#include "models/timeline/clockalignment.h"

#include <cstdint>
#include <span>
#include <vector>

namespace halfshake {

/// A request as one log has it.
struct LoggedRequest
{
    std::uint32_t log = 0; ///< Into the indexed logs.
    std::uint32_t request = 0; ///< Into ProxyLog::requests.
};

/// One request of a client, however many logs it was written to.
struct DistinctRequest
{
    std::uint32_t firstLogged = 0; ///< Into RequestIdentity::logged.
    std::uint32_t loggedCount = 0;
    std::uint32_t firstAttempt = 0; ///< Into RequestIdentity::attempts.
    std::uint32_t attemptCount = 0;
};

/// One try of a distinct request.
struct DistinctAttempt
{
    std::uint32_t request = 0; ///< Into RequestIdentity::requests.
    std::uint32_t position = 0; ///< Of the request's attempts.
};

/// Which rows of several logs are one request: the same nginx writing a text and a JSON log, overlapping rotations.
struct RequestIdentity
{
    std::vector<LogIndex> logs;
    std::vector<LoggedRequest> logged; ///< By request, the most precise log first.
    std::vector<DistinctRequest> requests; ///< By end as the most precise log states it.
    std::vector<DistinctAttempt> attempts; ///< By request, then position.

    [[nodiscard]] std::span<const LoggedRequest> loggedOf(const DistinctRequest& request) const
    {
        return std::span(logged).subspan(request.firstLogged, request.loggedCount);
    }
    [[nodiscard]] const LoggedRequest& mostPrecise(const DistinctAttempt& attempt) const
    {
        return logged[requests[attempt.request].firstLogged];
    }
    [[nodiscard]] const ProxyRequest& row(const LoggedRequest& at) const
    {
        return logs[at.log].log().requests[at.request];
    }
    [[nodiscard]] const ProxyRequest& requestRow(const DistinctAttempt& attempt) const
    {
        return row(mostPrecise(attempt));
    }
    [[nodiscard]] const UpstreamAttempt& attemptRow(const DistinctAttempt& attempt) const
    {
        return logs[mostPrecise(attempt).log]
            .log()
            .upstreamAttempts[requestRow(attempt).firstAttempt + attempt.position];
    }
};

/// \a clocks: those of the logs against each other, as far as known.
[[nodiscard]] RequestIdentity identifyRequests(std::vector<LogIndex> logs, const ClockAlignment& clocks);

} // namespace halfshake
