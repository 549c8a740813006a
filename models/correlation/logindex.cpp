// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/logindex.h"

#include "models/base/text.h"

#include <algorithm>

namespace halfshake {

LogIndex::LogIndex(const ProxyLog& log) : m_log(&log), m_hashes(log.strings.size())
{
    for (std::uint32_t i = 0; i < m_hashes.size(); ++i) {
        const auto text = log.strings.view(StringId{i});
        m_hashes[i] = text.empty() || text == "-" ? 0 : hashText(text);
    }
    std::size_t withId = 0;
    std::size_t coarse = 0;
    auto latest = EvidenceTime::min();
    for (const auto& request : log.requests) {
        withId += hash(request.requestId) != 0 ? 1u : 0u;
        coarse += request.resolution >= std::chrono::seconds{1} ? 1u : 0u;
        m_isInOrder = m_isInOrder && request.loggedAt >= latest;
        latest = std::max(latest, request.loggedAt);
    }
    m_hasRequestIds = withId * 2 > log.requests.size();
    if (!log.requests.empty())
        m_resolution = coarse * 2 > log.requests.size() ? std::chrono::seconds{1} : log.requests.front().resolution;
}

std::span<const UpstreamAttempt> LogIndex::attemptsOf(const ProxyRequest& request) const
{
    return std::span(m_log->upstreamAttempts).subspan(request.firstAttempt, request.attemptCount);
}

std::vector<LogIndex> indexLogs(const std::vector<std::shared_ptr<const ProxyLog>>& logs)
{
    std::vector<LogIndex> indexes;
    for (const auto& log : logs) {
        if (log)
            indexes.emplace_back(*log);
    }
    return indexes;
}

std::unordered_set<Endpoint> loggedUpstreams(const std::vector<LogIndex>& logs)
{
    std::unordered_set<Endpoint> upstreams;
    for (const auto& index : logs) {
        for (const auto& attempt : index.log().upstreamAttempts) {
            if (attempt.endpoint)
                upstreams.insert(*attempt.endpoint);
        }
        for (const auto& entry : index.log().errors) {
            if (entry.upstreamEndpoint)
                upstreams.insert(*entry.upstreamEndpoint);
        }
    }
    return upstreams;
}

} // namespace halfshake
