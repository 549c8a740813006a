// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/connectionidentity.h"

#include "models/correlation/captureclock.h"
#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

/// A capture behind a loss sees a repeated SYN first; after this time the kernel has given up (tcp_syn_retries 6).
constexpr Duration longestHandshake = 140s;
/// Sightings that share one end only: an address was translated on the way.
constexpr Duration longestTranslatedPath = 70s;
/// Sightings that share nothing but the initial sequence number.
constexpr Duration longestPath = 1s;
constexpr Duration clockTolerance = 2s;
/// How many attempts with equal ends and initial sequence number are compared with each other.
constexpr std::size_t comparedNeighbours = 8;
/// A capture sees a connection before and after address translation, perhaps with a stray SYN/ACK; more is a scan.
constexpr std::uint32_t mostLegs = 4;

struct Sighting
{
    ConnectionSighting place;
    const ConnectionAttempt* attempt;
    TimePoint start;
    TimePoint end;
};

class Union
{
public:
    explicit Union(std::size_t size) : m_parent(size) { std::iota(m_parent.begin(), m_parent.end(), 0u); }

    std::uint32_t find(std::uint32_t item)
    {
        while (m_parent[item] != item) {
            m_parent[item] = m_parent[m_parent[item]];
            item = m_parent[item];
        }
        return item;
    }

