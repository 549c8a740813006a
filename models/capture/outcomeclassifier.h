// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/attemptstate.h"

#include <optional>

namespace halfshake {

/// How long an attempt could be watched.
struct ObservationSpan
{
    EvidenceTime captureStart;
    EvidenceTime captureEnd;
    bool isTupleReused = false; ///< The same ports carried another attempt later: this one had ended.
};

struct OutcomeVerdict
{
    HandshakeOutcome outcome = HandshakeOutcome::Indeterminate;
    bool isEndCutOff = false; ///< The capture ended before the outcome was certain.
};

/// What became of an attempt (reference: tcp-handshakes 1.5).
[[nodiscard]] OutcomeVerdict classify(const AttemptState& state, const ObservationSpan& span);

} // namespace halfshake
