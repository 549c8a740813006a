// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/backoff.h"

#include <algorithm>
#include <utility>

namespace halfshake::backoff {

namespace {

using std::chrono::seconds;

// Linux net/ipv4: TCP_TIMEOUT_INIT and TCP_RTO_MAX.
constexpr Duration initialTimeout = seconds{1};
constexpr Duration longestTimeout = seconds{120};

// The kernel keeps the settings in a byte; more doublings than this only repeat the longest timeout.
constexpr int mostRetries = 255;
constexpr int mostDoublings = 7;

Duration doubled(Duration timeout, int times)
{
    return std::min(timeout * (1 << std::clamp(times, 0, mostDoublings)), longestTimeout);
}

// retransmits_timed_out(): the time a ladder without linear timeouts would take.
Duration exponentialLadder(int retries)
{
    Duration sum{};
    for (int rung = 0; rung <= retries; ++rung)
        sum += doubled(initialTimeout, rung);
    return sum;
}

struct SynLadder
{
    std::vector<Duration> offsets;
    Duration giveUp{};
};

// tcp_write_timeout() runs when a retransmission timer fires: it gives up when the count or the time is reached,
// otherwise one more SYN goes out and the timer is set again, doubled once the linear ones are used up.
SynLadder synLadder(int synRetries, int linearTimeouts)
{
    const int retries = std::clamp(synRetries, 0, mostRetries);
    const int linear = std::clamp(linearTimeouts, 0, mostRetries);
    const Duration limit = exponentialLadder(retries);
    SynLadder ladder;
    Duration now{};
    Duration timeout = initialTimeout;
    for (int sent = 0;; ++sent) {
        now += timeout;
        if (sent >= retries + linear || now >= limit)
            break;
        ladder.offsets.push_back(now);
        if (sent + 1 > linear)
            timeout = std::min(timeout * 2, longestTimeout);
    }
    ladder.giveUp = now;
    return ladder;
}

} // namespace

std::vector<Duration> synOffsets(int synRetries, int linearTimeouts)
{
    return synLadder(synRetries, linearTimeouts).offsets;
}

Duration synGiveUp(int synRetries, int linearTimeouts)
{
    return synLadder(synRetries, linearTimeouts).giveUp;
}

std::vector<Duration> synAckOffsets(int synAckRetries)
{
    std::vector<Duration> offsets;
    Duration now{};
    for (int rung = 0; rung < std::clamp(synAckRetries, 0, mostRetries); ++rung) {
        now += doubled(initialTimeout, rung);
        offsets.push_back(now);
    }
    return offsets;
}

Duration synAckGiveUp(int synAckRetries)
{
    return exponentialLadder(std::clamp(synAckRetries, 0, mostRetries));
}

bool matches(Duration measured, Duration expected)
{
    using std::chrono::milliseconds;
    return measured >= expected / 100 * 98 && measured <= expected / 8 * 9 + milliseconds{100};
}

} // namespace halfshake::backoff
