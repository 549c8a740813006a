// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/placeofloss.h"

namespace halfshake {

namespace {

/// Came in and did not go out again, on a host that passes on what goes the other way.
bool isHeldHere(const PassageState& passage)
{
    return passage.isReceived && !passage.isSent;
}

bool isPassedOn(const PassageState& passage)
{
    return passage.isReceived && passage.isSent;
}

PlaceOfLoss placeOfLostSyn(const AttemptState& state, VantagePoint vantage)
{
    switch (vantage) {
    case VantagePoint::Server:
        return PlaceOfLoss::InsideServerHost;
    case VantagePoint::Middle:
        return isHeldHere(state.clientPassage) ? PlaceOfLoss::BeforeServer : PlaceOfLoss::BeyondCapturePoint;
    case VantagePoint::Client:
    case VantagePoint::Unknown:
        return PlaceOfLoss::BeyondCapturePoint;
    }
    return PlaceOfLoss::Unknown;
}

PlaceOfLoss placeOfLostSynAck(const AttemptState& state, VantagePoint vantage)
{
    switch (vantage) {
    case VantagePoint::Client:
        return PlaceOfLoss::InsideClientHost;
    case VantagePoint::Middle:
        return isPassedOn(state.clientPassage) && isHeldHere(state.serverPassage) ? PlaceOfLoss::BeforeClient
                                                                                  : PlaceOfLoss::BeyondCapturePoint;
    case VantagePoint::Server:
    case VantagePoint::Unknown:
        return PlaceOfLoss::BeyondCapturePoint;
    }
    return PlaceOfLoss::Unknown;
}

PlaceOfLoss placeOfLostAck(VantagePoint vantage)
{
    return vantage == VantagePoint::Server ? PlaceOfLoss::InsideServerHost : PlaceOfLoss::BeyondCapturePoint;
}

} // namespace

PlaceOfLoss placeOfLoss(const AttemptState& state, HandshakeOutcome outcome, VantagePoint vantage)
{
    switch (outcome) {
    case HandshakeOutcome::SynUnanswered:
        return placeOfLostSyn(state, vantage);
    case HandshakeOutcome::SynAckUnacknowledged:
        return placeOfLostSynAck(state, vantage);
    case HandshakeOutcome::AckIgnored:
        return placeOfLostAck(vantage);
    default:
        return PlaceOfLoss::Unknown;
    }
}

} // namespace halfshake
