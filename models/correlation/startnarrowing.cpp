// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/startnarrowing.h"

#include "models/correlation/orderedends.h"
#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <ranges>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

/// From the noted start to the packet on the wire.
constexpr Duration longestLag = usualLag;
/// Times are rounded to 1 ms, each.
constexpr Duration roundingError = usualLead;
/// A log that states times as well as this gains nothing.
constexpr Duration fineResolution = 100ms;

class Narrowing
{
public:
    Narrowing(const RequestIdentity& requests, const ClockAlignment& clocks, const Openings& openings,
        std::vector<TimeWindow>& starts);

    void followRetries();
    void followOrder();

private:
    [[nodiscard]] TimeWindow statedEnd(const DistinctRequest& request) const;
    bool narrow(std::uint32_t attempt, TimePoint earliest, TimePoint latest);
    void narrowFromEnd(const DistinctRequest& request, const TimeWindow& end);
    void narrowAround(const DistinctRequest& request, std::uint32_t position, TimePoint opening);
    void followRetriesOf(const DistinctRequest& request, TimeWindow& end);
    [[nodiscard]] std::vector<std::uint32_t> inFileOrder(std::uint32_t log) const;
    void followOrderOf(std::span<const std::uint32_t> inFileOrder);
    [[nodiscard]] bool isUndecided(std::uint32_t request) const;
    [[nodiscard]] TimeWindow endFrom(std::uint32_t attempt, const TimeWindow& stated, TimePoint opening) const;
    [[nodiscard]] std::vector<PossibleEnd> possibleEnds(std::uint32_t request) const;
    void decideByOrder(std::span<const std::uint32_t> inFileOrder);

    const RequestIdentity* m_requests;
    const ClockAlignment* m_clocks;
    const Openings* m_openings;
    std::vector<TimeWindow>* m_starts;
    std::vector<TimeWindow> m_ends; ///< Of each distinct request; known where the wire told.
};

Narrowing::Narrowing(const RequestIdentity& requests, const ClockAlignment& clocks, const Openings& openings,
    std::vector<TimeWindow>& starts)
    : m_requests(&requests), m_clocks(&clocks), m_openings(&openings), m_starts(&starts)
{
    for (const auto& request : requests.requests)
        m_ends.push_back(statedEnd(request));
}

TimeWindow Narrowing::statedEnd(const DistinctRequest& request) const
{
    const auto& logged = m_requests->logged[request.firstLogged];
    const auto& row = m_requests->row(logged);
    const auto end = m_clocks->toIncident(m_requests->logs[logged.log].evidence(), row.loggedAt);
    return {end, moved(end, row.resolution), false};
}

bool Narrowing::narrow(std::uint32_t attempt, TimePoint earliest, TimePoint latest)
{
    auto& start = (*m_starts)[attempt];
    earliest = std::max(start.earliest, earliest);
    latest = std::min(start.latest, latest);
    if (!start.isKnown || earliest > latest)
        return false;
    start.earliest = earliest;
    start.latest = latest;
    return true;
}

/// The start is stated relative to the end: what narrows one narrows the other.
void Narrowing::narrowFromEnd(const DistinctRequest& request, const TimeWindow& end)
{
    const auto stated = statedEnd(request);
    for (auto a = request.firstAttempt; a < request.firstAttempt + request.attemptCount; ++a) {
        const auto start = startOf(*m_requests, m_requests->attempts[a], *m_clocks);
        narrow(a, moved(start.earliest, between(stated.earliest, end.earliest)),
            moved(start.latest, between(stated.latest, end.latest)));
    }
}

/// Within one group an attempt begins where the one before it ends.
void Narrowing::narrowAround(const DistinctRequest& request, std::uint32_t position, TimePoint opening)
{
    const auto rowAt = [&](std::uint32_t at) -> const UpstreamAttempt& {
        return m_requests->attemptRow(m_requests->attempts[request.firstAttempt + at]);
    };
    const auto group = rowAt(position).group;
    const auto narrowTo = [&](std::uint32_t at, TimePoint time, std::int64_t steps) {
        const auto rounding = roundingError * steps;
        const auto attempt = request.firstAttempt + at;
        if (!narrow(attempt, moved(time, -(longestLag + rounding)), moved(time, longestLag + rounding)))
            return;
        (*m_starts)[attempt].lead = usualLead; // told by the wire, whatever the log's clock
        (*m_starts)[attempt].lag = usualLag;
    };
    auto time = opening;
    for (auto at = position; at-- > 0 && rowAt(at).group == group && rowAt(at).responseTime;) {
        time = moved(time, difference(Duration{0}, *rowAt(at).responseTime));
        narrowTo(at, time, position - at);
    }
    time = opening;
    for (auto at = position; rowAt(at).responseTime;) {
        time = moved(time, *rowAt(at).responseTime);
        if (++at == request.attemptCount || rowAt(at).group != group)
            break;
        narrowTo(at, time, at - position);
    }
}

/// When the request ended if this attempt of it reached the wire at \a opening; not known where its start is not.
TimeWindow Narrowing::endFrom(std::uint32_t attempt, const TimeWindow& stated, TimePoint opening) const
{
    const auto start = startOf(*m_requests, m_requests->attempts[attempt], *m_clocks);
    if (!start.isKnown)
        return {};
    const auto earliest = moved(stated.latest, between(start.latest, opening));
    const auto latest = moved(stated.earliest, between(start.earliest, opening));
    return {moved(earliest, -(longestLag + roundingError)), moved(latest, roundingError), true};
}

