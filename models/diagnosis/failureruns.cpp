// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/failureruns.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace halfshake {

namespace {

bool isWhileConnecting(ErrorClass errorClass)
{
    switch (errorClass) {
    case ErrorClass::ConnRefused:
    case ErrorClass::SynExhausted:
    case ErrorClass::ConnectTimeout:
    case ErrorClass::HostUnreach:
    case ErrorClass::NetUnreach:
    case ErrorClass::AbortInConnect:
        return true;
    default:
        return false;
    }
}

/// Rows of one log that failed while connecting.
std::unordered_set<std::uint32_t> failedRows(const Correlation& correlation, EvidenceId log)
{
    std::unordered_set<std::uint32_t> rows;
    for (const auto& link : correlation.links) {
        if (!isWhileConnecting(link.errorClass))
            continue;
        if (link.attempt.evidence == log)
            rows.insert(link.attempt.index);
        for (const auto& other : link.alsoLogged) {
            if (other.evidence == log)
                rows.insert(other.index);
        }
    }
    return rows;
}

std::uint64_t longestRunIn(const ProxyLog& log, const Correlation& correlation)
{
    const auto failed = failedRows(correlation, log.evidence);
    if (failed.empty())
        return 0;
    std::vector<std::uint32_t> order(log.upstreamAttempts.size());
    for (std::uint32_t row = 0; row < order.size(); ++row)
        order[row] = row;
    std::ranges::stable_sort(order, {}, [&log](std::uint32_t row) { return log.upstreamAttempts[row].startEarliest; });
    std::unordered_map<StringId, std::uint64_t> runs;
    std::uint64_t longest = 0;
    for (const auto row : order) {
        auto& run = runs[log.upstreamAttempts[row].upstream];
        run = failed.contains(row) ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

} // namespace

std::uint64_t longestFailureRun(const DiagnosisInput& input)
{
    std::uint64_t longest = 0;
    for (const auto& log : input.logs)
        longest = std::max(longest, longestRunIn(*log, input.correlation));
    return longest;
}

} // namespace halfshake
