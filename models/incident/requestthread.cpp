// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/requestthread.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace halfshake {

namespace {

/// So many ids of the one log must be known to the other before an absence means anything.
constexpr std::size_t enoughShared = 3;
/// Requests of the proxy before and after the one asked for, whose ids are looked for in the other log.
constexpr std::size_t neighbours = 1000;

template<typename Entries>
void addPlaces(const Entries& entries, std::string_view id, const ProxyLog& log, std::vector<SourceRef>& places)
{
    const auto hash = requestIdHash(id);
    std::size_t count = 0;
    for (const auto& entry : entries) {
        if (entry.requestIdHash != hash || log.text(entry.requestId) != id || count == RequestThread::mostPlaces)
            continue;
        places.push_back({.evidence = log.evidence, .line = entry.line, .byteOffset = entry.byteOffset});
        ++count;
    }
}

template<typename Entries>
std::size_t knownIds(const Entries& entries, const std::unordered_set<std::uint32_t>& hashes)
{
    std::size_t known = 0;
    for (const auto& entry : entries) {
        known += hashes.contains(entry.requestIdHash) ? std::size_t{1} : std::size_t{0};
        if (known == enoughShared)
            break;
    }
    return known;
}

/// The ids of the requests that \a proxy logged around row \a row.
std::unordered_set<std::uint32_t> idsAround(const ProxyLog& proxy, std::size_t row)
{
    std::unordered_set<std::uint32_t> hashes;
    const auto first = row - std::min(row, neighbours);
    for (auto i = first; i < std::min(row + neighbours, proxy.requests.size()); ++i) {
        if (proxy.requests[i].requestId.isValid())
            hashes.insert(proxy.requests[i].requestIdHash);
    }
    return hashes;
}

/// Whether \a log follows requests with these ids: the log of an application, or of a server that has no upstream.
bool isBehind(const ProxyLog& log, const std::unordered_set<std::uint32_t>& hashes)
{
    return log.upstreamAttempts.empty()
        && knownIds(log.applicationEntries, hashes) + knownIds(log.requests, hashes) >= enoughShared;
}

TimeRange timeOf(const IncidentSnapshot& snapshot, EvidenceId evidence, EvidenceTimeRange range)
{
    const auto& clocks = snapshot.correlation->clocks;
    return {clocks.toIncident(evidence, range.start), clocks.toIncident(evidence, range.end)};
}

} // namespace

RequestThread threadOf(const IncidentSnapshot& snapshot, ObjectRef object)
{
    RequestThread thread;
    const auto* request = snapshot.request(object);
    const auto* proxy = snapshot.log(object.evidence);
    if (request == nullptr || proxy == nullptr || !request->requestId.isValid())
        return thread;
    const auto text = proxy->text(request->requestId);
    const auto start = request->loggedAt - request->requestTime.value_or(Duration{0});
    const auto own = timeOf(snapshot, object.evidence, {start, request->loggedAt + request->resolution});
    const auto around = idsAround(*proxy, object.index);
    for (const auto& evidence : snapshot.evidence) {
        if (!evidence || !evidence->log || evidence->id == object.evidence)
            continue;
        const auto& log = *evidence->log;
        const auto before = thread.places.size();
        addPlaces(log.requests, text, log, thread.places);
        addPlaces(log.applicationEntries, text, log, thread.places);
        const auto covered = timeOf(snapshot, evidence->id, log.range);
        const bool isCovered = covered.start <= own.start && own.end <= covered.end;
        if (thread.places.size() == before && isCovered && isBehind(log, around))
            thread.notSeenAt.push_back(evidence->id);
    }
    return thread;
}

} // namespace halfshake