void Narrowing::followRetriesOf(const DistinctRequest& request, TimeWindow& end)
{
    const auto stated = end;
    for (std::uint32_t position = 0; position < request.attemptCount; ++position) {
        const auto attempt = request.firstAttempt + position;
        const auto& opening = m_openings->certain[attempt];
        if (!opening)
            continue;
        const auto told = endFrom(attempt, stated, *opening);
        if (!told.isKnown)
            continue;
        end.earliest = std::max(end.earliest, told.earliest);
        end.latest = std::min(end.latest, told.latest);
        end.isKnown = true;
        narrowAround(request, position, *opening);
    }
}

void Narrowing::followRetries()
{
    for (std::size_t r = 0; r < m_ends.size(); ++r) {
        const auto& request = m_requests->requests[r];
        const auto& row = m_requests->row(m_requests->logged[request.firstLogged]);
        if (row.resolution < fineResolution)
            continue;
        const auto stated = m_ends[r];
        followRetriesOf(request, m_ends[r]);
        if (m_ends[r].earliest > m_ends[r].latest)
            m_ends[r] = stated;
        else if (m_ends[r].isKnown)
            narrowFromEnd(request, m_ends[r]);
    }
}

std::vector<std::uint32_t> Narrowing::inFileOrder(std::uint32_t log) const
{
    std::vector<std::uint32_t> inFileOrder;
    for (std::uint32_t r = 0; r < m_ends.size(); ++r) {
        if (m_requests->logged[m_requests->requests[r].firstLogged].log == log)
            inFileOrder.push_back(r);
    }
    std::ranges::sort(inFileOrder, {},
        [this](std::uint32_t r) { return m_requests->logged[m_requests->requests[r].firstLogged].request; });
    return inFileOrder;
}

void Narrowing::followOrderOf(std::span<const std::uint32_t> inFileOrder)
{
    auto narrowed = m_ends;
    auto earliest = TimePoint::min();
    for (const auto r : inFileOrder) {
        if (m_ends[r].isKnown)
            earliest = std::max(earliest, m_ends[r].earliest);
        narrowed[r].earliest = std::max(narrowed[r].earliest, moved(earliest, -roundingError));
    }
    auto latest = TimePoint::max();
    for (const auto r : std::views::reverse(inFileOrder)) {
        if (m_ends[r].isKnown)
            latest = std::min(latest, m_ends[r].latest);
        narrowed[r].latest = std::min(narrowed[r].latest, moved(latest, roundingError));
    }
    for (const auto r : inFileOrder) {
        if (!m_ends[r].isKnown && narrowed[r].earliest <= narrowed[r].latest)
            narrowFromEnd(m_requests->requests[r], narrowed[r]);
    }
}

bool Narrowing::isUndecided(std::uint32_t request) const
{
    const auto& distinct = m_requests->requests[request];
    const auto possible = std::span(m_openings->possible).subspan(distinct.firstAttempt, distinct.attemptCount);
    return !m_ends[request].isKnown
        && std::ranges::any_of(possible, [](const auto& openings) { return !openings.empty(); });
}

/// Attempts of one request agree on when it ended: an opening that no other attempt agrees with is none.
std::vector<PossibleEnd> Narrowing::possibleEnds(std::uint32_t request) const
{
    if (m_ends[request].isKnown)
        return {{m_ends[request].earliest, m_ends[request].latest}};
    const auto& distinct = m_requests->requests[request];
    const auto stated = statedEnd(distinct);
    std::vector<std::vector<PossibleEnd>> byAttempt;
    for (auto a = distinct.firstAttempt; a < distinct.firstAttempt + distinct.attemptCount; ++a) {
        std::vector<PossibleEnd> ends;
        for (const auto& opening : m_openings->possible[a]) {
            const auto end = endFrom(a, stated, opening.time);
            if (end.isKnown)
                ends.push_back({end.earliest, end.latest, opening.connection});
        }
        if (!ends.empty())
            byAttempt.push_back(std::move(ends));
    }
    if (byAttempt.empty())
        return {};
    auto agreed = byAttempt.front();
    for (const auto& others : byAttempt | std::views::drop(1)) {
        std::erase_if(agreed, [&](const PossibleEnd& end) {
            return std::ranges::none_of(others,
                [&](const PossibleEnd& other) { return end.earliest <= other.latest && other.earliest <= end.latest; });
        });
    }
    return agreed;
}

void Narrowing::decideByOrder(std::span<const std::uint32_t> inFileOrder)
{
    if (std::ranges::none_of(inFileOrder, [this](std::uint32_t r) { return isUndecided(r); }))
        return;
    std::vector<std::vector<PossibleEnd>> possible;
    for (const auto r : inFileOrder)
        possible.push_back(possibleEnds(r));
    const auto ends = orderedEnds(possible);
    for (std::size_t i = 0; i < inFileOrder.size(); ++i) {
        if (ends[i] && isUndecided(inFileOrder[i]))
            narrowFromEnd(m_requests->requests[inFileOrder[i]], {ends[i]->earliest, ends[i]->latest, true});
    }
}

void Narrowing::followOrder()
{
    for (std::uint32_t l = 0; l < m_requests->logs.size(); ++l) {
        const auto& index = m_requests->logs[l];
        if (!index.isInOrder() || index.resolution() < fineResolution)
            continue;
        const auto requests = inFileOrder(l);
        followOrderOf(requests);
        decideByOrder(requests);
    }
}

} // namespace

void narrowStarts(const RequestIdentity& requests, const ClockAlignment& clocks, const Openings& openings,
    std::vector<TimeWindow>& starts)
{
    Narrowing narrowing{requests, clocks, openings, starts};
    narrowing.followRetries();
    narrowing.followOrder();
}

} // namespace halfshake
