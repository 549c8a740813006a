// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/capture.h"
#include "models/correlation/clockestimate.h"

#include <cstdint>
#include <vector>

namespace halfshake {

/// A client's initial sequence number and the connection attempt that began with it.
struct InitialSequenceNumber
{
    std::uint32_t number = 0;
    std::uint32_t attempt = 0; ///< Into Capture::attempts.

    auto operator<=>(const InitialSequenceNumber&) const noexcept = default;
};

/// Whether the capture saw the SYN or the SYN/ACK, which state the client's initial sequence number.
[[nodiscard]] bool hasInitialSequenceNumber(const ConnectionAttempt& attempt);

/// Those of all attempts of a capture that have one, in ascending order.
[[nodiscard]] std::vector<InitialSequenceNumber> initialSequenceNumbers(const Capture& capture);

/// The clock of \a capture against that of \a against, by the handshakes both saw (reference: tcp-handshakes 1.8).
[[nodiscard]] ClockEstimate estimateCaptureClock(const Capture& capture,
    const std::vector<InitialSequenceNumber>& numbers, const Capture& against,
    const std::vector<InitialSequenceNumber>& numbersAgainst);

} // namespace halfshake
