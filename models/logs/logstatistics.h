// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/errorclass.h"
#include "models/logs/proxylog.h"

#include <cstdint>
#include <map>
#include <string>

namespace halfshake {

/// Attempts that have something in common.
struct AttemptCounts
{
    std::uint64_t attempts = 0;
    std::uint64_t failed = 0;
    std::map<std::uint16_t, std::uint64_t> byStatus; ///< 0 stands for "-".
    std::map<ErrorClass, std::uint64_t> byClass; ///< Of the failed ones, by status and times alone.
};

/// What the requests of one log come to.
struct LogStatistics
{
    std::map<std::string, AttemptCounts> byUpstream; ///< By , as written; "" where the log has none.
    std::map<std::string, AttemptCounts> byService; ///< By ; "" where the log has none.
    /// Requests by what the client got and what the attempts ended with: "200: 502, 200". Of several attempts only.
    std::map<std::string, std::uint64_t> byStatuses;
};

[[nodiscard]] LogStatistics statisticsOf(const ProxyLog& log);

} // namespace halfshake
