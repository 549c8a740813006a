// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"
#include "models/capture/connectionattempt.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace halfshake {

struct Capture;

/// What the repeats of one handshake packet tell about the timer behind them (reference: tcp-handshakes 1.7).
struct BackoffLadder
{
    Duration initialTimeout{}; ///< Nominal; 0 where nothing was repeated or the gaps are those of no timer.
    std::uint16_t rungs = 0; ///< Repeats by the timer, those that were not captured included.
    std::uint16_t linearTimeouts = 0; ///< Repeats after which the gap did not grow; of SYNs only.
    bool isLinearKnown = false; ///< The gap was seen to grow, or to grow at once; else there may be more of them.
    std::vector<std::uint16_t> missing; ///< Rungs, counted from 1, that this capture lacks.
    bool hasStopped = false; ///< Nothing ended it, and the capture goes on beyond the next rung: the sender gave up.

    [[nodiscard]] bool isTimer() const { return initialTimeout > Duration{}; }
};

/// The ladder whose time-outs \a gaps are, in order. \a isSyn: linear time-outs are possible.
[[nodiscard]] BackoffLadder fitLadder(std::span<const Duration> gaps, bool isSyn);

/// The client's repeated SYNs. Its giving up can be the kernel's (ETIMEDOUT) or the application's own time limit.
[[nodiscard]] BackoffLadder synLadder(const Capture& capture, const ConnectionAttempt& attempt);

/// The responder's timer-driven SYN/ACKs; where its initial sequence number changed, the longest ladder of one number.
[[nodiscard]] BackoffLadder synAckLadder(const Capture& capture, const ConnectionAttempt& attempt);

/// The values of a kernel setting that a ladder allows.
struct RetryRange
{
    int least = 0;
    std::optional<int> most; ///< None where the ladder did not end by itself.

    bool operator==(const RetryRange&) const = default;
};

/// net.ipv4.tcp_syn_retries behind \a ladder; nothing where it is not that of a Linux kernel with its usual first
/// time-out of 1 s. No most where the ladder ends as it does with no value: the application gave up.
[[nodiscard]] std::optional<RetryRange> synRetriesOf(const BackoffLadder& ladder);
/// net.ipv4.tcp_synack_retries behind \a ladder. A full SYN queue lowers it down to 2 (reqsk_timer_handler).
[[nodiscard]] std::optional<RetryRange> synAckRetriesOf(const BackoffLadder& ladder);

} // namespace halfshake
