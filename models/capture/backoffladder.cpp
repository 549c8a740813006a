// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/backoffladder.h"

#include "models/capture/backoff.h"
#include "models/capture/capture.h"

#include <algorithm>
#include <chrono>

namespace halfshake {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// First time-outs in the field: Linux and RFC 6298; older kernels and Windows (RFC 1122); refused retries of Windows.
constexpr Duration shortestTimeout = milliseconds{500};
constexpr Duration firstTimeouts[] = {seconds{1}, seconds{3}, shortestTimeout};
constexpr Duration longestTimeout = seconds{120};

// tcp_syn_linear_timeouts: the default since Linux 6.5, and more than anybody sets.
constexpr int usualLinearTimeouts = 4;
constexpr std::uint16_t mostLinearTimeouts = 12;
constexpr std::uint16_t mostMissingAtOnce = 2;

/// One way to explain the gaps.
struct Fit
{
    Duration initialTimeout{};
    std::uint16_t linearTimeouts = 0;
    std::uint16_t rungs = 0;
    std::vector<std::uint16_t> missing;
    bool hasGrown = false;
};

Duration gapBefore(std::uint16_t rung, const Fit& fit)
{
    Duration gap = fit.initialTimeout;
    for (int i = fit.linearTimeouts + 1; i < rung && gap < longestTimeout; ++i)
        gap *= 2;
    return std::min(gap, longestTimeout);
}

/// Steps to the rung that \a gap leads to. False where no rung fits.
bool climb(Duration gap, Fit& fit)
{
    Duration expected{};
    for (std::uint16_t skipped = 0; skipped <= mostMissingAtOnce; ++skipped) {
        const auto rung = static_cast<std::uint16_t>(fit.rungs + 1 + skipped);
        expected += gapBefore(rung, fit);
        if (!backoff::matches(gap, expected))
            continue;
        for (std::uint16_t missed = 1; missed <= skipped; ++missed)
            fit.missing.push_back(static_cast<std::uint16_t>(fit.rungs + missed));
        fit.hasGrown = fit.hasGrown || gapBefore(rung, fit) > fit.initialTimeout;
        fit.rungs = rung;
        return true;
    }
    return false;
}

std::optional<Fit> fitted(std::span<const Duration> gaps, Duration initialTimeout, std::uint16_t linearTimeouts)
{
    Fit fit{.initialTimeout = initialTimeout,
        .linearTimeouts = linearTimeouts,
        .rungs = 0,
        .missing = {},
        .hasGrown = false};
    const bool isClimbed = std::ranges::all_of(gaps, [&](Duration gap) { return climb(gap, fit); });
    return isClimbed ? std::optional(std::move(fit)) : std::nullopt;
}

std::span<const HandshakeEvent> eventsOf(const Capture& capture, const ConnectionAttempt& attempt)
{
    return std::span(capture.events).subspan(attempt.firstEvent, attempt.eventCount);
}

bool goesOnBeyondNextRung(const BackoffLadder& ladder, EvidenceTime last, EvidenceTime captureEnd)
{
    const Fit fit{.initialTimeout = ladder.initialTimeout,
        .linearTimeouts = ladder.linearTimeouts,
        .rungs = ladder.rungs,
        .missing = {},
        .hasGrown = false};
    const Duration next = gapBefore(static_cast<std::uint16_t>(ladder.rungs + 1), fit);
    return captureEnd - last > next / 8 * 9 + milliseconds{100};
}

} // namespace

BackoffLadder fitLadder(std::span<const Duration> gaps, bool isSyn)
{
    std::optional<Fit> best;
    for (const Duration first : firstTimeouts) {
        const std::uint16_t mostLinear = isSyn && first == firstTimeouts[0] ? mostLinearTimeouts : std::uint16_t{0};
        for (std::uint16_t linear = 0; linear <= mostLinear; ++linear) {
            auto fit = fitted(gaps, first, linear);
            if (fit && (!best || fit->missing.size() < best->missing.size()))
                best = std::move(fit);
        }
    }
    if (!best || best->rungs == 0)
        return {};
    return {.initialTimeout = best->initialTimeout,
        .rungs = best->rungs,
        .linearTimeouts = best->linearTimeouts,
        .isLinearKnown = best->hasGrown,
        .missing = std::move(best->missing),
        .hasStopped = false};
}

