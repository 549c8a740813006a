// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/clockestimator.h"

#include "models/correlation/clockprofile.h"
#include "models/correlation/offsetvote.h"
#include "models/correlation/outcomefit.h"
#include "models/correlation/timearithmetic.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

/// A proxy notes times by a cached clock of 1 ms; the SYN leaves at once (reference: proxy-logs 0.5). A clock that
/// drifts against the other agrees with itself only more coarsely.
constexpr std::array<Duration, 4> tolerances{1ms, 20ms, 200ms, 2s};
/// Pairs by chance agree, too, where little is asked of them.
constexpr std::size_t tolerancesForGuesses = 2;
/// An attempt whose start the log leaves open this far says nothing about clocks.
constexpr Duration widestStart = 10s;
/// A wrong zone, and a clock wrong by some minutes besides.
constexpr Duration widestOffset = 14h + 30min;
/// Clocks kept by NTP, however badly.
constexpr Duration usualOffset = 30s;
constexpr Duration lengthGrain = 3ms;
constexpr Duration longestTransfer = 50ms;
/// Few attempts of a healthy upstream take as long.
constexpr Duration longAttempt = 200ms;
/// Two clocks are compared by this many pairs at most where any pair may be chance.
constexpr std::size_t mostGuesses = 400'000;
/// A key that so many attempts or requests share says nothing.
constexpr std::size_t mostEqualKeys = 4;

/// One event with what it is recognised by.
struct Keyed
{
    std::uint64_t key;
    std::uint32_t index;
};

/// A moment at which a proxy may have turned to a server.
struct Opening
{
    TimePoint time;
    const WireRequest* request; ///< None where the connection shows no request.
    const ConnectionAttempt* attempt;
};

/// Whether an attempt can have been this request: by target, status and length as far as they are known.
bool mayBe(const UpstreamAttempt& attempt, std::uint64_t target, const WireRequest& request)
{
    if (request.targetHash != 0 && target != 0 && request.targetHash != target)
        return false;
    if (request.responseStatus == 0)
        return attempt.hasFailed();
    if (attempt.status.value_or(0) != request.responseStatus)
        return false;
    if (!attempt.responseTime)
        return true;
    // to the first byte on the wire, to the last in the log
    const auto onWire = between(request.opening, request.responseTime);
    return sum(*attempt.responseTime, lengthGrain) >= onWire
        && difference(*attempt.responseTime, onWire) <= sum(longestTransfer, onWire / 10);
}

bool mayBe(const UpstreamAttempt& attempt, std::uint64_t target, const Opening& opening)
{
    if (opening.request)
        return phaseOf(attempt.errorClass) != FailurePhase::Connecting && mayBe(attempt, target, *opening.request);
    if (!attempt.hasFailed())
        return isConnected(*opening.attempt);
    return outcomeFit(attempt.errorClass, opening.attempt->outcome) != Fit::Impossible;
}

/// Rare enough that another like it at the same distance is no chance.
bool isDistinctive(const UpstreamAttempt& attempt)
{
    return attempt.hasFailed() || attempt.responseTime.value_or(Duration{0}) >= longAttempt;
}

