// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <chrono>
#include <vector>

namespace halfshake {

/// Linux retransmission timers of the handshake (reference: tcp-handshakes 1.7; ip-sysctl.rst tcp_syn_retries,
/// tcp_syn_linear_timeouts, tcp_synack_retries; RFC 6298 2.1: initial RTO 1 s).
namespace backoff {

/// Nominal offsets of the SYN retransmissions from the first SYN.
[[nodiscard]] std::vector<Duration> synOffsets(int synRetries, int linearTimeouts);

/// Nominal time from the first SYN until connect() fails with ETIMEDOUT.
[[nodiscard]] Duration synGiveUp(int synRetries, int linearTimeouts);

/// Nominal offsets of the timer-driven SYN/ACK retransmissions from the first SYN/ACK.
[[nodiscard]] std::vector<Duration> synAckOffsets(int synAckRetries);

/// Nominal time from the first SYN/ACK until the request socket is dropped.
[[nodiscard]] Duration synAckGiveUp(int synAckRetries);

/// Whether \a measured is what a kernel timer of \a expected gives: timers are late, never early
/// (0.98 e <= m <= 1.125 e + 0.1 s).
[[nodiscard]] bool matches(Duration measured, Duration expected);

} // namespace backoff

} // namespace halfshake