BackoffLadder synLadder(const Capture& capture, const ConnectionAttempt& attempt)
{
    std::vector<Duration> gaps;
    std::optional<EvidenceTime> last;
    bool isEnded = false;
    for (const HandshakeEvent& event : eventsOf(capture, attempt)) {
        switch (event.step) {
        case HandshakeStep::Syn:
        case HandshakeStep::SynRetransmission:
            if (!event.isFromClient)
                break;
            if (last)
                gaps.push_back(event.time - *last);
            last = event.time;
            break;
        case HandshakeStep::ChallengeAck: // sets the timer anew
        case HandshakeStep::Ack:
        case HandshakeStep::Reset:
        case HandshakeStep::IcmpError:
            isEnded = true;
            break;
        default:
            break;
        }
    }
    BackoffLadder ladder = fitLadder(gaps, true);
    ladder.hasStopped =
        ladder.isTimer() && !isEnded && isFailure(attempt) && goesOnBeyondNextRung(ladder, *last, capture.range.end);
    return ladder;
}

BackoffLadder synAckLadder(const Capture& capture, const ConnectionAttempt& attempt)
{
    BackoffLadder longest;
    std::vector<Duration> gaps;
    EvidenceTime timerSet;
    EvidenceTime last;
    bool isReset = false;
    const bool isTaken = attempt.isEstablished && attempt.outcome != HandshakeOutcome::AckIgnored;
    const auto finish = [&](bool isReissued) {
        BackoffLadder ladder = fitLadder(gaps, false);
        ladder.hasStopped = ladder.isTimer()
            && (isReissued || (!isTaken && !isReset && goesOnBeyondNextRung(ladder, last, capture.range.end)));
        if (ladder.rungs > longest.rungs)
            longest = std::move(ladder);
        gaps.clear();
    };
    for (const HandshakeEvent& event : eventsOf(capture, attempt)) {
        switch (event.step) {
        case HandshakeStep::SynAckReissue: // the request socket had expired
            finish(true);
            timerSet = last = event.time;
            break;
        case HandshakeStep::SynAckRetransmission:
            // The timer may run out while the SYN that sets it anew is being answered.
            gaps.push_back(event.time - (event.time - last < shortestTimeout ? timerSet : last));
            timerSet = last = event.time;
            break;
        case HandshakeStep::SynAck:
            timerSet = last = event.time;
            break;
        case HandshakeStep::SynAckTriggered: // sets the timer anew without lengthening it (tcp_check_req)
            last = event.time;
            break;
        case HandshakeStep::Reset:
            isReset = true;
            break;
        default:
            break;
        }
    }
    finish(false);
    return longest;
}

std::optional<RetryRange> synRetriesOf(const BackoffLadder& ladder)
{
    constexpr int most = 127; // the kernel's limit
    if (ladder.initialTimeout != seconds{1})
        return {};
    const int linear = ladder.linearTimeouts;
    const int mostLinear = ladder.isLinearKnown ? linear : std::max(linear, usualLinearTimeouts);
    for (int retries = 1; retries <= most; ++retries) {
        const std::size_t rungs = backoff::synOffsets(retries, linear).size();
        const std::size_t rungsIfLinear = backoff::synOffsets(retries, mostLinear).size();
        if (std::max(rungs, rungsIfLinear) < ladder.rungs)
            continue;
        const bool isWhole = rungs == ladder.rungs || rungsIfLinear == ladder.rungs;
        return RetryRange{
            .least = retries, .most = ladder.hasStopped && isWhole ? std::optional<int>(retries) : std::nullopt};
    }
    return {};
}

std::optional<RetryRange> synAckRetriesOf(const BackoffLadder& ladder)
{
    if (ladder.initialTimeout != seconds{1})
        return {};
    return RetryRange{
        .least = ladder.rungs, .most = ladder.hasStopped ? std::optional<int>(ladder.rungs) : std::nullopt};
}

} // namespace halfshake