std::uint64_t keyOf(std::uint64_t text, const Endpoint& server)
{
    return text ^ (std::hash<Endpoint>{}(server) * 0x9E37'79B9'7F4A'7C15u);
}

std::optional<OffsetInterval> offsetsOf(const UpstreamAttempt& attempt, TimePoint wire)
{
    const auto earliest = difference(attempt.startEarliest.time_since_epoch(), wire.time_since_epoch());
    const auto latest = difference(attempt.startLatest.time_since_epoch(), wire.time_since_epoch());
    if (!attempt.isStartKnown || latest < earliest || difference(latest, earliest) > widestStart)
        return {};
    return OffsetInterval{earliest, latest};
}

class Estimator
{
public:
    Estimator(const LogIndex& log, const Wire& wire, const UpstreamRoute& route);

    [[nodiscard]] ClockEstimate run(EvidenceId reference) const;

private:
    using Intervals = std::vector<TimedInterval>;
    using Offsets = std::vector<OffsetInterval>;

    [[nodiscard]] std::vector<Keyed> attemptKeys(bool byRequestId) const;
    [[nodiscard]] std::vector<Keyed> requestKeys(bool byRequestId) const;
    [[nodiscard]] Intervals pairsByText(bool byRequestId) const;
    [[nodiscard]] Intervals distinctivePairs(Duration widest) const;
    [[nodiscard]] Intervals pairsByOpening(Duration widest) const;
    void addOpenings(const UpstreamAttempt& attempt, Duration widest, Intervals& pairs) const;
    [[nodiscard]] std::optional<TimedInterval> intervalOf(const UpstreamAttempt& attempt, TimePoint wire) const;
    [[nodiscard]] ClockEstimate judged(
        const Intervals& pairs, std::uint32_t fewest, std::span<const Duration> grains) const;

    const LogIndex* m_index;
    const Wire* m_wire;
    const UpstreamRoute* m_route;
    std::unordered_map<Endpoint, std::vector<Opening>> m_openings; ///< By time.
};

Estimator::Estimator(const LogIndex& log, const Wire& wire, const UpstreamRoute& route)
    : m_index(&log), m_wire(&wire), m_route(&route)
{
    for (const auto& connection : wire.connections) {
        const auto& attempt = *connection.attempt;
        if (!route.isProxy(attempt.client.address))
            continue;
        auto& openings = m_openings[attempt.server];
        for (const auto& request : wire.requestsOf(connection))
            openings.push_back({request.opening, &request, &attempt});
        if (connection.isOpeningSeen && connection.requestCount == 0)
            openings.push_back({connection.start, nullptr, &attempt});
    }
    for (auto& [server, openings] : m_openings)
        std::ranges::stable_sort(openings, {}, &Opening::time);
}

std::vector<Keyed> Estimator::attemptKeys(bool byRequestId) const
{
    std::vector<Keyed> keys;
    const auto& log = m_index->log();
    for (std::uint32_t i = 0; i < log.upstreamAttempts.size(); ++i) {
        const auto& attempt = log.upstreamAttempts[i];
        const auto& request = log.requests[attempt.request];
        const auto text = m_index->hash(byRequestId ? request.requestId : request.target);
        if (text == 0 || !attempt.endpoint)
            continue;
        for (const auto& server : m_route->serversOf(*attempt.endpoint))
            keys.push_back({keyOf(text, server), i});
    }
    std::ranges::stable_sort(keys, {}, &Keyed::key);
    return keys;
}

std::vector<Keyed> Estimator::requestKeys(bool byRequestId) const
{
    std::vector<Keyed> keys;
    for (std::uint32_t i = 0; i < m_wire->requests.size(); ++i) {
        const auto& request = m_wire->requests[i];
        const auto text = byRequestId ? request.requestIdHash : request.targetHash;
        const auto& attempt = *m_wire->connections[request.connection].attempt;
        if (text != 0 && m_route->isProxy(attempt.client.address))
            keys.push_back({keyOf(text, attempt.server), i});
    }
    std::ranges::stable_sort(keys, {}, &Keyed::key);
    return keys;
}

/// Attempts and requests on the wire with one text at one server; in order where both are equally many.
Estimator::Intervals Estimator::pairsByText(bool byRequestId) const
{
    const auto attempts = attemptKeys(byRequestId);
    const auto requests = requestKeys(byRequestId);
    Intervals pairs;
    const auto add = [&](const Keyed& attempt, const Keyed& request) {
        const auto& row = m_index->log().upstreamAttempts[attempt.index];
        if (const auto interval = intervalOf(row, m_wire->requests[request.index].opening))
            pairs.push_back(*interval);
    };
    auto right = requests.begin();
    for (auto left = attempts.begin(); left != attempts.end();) {
        const auto key = left->key;
        const auto leftEnd = std::find_if(left, attempts.end(), [&](const Keyed& keyed) { return keyed.key != key; });
        right = std::ranges::lower_bound(right, requests.end(), key, {}, &Keyed::key);
        const auto rightEnd = std::ranges::upper_bound(right, requests.end(), key, {}, &Keyed::key);
        const auto count = static_cast<std::size_t>(leftEnd - left);
        const auto countOnWire = static_cast<std::size_t>(rightEnd - right);
        if (count == countOnWire && count <= mostEqualKeys) {
            for (auto it = left; it != leftEnd; ++it)
                add(*it, *(right + (it - left)));
        } else if (count <= mostEqualKeys && countOnWire <= mostEqualKeys) {
            for (auto it = left; it != leftEnd; ++it)
                std::for_each(right, rightEnd, [&](const Keyed& request) { add(*it, request); });
        }
        left = leftEnd;
    }
    return pairs;
}

void Estimator::addOpenings(const UpstreamAttempt& attempt, Duration widest, Intervals& pairs) const
{
    if (!attempt.endpoint)
        return;
    const auto start = attempt.startEarliest.time_since_epoch();
    const TimePoint earliest{difference(start, widest)};
    const TimePoint latest{sum(start, widest)};
    const auto target = m_index->hash(m_index->log().requests[attempt.request].target);
    for (const auto& server : m_route->serversOf(*attempt.endpoint)) {
        const auto found = m_openings.find(server);
        if (found == m_openings.end())
            continue;
        const auto& openings = found->second;
        for (auto it = std::ranges::lower_bound(openings, earliest, {}, &Opening::time);
            it != openings.end() && it->time <= latest && pairs.size() < mostGuesses; ++it) {
            if (!mayBe(attempt, target, *it))
                continue;
            if (const auto interval = intervalOf(attempt, it->time))
                pairs.push_back(*interval);
        }
    }
}

Estimator::Intervals Estimator::distinctivePairs(Duration widest) const
{
    Intervals pairs;
    for (const auto& attempt : m_index->log().upstreamAttempts) {
        if (isDistinctive(attempt))
            addOpenings(attempt, widest, pairs);
    }
    return pairs;
}

Estimator::Intervals Estimator::pairsByOpening(Duration widest) const
{
    const auto& attempts = m_index->log().upstreamAttempts;
    Intervals pairs;
    // spread over the whole log: the first attempts may lie before the capture
    constexpr std::size_t passes = 64;
    for (std::size_t pass = 0; pass < passes && pairs.size() < mostGuesses; ++pass) {
        for (std::size_t i = pass; i < attempts.size() && pairs.size() < mostGuesses; i += passes)
            addOpenings(attempts[i], widest, pairs);
    }
    return pairs;
}

std::optional<TimedInterval> Estimator::intervalOf(const UpstreamAttempt& attempt, TimePoint wire) const
{
    const auto offsets = offsetsOf(attempt, wire);
    if (!offsets)
        return {};
    return TimedInterval{m_index->log().requests[attempt.request].loggedAt, *offsets};
}

/// Half of the pairs within \a reach of the offset are this near.
Duration residualOf(const std::vector<OffsetInterval>& offsets, Duration offset, Duration reach)
{
    std::vector<Duration> distances;
    for (const auto& [lowest, highest] : offsets) {
        const auto distance = magnitude(difference(lowest + difference(highest, lowest) / 2, offset));
        if (distance <= sum(reach, difference(highest, lowest)))
            distances.push_back(distance);
    }
    if (distances.empty())
        return Duration{0};
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::ranges::nth_element(distances, middle);
    return *middle;
}

void applyProfile(const std::vector<TimedInterval>& pairs, ClockEstimate& estimate)
{
    auto profile = profileClock(pairs);
    if (!profile)
        return;
    estimate.offset = profile->offset;
    estimate.uncertainty = profile->uncertainty;
    estimate.pairs = profile->pairs;
    estimate.isReliable = true;
    estimate.knots = std::move(profile->knots);
}

/// Reliable where at least \a fewest pairs agree, more than twice as many as on any other offset.
ClockEstimate Estimator::judged(const Intervals& pairs, std::uint32_t fewest, std::span<const Duration> grains) const
{
    ClockEstimate best;
    Offsets offsets;
    offsets.reserve(pairs.size());
    for (const auto& pair : pairs)
        offsets.push_back(pair.interval);
    for (const auto tolerance : grains) {
        const auto vote = voteOffset(offsets, tolerance);
        ClockEstimate estimate;
        estimate.offset = vote.offset;
        estimate.uncertainty = sum(vote.uncertainty, tolerance);
        estimate.pairs = vote.agreeing;
        estimate.isReliable = vote.agreeing >= fewest && vote.agreeing > 2 * vote.runnerUp;
        if (estimate.isReliable) {
            estimate.residual = residualOf(offsets, estimate.offset, estimate.uncertainty);
            return estimate;
        }
        if (best.pairs == 0)
            best = estimate;
    }
    return best;
}

ClockEstimate Estimator::run(EvidenceId reference) const
{
    ClockEstimate best;
    const auto consider = [&](const Intervals& pairs, std::uint32_t fewest, std::size_t grains) {
        auto estimate = judged(pairs, fewest, std::span(tolerances).first(grains));
        // pairs that only chance may have made say nothing about how a clock went
        if (grains == tolerances.size())
            applyProfile(pairs, estimate);
        if (estimate.isReliable || estimate.pairs > best.pairs)
            best = estimate;
        return estimate.isReliable;
    };
    // one request id is enough: it is unique; the others need agreement
    consider(pairsByText(true), 1, tolerances.size()) || consider(pairsByText(false), 3, tolerances.size())
        || consider(distinctivePairs(usualOffset), 3, tolerancesForGuesses)
        || consider(distinctivePairs(widestOffset), 3, tolerancesForGuesses)
        || consider(pairsByOpening(usualOffset), 8, tolerancesForGuesses)
        || consider(pairsByOpening(widestOffset), 8, tolerancesForGuesses);
    best.evidence = m_index->evidence();
    best.against = reference;
    return best;
}

} // namespace

ClockEstimate estimateLogClock(const LogIndex& log, const Wire& wire, const UpstreamRoute& route, EvidenceId reference)
{
    return Estimator{log, wire, route}.run(reference);
}

} // namespace halfshake
