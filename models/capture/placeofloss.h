// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/attemptstate.h"
#include "models/capture/vantagepoint.h"

namespace halfshake {

/// Where the packet that ended a handshake got lost, as far as one capture tells (reference: tcp-handshakes 1.8).
[[nodiscard]] PlaceOfLoss placeOfLoss(const AttemptState& state, HandshakeOutcome outcome, VantagePoint vantage);

} // namespace halfshake
