// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/requestthread.h"

#include <algorithm>
#include <string_view>

namespace halfshake {

namespace {

/// So many ids of the one log must be known to the other before an absence means anything.
constexpr std::size_t enoughShared = 3;
constexpr std::size_t mostSampled = 2000;

template<typename Entries>
void addPlaces(const Entries& entries, StringId id, EvidenceId evidence, std::vector<SourceRef>& places)
{
    std::size_t count = 0;
    for (const auto& entry : entries) {
        if (entry.requestId != id || count == RequestThread::mostPlaces)
            continue;
        places.push_back({.evidence = evidence, .line = entry.line, .byteOffset = entry.byteOffset});
        ++count;
    }
}

template<typename Entries>
std::size_t sharedIds(const Entries& entries, const ProxyLog& log, const ProxyLog& proxy)
{
    std::size_t shared = 0;
    for (std::size_t i = 0; i < std::min(entries.size(), mostSampled); ++i) {
        const auto id = entries[i].requestId;
        if (id.isValid() && proxy.strings.find(log.text(id)).isValid())
            ++shared;
    }
    return shared;
}

/// Whether \a log follows the requests of \a proxy: the log of an application, or of a server that has no upstream.
bool isBehind(const ProxyLog& log, const ProxyLog& proxy)
{
    if (!log.upstreamAttempts.empty())
        return false;
    return sharedIds(log.applicationEntries, log, proxy) + sharedIds(log.requests, log, proxy) >= enoughShared;
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
    for (const auto& evidence : snapshot.evidence) {
        if (!evidence || !evidence->log || evidence->id == object.evidence)
            continue;
        const auto& log = *evidence->log;
        const auto before = thread.places.size();
        if (const auto id = log.strings.find(text); id.isValid()) {
            addPlaces(log.requests, id, evidence->id, thread.places);
            addPlaces(log.applicationEntries, id, evidence->id, thread.places);
        }
        const auto covered = timeOf(snapshot, evidence->id, log.range);
        const bool isCovered = covered.start <= own.start && own.end <= covered.end;
        if (thread.places.size() == before && isCovered && isBehind(log, *proxy))
            thread.notSeenAt.push_back(evidence->id);
    }
    return thread;
}

} // namespace halfshake
