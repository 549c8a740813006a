// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/errorjoin.h"

#include "models/base/text.h"
#include "models/correlation/attempttime.h"
#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

constexpr Duration errorResolution = 1s;
constexpr Duration tolerance = 1s;
constexpr Duration quarterHour = 15min;
constexpr std::int64_t mostQuarterHours = 14 * 4;
/// nginx cuts a line of the error log after 2048 bytes (NGX_MAX_ERROR_STR): only long targets are cut.
constexpr std::size_t shortestCutTarget = 1000;
/// The key of entries that end within their target, and of the attempts they may be about.
constexpr std::uint64_t cutKey = 1;
/// Comparisons spent on finding a zone.
constexpr std::size_t mostComparisons = 4'000'000;

/// An attempt an error entry may be about.
struct Candidate
{
    TimeWindow end;
    std::uint32_t attempt;
    bool isTaken = false;
};

/// The attempts with one key, by the latest end.
struct Candidates
{
    std::vector<Candidate> byEnd;
    Duration widest{0}; ///< Window of them.
};

/// An entry about an upstream attempt.
struct Entry
{
    std::uint32_t log;
    std::uint32_t entry;
    std::uint64_t key;
};

std::uint64_t combined(std::uint64_t left, std::uint64_t right)
{
    return (left * 0x9E37'79B9'7F4A'7C15u) ^ (right + (left >> 31));
}

/// "backend" of "http://backend/path", which nginx writes where it had no peer.
std::string_view authorityOf(std::string_view url)
{
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
        url.remove_prefix(scheme + 3);
    return url.substr(0, url.find('/'));
}

std::uint64_t upstreamKey(const std::optional<Endpoint>& endpoint, std::string_view name)
{
    return endpoint ? std::hash<Endpoint>{}(*endpoint) | 1 : hashText(name);
}

std::uint64_t upstreamKeyOf(const LogIndex& index, const ErrorEntry& entry)
{
    return upstreamKey(entry.upstreamEndpoint, authorityOf(index.log().text(entry.upstream)));
}

std::uint64_t keyOf(const LogIndex& index, const ErrorEntry& entry)
{
    return combined(index.hash(entry.target), upstreamKeyOf(index, entry));
}

bool mayBeEqual(std::uint64_t left, std::uint64_t right)
{
    return left == right || left == 0 || right == 0;
}

/// What nginx makes of each failure (reference: proxy-logs 2.5): 504 of a timeout, 502 of everything else.
bool fitsStatus(ErrorClass errorClass, std::optional<std::uint16_t> status)
{
    switch (errorClass) {
    case ErrorClass::ConnectTimeout:
    case ErrorClass::ReadTimeout:
    case ErrorClass::SendTimeout:
    case ErrorClass::TlsTimeout:
        return !status || *status == 504;
    case ErrorClass::Truncated:
        return !status || *status < 500;
    case ErrorClass::ClientAbort:
    case ErrorClass::AbortInConnect:
    case ErrorClass::PeerEjected:
        return true;
    default:
        return !status || (*status >= 500 && *status != 504);
    }
}

class Join
{
public:
    Join(const RequestIdentity& requests, const ClockAlignment& clocks);

    [[nodiscard]] ErrorJoin run();

private:
    void collectEntries();
    void collectCandidates();
    void addCandidate(std::uint64_t key, std::uint32_t attempt);
    [[nodiscard]] std::uint64_t attemptKey(const DistinctAttempt& attempt) const;
    [[nodiscard]] TimePoint timeOf(const Entry& entry, Duration zoneError) const;
    [[nodiscard]] bool isAbout(const Entry& entry, std::uint32_t attempt) const;
    [[nodiscard]] std::vector<std::int64_t> quarterHoursOf(const Entry& entry, std::size_t& comparisons) const;
    [[nodiscard]] Duration zoneErrorOf(std::uint32_t log) const;
    [[nodiscard]] std::optional<std::uint32_t> take(const Entry& entry, TimePoint time);
    void addClock(ErrorJoin& result, std::uint32_t log) const;

    const RequestIdentity* m_requests;
    const ClockAlignment* m_clocks;
    std::vector<Entry> m_entries;
    std::unordered_map<std::uint64_t, Candidates> m_candidates;
};

Join::Join(const RequestIdentity& requests, const ClockAlignment& clocks) : m_requests(&requests), m_clocks(&clocks)
{
    collectEntries();
    collectCandidates();
}

void Join::collectEntries()
{
    for (std::uint32_t l = 0; l < m_requests->logs.size(); ++l) {
        const auto& index = m_requests->logs[l];
        for (std::uint32_t e = 0; e < index.log().errors.size(); ++e) {
            const auto& entry = index.log().errors[e];
            const bool namesUpstream = entry.upstreamEndpoint || entry.upstream.isValid();
            if (entry.errorClass != ErrorClass::None && (namesUpstream || entry.isTargetCut))
                m_entries.push_back({l, e, entry.isTargetCut ? cutKey : keyOf(index, entry)});
        }
    }
}

std::uint64_t Join::attemptKey(const DistinctAttempt& attempt) const
{
    const auto& index = m_requests->logs[m_requests->mostPrecise(attempt).log];
    const auto& row = m_requests->attemptRow(attempt);
    return combined(
        index.hash(m_requests->requestRow(attempt).target), upstreamKey(row.endpoint, index.log().text(row.upstream)));
}

void Join::addCandidate(std::uint64_t key, std::uint32_t attempt)
{
    const auto it = m_candidates.find(key);
    if (it == m_candidates.end())
        return;
    const auto end = endOf(*m_requests, m_requests->attempts[attempt], *m_clocks);
    it->second.byEnd.push_back({end, attempt});
    it->second.widest = std::max(it->second.widest, between(end.earliest, end.latest));
}

void Join::collectCandidates()
{
    for (const auto& entry : m_entries)
        m_candidates.try_emplace(entry.key);
    if (m_candidates.empty())
        return;
    for (std::uint32_t a = 0; a < m_requests->attempts.size(); ++a) {
        const auto& attempt = m_requests->attempts[a];
        addCandidate(attemptKey(attempt), a);
        const auto& index = m_requests->logs[m_requests->mostPrecise(attempt).log];
        if (index.log().text(m_requests->requestRow(attempt).target).size() >= shortestCutTarget)
            addCandidate(cutKey, a);
    }
    for (auto& [key, candidates] : m_candidates)
        std::ranges::stable_sort(candidates.byEnd, {}, [](const Candidate& candidate) { return candidate.end.latest; });
}

TimePoint Join::timeOf(const Entry& entry, Duration zoneError) const
{
    const auto& index = m_requests->logs[entry.log];
    return moved(m_clocks->toIncident(index.evidence(), index.log().errors[entry.entry].loggedAt),
        difference(Duration{0}, zoneError));
}

bool Join::isAbout(const Entry& entry, std::uint32_t a) const
{
    const auto& attempt = m_requests->attempts[a];
    const auto& errorIndex = m_requests->logs[entry.log];
    const auto& error = errorIndex.log().errors[entry.entry];
    const auto& row = m_requests->attemptRow(attempt);
    if (!fitsStatus(error.errorClass, row.status)
        || (row.endpoint && error.upstreamEndpoint && *row.endpoint != *error.upstreamEndpoint))
        return false;
    const auto& preciseIndex = m_requests->logs[m_requests->mostPrecise(attempt).log];
    if (error.isTargetCut
        && !preciseIndex.log()
            .text(m_requests->requestRow(attempt).target)
            .starts_with(errorIndex.log().text(error.target)))
        return false;
    for (const auto& logged : m_requests->loggedOf(m_requests->requests[attempt.request])) {
        const auto& index = m_requests->logs[logged.log];
        const auto& request = m_requests->row(logged);
        if (request.connection != 0 && error.connection != 0 && request.connection != error.connection)
            return false;
        if (!mayBeEqual(index.hash(request.clientAddress), errorIndex.hash(error.clientAddress))
            || !mayBeEqual(index.hash(request.method), errorIndex.hash(error.method))
            || !mayBeEqual(index.hash(request.host), errorIndex.hash(error.host)))
            return false;
    }
    return true;
}

/// The zone errors under which the entry would be about some attempt.
std::vector<std::int64_t> Join::quarterHoursOf(const Entry& entry, std::size_t& comparisons) const
{
    std::vector<std::int64_t> found;
    const auto time = timeOf(entry, Duration{0});
    for (const auto& candidate : m_candidates.at(entry.key).byEnd) {
        if (++comparisons > mostComparisons)
            break;
        if (!isAbout(entry, candidate.attempt))
            continue;
        const auto ahead = between(candidate.end.latest, moved(time, errorResolution / 2));
        if (magnitude(ahead) > (mostQuarterHours + 1) * quarterHour)
            continue;
        const auto shifted = ahead + (mostQuarterHours + 2) * quarterHour + quarterHour / 2;
        const auto quarters = shifted / quarterHour - mostQuarterHours - 2;
        const auto rest = magnitude(ahead - quarters * quarterHour);
        const auto width = between(candidate.end.earliest, candidate.end.latest);
        if (rest <= sum(tolerance + errorResolution, width) && std::abs(quarters) <= mostQuarterHours
            && !std::ranges::contains(found, quarters))
            found.push_back(quarters);
    }
    return found;
}

Duration Join::zoneErrorOf(std::uint32_t log) const
{
    std::map<std::int64_t, std::uint32_t> votes;
    std::size_t comparisons = 0;
    std::uint32_t voters = 0;
    for (const auto& entry : m_entries) {
        if (entry.log != log)
            continue;
        const auto quarters = quarterHoursOf(entry, comparisons);
        voters += quarters.empty() ? 0u : 1u;
        for (const auto quarter : quarters)
            ++votes[quarter];
    }
    std::pair<std::uint32_t, std::int64_t> best{votes[0], 0};
    for (const auto& [quarter, count] : votes) {
        const bool isNearer = count == best.first && std::abs(quarter) < std::abs(best.second);
        if (count > best.first || isNearer)
            best = {count, quarter};
    }
    const bool isConvincing = best.first >= 2 && best.first * 2 > voters && best.first > votes[0];
    return isConvincing ? best.second * quarterHour : Duration{0};
}

std::optional<std::uint32_t> Join::take(const Entry& entry, TimePoint time)
{
    const auto& error = m_requests->logs[entry.log].log().errors[entry.entry];
    auto& candidates = m_candidates.at(entry.key);
    const auto earliest = moved(time, -tolerance);
    const auto latest = moved(time, errorResolution + tolerance);
    auto it = std::ranges::lower_bound(
        candidates.byEnd, earliest, {}, [](const Candidate& candidate) { return candidate.end.latest; });
    for (; it != candidates.byEnd.end() && it->end.latest <= moved(latest, candidates.widest); ++it) {
        if (it->end.earliest > latest)
            continue;
        const bool isCompanion = error.errorClass == ErrorClass::PeerEjected;
        if ((it->isTaken && !isCompanion) || !isAbout(entry, it->attempt))
            continue;
        it->isTaken = it->isTaken || !isCompanion;
        return it->attempt;
    }
    return {};
}

void Join::addClock(ErrorJoin& result, std::uint32_t log) const
{
    if (!m_requests->logs[log].log().requests.empty())
        return;
    std::map<EvidenceId, std::uint32_t> pairs;
    for (const auto& joined : result.joined) {
        if (joined.log == log)
            ++pairs[m_requests->logs[m_requests->mostPrecise(m_requests->attempts[joined.attempt]).log].evidence()];
    }
    const auto most = std::ranges::max_element(pairs, {}, [](const auto& entry) { return entry.second; });
    if (most == pairs.end())
        return;
    result.clocks.push_back({.evidence = m_requests->logs[log].evidence(),
        .against = most->first,
        .offset = difference(result.zoneErrors[log], m_clocks->offsetOf(most->first).offset),
        .uncertainty = 1ms, // one process writes both from one clock
        .pairs = most->second,
        .isReliable = true});
}

ErrorJoin Join::run()
{
    ErrorJoin result;
    for (std::uint32_t l = 0; l < m_requests->logs.size(); ++l)
        result.zoneErrors.push_back(zoneErrorOf(l));

    const auto zoneError = [&](const Entry& entry) { return result.zoneErrors[entry.log]; };
    std::ranges::stable_sort(m_entries, {}, [&](const Entry& entry) { return timeOf(entry, zoneError(entry)); });
    for (const auto& entry : m_entries) {
        if (const auto attempt = take(entry, timeOf(entry, zoneError(entry))))
            result.joined.push_back({*attempt, entry.log, entry.entry});
    }
    std::ranges::stable_sort(result.joined, {}, [&](const JoinedError& joined) {
        const auto& error = m_requests->logs[joined.log].log().errors[joined.entry];
        return std::pair(joined.attempt, error.errorClass == ErrorClass::PeerEjected);
    });
    for (std::uint32_t l = 0; l < m_requests->logs.size(); ++l)
        addClock(result, l);
    return result;
}

} // namespace

std::span<const JoinedError> ErrorJoin::of(std::uint32_t attempt) const
{
    const auto found = std::ranges::equal_range(joined, attempt, {}, &JoinedError::attempt);
    return {found.begin(), found.end()};
}

ErrorJoin joinErrors(const RequestIdentity& requests, const ClockAlignment& clocks)
{
    return Join{requests, clocks}.run();
}

} // namespace halfshake
