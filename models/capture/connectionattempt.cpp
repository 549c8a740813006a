// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/connectionattempt.h"

namespace halfshake {

std::string_view toString(PlaceOfLoss place)
{
    switch (place) {
    case PlaceOfLoss::Unknown:
        return "unknown";
    case PlaceOfLoss::InsideClientHost:
        return "inside client host";
    case PlaceOfLoss::BeforeClient:
        return "before client";
    case PlaceOfLoss::BeforeServer:
        return "before server";
    case PlaceOfLoss::InsideServerHost:
        return "inside server host";
    case PlaceOfLoss::BeyondCapturePoint:
        return "beyond capture point";
    }
    return "unknown";
}

bool isFailure(const ConnectionAttempt& attempt)
{
    if (attempt.outcome == HandshakeOutcome::ChallengeAck)
        return !attempt.isEstablished;
    return isFailure(attempt.outcome);
}

} // namespace halfshake
