// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/failedattempt.h"
#include "models/correlation/wire.h"

#include <cstdint>
#include <optional>

namespace halfshake {

/// Why an attempt failed, now that its connection is known: what the wire shows stands in where the logs only let
/// guess. \a responseStatus is that of its request on the wire, 0 where no answer
/// came while the attempt lasted; nothing where the capture shows no request of it.
[[nodiscard]] ErrorClass classOnWire(const FailedAttempt& failed, std::optional<std::uint16_t> status,
    const ConnectionAttempt& connection, std::optional<std::uint16_t> responseStatus);

} // namespace halfshake
