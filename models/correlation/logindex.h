// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"
#include "models/logs/proxylog.h"

#include <cstdint>
#include <memory>
#include <unordered_set>
#include <vector>

namespace halfshake {

/// One log, and its strings as hashes that compare across logs and captures.
class LogIndex
{
public:
    explicit LogIndex(const ProxyLog& log);

    [[nodiscard]] const ProxyLog& log() const { return *m_log; }
    [[nodiscard]] EvidenceId evidence() const { return m_log->evidence; }
    /// hashText() of the string; 0 for no string and for "" and "-", which stand for none.
    [[nodiscard]] std::uint64_t hash(StringId id) const { return id.isValid() ? m_hashes[id.value()] : 0; }
    [[nodiscard]] std::span<const UpstreamAttempt> attemptsOf(const ProxyRequest& request) const;
    [[nodiscard]] bool hasRequestIds() const { return m_hasRequestIds; } ///< Most entries state one.
    /// Whether the entries never step back in time: then they stand in the order in which the requests ended.
    [[nodiscard]] bool isInOrder() const { return m_isInOrder; }
    [[nodiscard]] Duration resolution() const { return m_resolution; } ///< Of most entries.

private:
    const ProxyLog* m_log;
    std::vector<std::uint64_t> m_hashes;
    bool m_hasRequestIds = false;
    bool m_isInOrder = true;
    Duration m_resolution{0};
};

[[nodiscard]] std::vector<LogIndex> indexLogs(const std::vector<std::shared_ptr<const ProxyLog>>& logs);

/// Every address that an upstream attempt or an error entry names.
[[nodiscard]] std::unordered_set<Endpoint> loggedUpstreams(const std::vector<LogIndex>& logs);

} // namespace halfshake
