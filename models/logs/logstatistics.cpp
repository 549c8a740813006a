// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/logstatistics.h"

#include <span>
#include <unordered_map>

namespace halfshake {

namespace {

void count(const UpstreamAttempt& attempt, AttemptCounts& counts)
{
    ++counts.attempts;
    ++counts.byStatus[attempt.status.value_or(0)];
    if (!attempt.hasFailed())
        return;
    ++counts.failed;
    ++counts.byClass[attempt.errorClass];
}

std::string statusesOf(const ProxyRequest& request, std::span<const UpstreamAttempt> attempts)
{
    auto text = std::to_string(request.status) + ':';
    for (const auto& attempt : attempts) {
        text += &attempt == attempts.data() ? " " : ", ";
        text += attempt.status ? std::to_string(*attempt.status) : "-";
    }
    return text;
}

using ById = std::unordered_map<StringId, AttemptCounts>;

std::map<std::string, AttemptCounts> named(const ById& counts, const ProxyLog& log)
{
    std::map<std::string, AttemptCounts> names;
    for (const auto& [id, one] : counts)
        names.emplace(log.text(id), one);
    return names;
}

} // namespace

LogStatistics statisticsOf(const ProxyLog& log)
{
    LogStatistics statistics;
    ById upstreams;
    ById services;
    for (const auto& request : log.requests) {
        const auto attempts = std::span{log.upstreamAttempts}.subspan(request.firstAttempt, request.attemptCount);
        for (const auto& attempt : attempts) {
            count(attempt, upstreams[attempt.upstream]);
            count(attempt, services[request.upstreamName]);
        }
        if (attempts.size() > 1)
            ++statistics.byStatuses[statusesOf(request, attempts)];
    }
    statistics.byUpstream = named(upstreams, log);
    statistics.byService = named(services, log);
    return statistics;
}

} // namespace halfshake
