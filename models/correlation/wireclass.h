// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/failedattempt.h"
#include "models/correlation/wire.h"

#include <cstdint>
#include <optional>

namespace halfshake {

/// Why an attempt failed, now that its connection is known: what the wire shows stands in where the logs only let
/// guess. \a request is null where the capture shows none of the attempt.
[[nodiscard]] ErrorClass classOnWire(const FailedAttempt& failed, std::optional<std::uint16_t> status,
    const ConnectionAttempt& connection, const WireRequest* request);

} // namespace halfshake