    void join(std::uint32_t left, std::uint32_t right)
    {
        const auto a = find(left);
        const auto b = find(right);
        m_parent[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::uint32_t> m_parent;
};

bool haveSameEnds(const Sighting& left, const Sighting& right)
{
    return left.attempt->client == right.attempt->client && left.attempt->server == right.attempt->server;
}

/// Two sightings of one initial sequence number with different ends.
bool isTranslated(const Sighting& left, const Sighting& right)
{
    const bool sharesAnEnd =
        left.attempt->client == right.attempt->client || left.attempt->server == right.attempt->server;
    return magnitude(between(left.start, right.start)) <= (sharesAnEnd ? longestTranslatedPath : longestPath);
}

class Identification
{
public:
    Identification(const std::vector<RankedCapture>& captures, const ClockAlignment& clocks);

    void joinLegs();
    void joinByInitialSequenceNumber();
    void joinMidstream();
    [[nodiscard]] ConnectionIdentity result(const std::unordered_set<Endpoint>& upstreams);

private:
    using Ends = std::pair<Endpoint, Endpoint>;

    static Ends endsOf(const Sighting& sighting)
    {
        return std::minmax(sighting.attempt->client, sighting.attempt->server);
    }
    void joinSameNumber(std::span<std::uint32_t> sameNumber);
    void joinTranslated(
        std::span<const std::uint32_t> sameNumber, const std::set<std::pair<std::uint32_t, std::uint32_t>>& found);
    void joinMidstreamOf(std::span<const std::uint32_t> sameEnds);
    [[nodiscard]] bool joinsOneNumber(std::uint32_t left, std::uint32_t right);

    std::vector<Sighting> m_sightings;
    Union m_union;
    std::map<std::uint32_t, std::uint32_t> m_numbers; ///< By root, of what began before a capture.
};

std::vector<Sighting> allSightings(const std::vector<RankedCapture>& captures, const ClockAlignment& clocks)
{
    std::size_t size = 0;
    for (const auto& point : captures)
        size += point.capture->attempts.size();
    std::vector<Sighting> sightings;
    sightings.reserve(size);
    for (std::uint32_t c = 0; c < captures.size(); ++c) {
        const auto& capture = *captures[c].capture;
        for (std::uint32_t a = 0; a < capture.attempts.size(); ++a) {
            const auto& attempt = capture.attempts[a];
            sightings.push_back({.place = {c, a},
                .attempt = &attempt,
                .start = clocks.toIncident(capture.evidence, attempt.start),
                .end = clocks.toIncident(capture.evidence, attempt.end)});
        }
    }
    return sightings;
}

Identification::Identification(const std::vector<RankedCapture>& captures, const ClockAlignment& clocks)
    : m_sightings(allSightings(captures, clocks)), m_union(m_sightings.size())
{
}

/// The two sides of an address translation that one capture saw.
void Identification::joinLegs()
{
    std::uint32_t firstOfCapture = 0;
    for (std::uint32_t i = 0; i < m_sightings.size(); ++i) {
        if (m_sightings[i].place.attempt == 0)
            firstOfCapture = i;
        const auto& sighting = m_sightings[i];
        const auto other = std::uint64_t{firstOfCapture} + sighting.attempt->otherLeg;
        if (sighting.attempt->otherLeg == ConnectionAttempt::noLeg || other >= m_sightings.size())
            continue;
        const auto& leg = m_sightings[other];
        if (leg.place.capture == sighting.place.capture && leg.attempt->otherLeg == sighting.place.attempt)
            m_union.join(i, static_cast<std::uint32_t>(other));
    }
}

void Identification::joinByInitialSequenceNumber()
{
    std::vector<std::uint32_t> order;
    order.reserve(m_sightings.size());
    for (std::uint32_t i = 0; i < m_sightings.size(); ++i) {
        if (hasInitialSequenceNumber(*m_sightings[i].attempt))
            order.push_back(i);
    }
    const auto number = [this](std::uint32_t i) { return m_sightings[i].attempt->clientInitialSequenceNumber; };
    std::ranges::sort(order, {}, number);
    for (std::size_t first = 0; first < order.size();) {
        auto end = first + 1;
        while (end < order.size() && number(order[end]) == number(order[first]))
            ++end;
        if (end - first > 1)
            joinSameNumber(std::span(order).subspan(first, end - first));
        first = end;
    }
}

void Identification::joinSameNumber(std::span<std::uint32_t> sameNumber)
{
    const auto place = [this](std::uint32_t i) {
        const auto& sighting = m_sightings[i];
        return std::tuple(sighting.attempt->client, sighting.attempt->server, sighting.start, i);
    };
    std::ranges::sort(sameNumber, {}, place);
    std::map<std::uint32_t, std::uint32_t> inCapture;
    std::set<std::pair<std::uint32_t, std::uint32_t>> found; // sighting, capture in which it was found again
    for (std::size_t i = 0; i < sameNumber.size(); ++i) {
        ++inCapture[m_sightings[sameNumber[i]].place.capture];
        for (std::size_t back = 1; back <= std::min(i, comparedNeighbours); ++back) {
            const auto& earlier = m_sightings[sameNumber[i - back]];
            const auto& later = m_sightings[sameNumber[i]];
            if (!haveSameEnds(earlier, later) || between(earlier.start, later.start) > longestHandshake)
                break;
            if (earlier.place.capture == later.place.capture)
                continue;
            m_union.join(sameNumber[i - back], sameNumber[i]);
            found.emplace(sameNumber[i - back], later.place.capture);
            found.emplace(sameNumber[i], earlier.place.capture);
        }
    }
    // a scanner sends one number to many ports, and each of them is a connection of its own
    const bool isScan = std::ranges::any_of(inCapture, [](const auto& entry) { return entry.second > mostLegs; });
    if (!isScan)
        joinTranslated(sameNumber, found);
}

/// What was not found again with equal ends may have had its addresses translated.
void Identification::joinTranslated(
    std::span<const std::uint32_t> sameNumber, const std::set<std::pair<std::uint32_t, std::uint32_t>>& found)
{
    for (std::size_t i = 0; i < sameNumber.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const auto& left = m_sightings[sameNumber[j]];
            const auto& right = m_sightings[sameNumber[i]];
            if (left.place.capture != right.place.capture && !haveSameEnds(left, right) && isTranslated(left, right)
                && !found.contains({sameNumber[j], right.place.capture})
                && !found.contains({sameNumber[i], left.place.capture}))
                m_union.join(sameNumber[j], sameNumber[i]);
        }
    }
}

void Identification::joinMidstream()
{
    std::vector<Ends> midstream;
    for (const auto& sighting : m_sightings) {
        if (!hasInitialSequenceNumber(*sighting.attempt))
            midstream.push_back(endsOf(sighting));
    }
    std::ranges::sort(midstream);
    std::vector<std::pair<Ends, std::uint32_t>> order;
    for (std::uint32_t i = 0; i < m_sightings.size(); ++i) {
        if (std::ranges::binary_search(midstream, endsOf(m_sightings[i])))
            order.emplace_back(endsOf(m_sightings[i]), i);
    }
    std::ranges::stable_sort(
        order, {}, [this](const auto& entry) { return std::pair(entry.first, m_sightings[entry.second].start); });
    std::vector<std::uint32_t> run;
    for (std::size_t i = 0; i < order.size(); ++i) {
        run.push_back(order[i].second);
        if (i + 1 < order.size() && order[i + 1].first == order[i].first)
            continue;
        joinMidstreamOf(run);
        run.clear();
    }
}

/// Whether the two do not belong to connections with different initial sequence numbers.
bool Identification::joinsOneNumber(std::uint32_t left, std::uint32_t right)
{
    const auto numberOf = [this](std::uint32_t i) -> std::optional<std::uint32_t> {
        if (hasInitialSequenceNumber(*m_sightings[i].attempt))
            return m_sightings[i].attempt->clientInitialSequenceNumber;
        const auto known = m_numbers.find(m_union.find(i));
        return known != m_numbers.end() ? std::optional{known->second} : std::nullopt;
    };
    const auto a = numberOf(left);
    const auto b = numberOf(right);
    if (a && b && *a != *b)
        return false;
    if (a || b)
        m_numbers[std::min(m_union.find(left), m_union.find(right))] = a ? *a : *b;
    return true;
}

/// Sightings of one pair of ends by start: one that began before the capture belongs to the one it overlaps in another
/// capture, or to the one a rotated file left open.
void Identification::joinMidstreamOf(std::span<const std::uint32_t> sameEnds)
{
    for (std::size_t i = 1; i < sameEnds.size(); ++i) {
        const auto& later = m_sightings[sameEnds[i]];
        for (std::size_t back = 1; back <= std::min(i, comparedNeighbours); ++back) {
            const auto& earlier = m_sightings[sameEnds[i - back]];
            if (earlier.place.capture == later.place.capture)
                break;
            if (hasInitialSequenceNumber(*earlier.attempt) && hasInitialSequenceNumber(*later.attempt))
                continue;
            const bool overlap = moved(earlier.end, clockTolerance) >= later.start;
            const auto& attempt = *earlier.attempt;
            const bool isLeftOpen = !hasInitialSequenceNumber(*later.attempt) && !attempt.hasClientFin
                && !attempt.hasServerFin && !attempt.hasClientReset && !attempt.hasServerReset;
            if ((overlap || isLeftOpen) && joinsOneNumber(sameEnds[i - back], sameEnds[i])) {
                m_union.join(sameEnds[i - back], sameEnds[i]);
                break;
            }
        }
    }
}

ConnectionIdentity Identification::result(const std::unordered_set<Endpoint>& upstreams)
{
    std::vector<std::uint32_t> order(m_sightings.size());
    std::iota(order.begin(), order.end(), 0u);
    const auto nearness = [&](std::uint32_t i) {
        const auto& sighting = m_sightings[i];
        const auto outcome = sighting.attempt->outcome;
        const bool isOnlyPart = outcome == HandshakeOutcome::Midstream || outcome == HandshakeOutcome::HalfSeen;
        // what a hijacked SYN/ACK looks like elsewhere is not where the connection is
        return std::tuple(m_union.find(i), outcome == HandshakeOutcome::StraySynAck, sighting.place.capture,
            !upstreams.contains(sighting.attempt->server), isOnlyPart, sighting.start);
    };
    bool isEachAlone = true;
    for (std::uint32_t i = 0; i < m_sightings.size() && isEachAlone; ++i)
        isEachAlone = m_union.find(i) == i;
    if (!isEachAlone)
        std::ranges::sort(order, {}, nearness);

    ConnectionIdentity identity;
    identity.sightings.reserve(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i == 0 || m_union.find(order[i]) != m_union.find(order[i - 1]))
            identity.firstSighting.push_back(static_cast<std::uint32_t>(i));
        identity.sightings.push_back(m_sightings[order[i]].place);
    }
    identity.firstSighting.push_back(static_cast<std::uint32_t>(order.size()));
    return identity;
}

} // namespace

ConnectionIdentity identifyConnections(const std::vector<RankedCapture>& captures, const ClockAlignment& clocks,
    const std::unordered_set<Endpoint>& upstreams)
{
    Identification identification{captures, clocks};
    identification.joinLegs();
    identification.joinByInitialSequenceNumber();
    identification.joinMidstream();
    return identification.result(upstreams);
}

} // namespace halfshake
