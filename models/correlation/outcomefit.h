// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/connectionattempt.h"
#include "models/logs/errorclass.h"

#include <cstdint>
#include <optional>

namespace halfshake {

/// How far an attempt got before it failed.
enum class FailurePhase : std::uint8_t {
    Unknown,
    NothingSent, ///< Before the first packet.
    Connecting,
    Connected, ///< The request was on its way, or TLS was.
};

[[nodiscard]] FailurePhase phaseOf(ErrorClass errorClass);

enum class Fit : std::uint8_t { Impossible, Poor, Good };

/// Whether a connection that ended like this can be that of an attempt that failed like that
/// (reference: proxy-logs 2.1).
[[nodiscard]] Fit outcomeFit(ErrorClass errorClass, HandshakeOutcome outcome);

/// Whether the client's side of the connection came up.
[[nodiscard]] bool isConnected(const ConnectionAttempt& attempt);

} // namespace halfshake
