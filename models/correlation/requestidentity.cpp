// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/requestidentity.h"

#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

/// How far apart two logs of one proxy may state the end of one request, beyond their resolutions.
constexpr Duration writingDelay = 50ms;
/// How many requests with equal keys are held open for another log's entry.
constexpr std::size_t openRequests = 16;

/// What two entries of one request have in common; 0 for an entry that says too little to be found again.
std::uint64_t keyOf(const LogIndex& index, const ProxyRequest& request, bool byRequestId)
{
    return index.hash(byRequestId ? request.requestId : request.target);
}

bool mayBeEqual(std::uint64_t left, std::uint64_t right)
{
    return left == right || left == 0 || right == 0;
}

bool isDamaged(const ProxyRequest& request)
{
    return request.isPartlyParsed || request.areListsMisaligned;
}

bool isOneRequest(const LogIndex& left, const ProxyRequest& a, const LogIndex& right, const ProxyRequest& b)
{
    if (a.status != b.status || !mayBeEqual(left.hash(a.target), right.hash(b.target))
        || !mayBeEqual(left.hash(a.method), right.hash(b.method))
        || !mayBeEqual(left.hash(a.requestId), right.hash(b.requestId)))
        return false;
    if (isDamaged(a) || isDamaged(b))
        return true;
    return std::ranges::equal(
        left.attemptsOf(a), right.attemptsOf(b), [&](const UpstreamAttempt& x, const UpstreamAttempt& y) {
            return x.status == y.status && left.hash(x.upstream) == right.hash(y.upstream);
        });
}

struct Entry
{
    std::uint64_t key;
    TimePoint end;
    LoggedRequest place;
};

/// The order in which logs are asked for a request's details.
auto precision(const RequestIdentity& identity, const LoggedRequest& at)
{
    const auto& request = identity.row(at);
    const auto attempts = identity.logs[at.log].attemptsOf(request);
    const bool hasConnectTime =
        std::ranges::any_of(attempts, [](const UpstreamAttempt& attempt) { return attempt.connectTime.has_value(); });
    return std::tuple(isDamaged(request), request.resolution, request.attemptCount == 0, !hasConnectTime,
        identity.logs[at.log].evidence(), at.request);
}

/// Groups entries with equal keys that ended together, at most one of each log.
class Grouping
{
public:
    explicit Grouping(const RequestIdentity& identity) : m_identity(&identity) { }

    std::vector<std::vector<LoggedRequest>> groups;

    void startKey() { m_open.clear(); }

    void add(const Entry& entry)
    {
        const auto it = std::ranges::find_if(m_open, [&](std::size_t group) { return fits(group, entry); });
        if (it != m_open.end()) {
            groups[*it].push_back(entry.place);
            return;
        }
        if (m_open.size() == openRequests)
            m_open.erase(m_open.begin());
        m_open.push_back(groups.size());
        m_ends.push_back(entry.end);
        groups.push_back({entry.place});
    }

private:
    [[nodiscard]] bool fits(std::size_t group, const Entry& entry) const
    {
        if (std::ranges::contains(groups[group], entry.place.log, &LoggedRequest::log))
            return false;
        const auto& head = groups[group].front();
        const auto& first = m_identity->row(head);
        const auto& other = m_identity->row(entry.place);
        const auto apart = magnitude(between(m_ends[group], entry.end));
        return apart <= sum(std::max(first.resolution, other.resolution), writingDelay)
            && isOneRequest(m_identity->logs[head.log], first, m_identity->logs[entry.place.log], other);
    }

    const RequestIdentity* m_identity;
    std::vector<std::size_t> m_open;
    std::vector<TimePoint> m_ends;
};

std::vector<Entry> entriesByKey(const RequestIdentity& identity, const ClockAlignment& clocks)
{
    const bool byRequestId = std::ranges::all_of(
        identity.logs, [](const LogIndex& index) { return index.log().requests.empty() || index.hasRequestIds(); });
    std::vector<Entry> entries;
    for (std::uint32_t l = 0; l < identity.logs.size(); ++l) {
        const auto& index = identity.logs[l];
        for (std::uint32_t r = 0; r < index.log().requests.size(); ++r) {
            const auto& request = index.log().requests[r];
            entries.push_back(
                {keyOf(index, request, byRequestId), clocks.toIncident(index.evidence(), request.loggedAt), {l, r}});
        }
    }
    std::ranges::sort(entries, {},
        [](const Entry& entry) { return std::tuple(entry.key, entry.end, entry.place.log, entry.place.request); });
    return entries;
}

std::vector<std::vector<LoggedRequest>> groupsOf(const RequestIdentity& identity, const ClockAlignment& clocks)
{
    Grouping grouping{identity};
    const auto logsWithRequests =
        std::ranges::count_if(identity.logs, [](const LogIndex& index) { return !index.log().requests.empty(); });
    if (logsWithRequests < 2) {
        for (std::uint32_t l = 0; l < identity.logs.size(); ++l) {
            for (std::uint32_t r = 0; r < identity.logs[l].log().requests.size(); ++r)
                grouping.groups.push_back({{l, r}});
        }
        return std::move(grouping.groups);
    }
    const auto entries = entriesByKey(identity, clocks);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i == 0 || entries[i].key != entries[i - 1].key || entries[i].key == 0)
            grouping.startKey();
        grouping.add(entries[i]);
    }
    return std::move(grouping.groups);
}

void appendRequest(RequestIdentity& identity, std::vector<LoggedRequest>& group)
{
    std::ranges::sort(group, {}, [&](const LoggedRequest& at) { return precision(identity, at); });
    const auto attempts = identity.row(group.front()).attemptCount;
    const DistinctRequest request{.firstLogged = static_cast<std::uint32_t>(identity.logged.size()),
        .loggedCount = static_cast<std::uint32_t>(group.size()),
        .firstAttempt = static_cast<std::uint32_t>(identity.attempts.size()),
        .attemptCount = attempts};
    identity.logged.insert(identity.logged.end(), group.begin(), group.end());
    for (std::uint32_t position = 0; position < attempts; ++position)
        identity.attempts.push_back({static_cast<std::uint32_t>(identity.requests.size()), position});
    identity.requests.push_back(request);
}

} // namespace

RequestIdentity identifyRequests(std::vector<LogIndex> logs, const ClockAlignment& clocks)
{
    RequestIdentity identity;
    identity.logs = std::move(logs);
    auto groups = groupsOf(identity, clocks);
    std::ranges::stable_sort(groups, {}, [&](const std::vector<LoggedRequest>& group) {
        const auto& at = group.front();
        return std::pair(clocks.toIncident(identity.logs[at.log].evidence(), identity.row(at).loggedAt), at.request);
    });
    for (auto& group : groups)
        appendRequest(identity, group);
    return identity;
}

} // namespace halfshake
