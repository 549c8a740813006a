// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/outcomefit.h"

namespace halfshake {

namespace {

bool comesUp(HandshakeOutcome outcome)
{
    switch (outcome) {
    case HandshakeOutcome::Completed:
    case HandshakeOutcome::CompletedByData:
    case HandshakeOutcome::AckIgnored:
    case HandshakeOutcome::ResetAfterAck:
    case HandshakeOutcome::OrphanSynAck:
    case HandshakeOutcome::ChallengeAck:
    case HandshakeOutcome::SimultaneousOpen:
    case HandshakeOutcome::Midstream:
        return true;
    case HandshakeOutcome::SynUnanswered:
    case HandshakeOutcome::SynAckUnacknowledged:
    case HandshakeOutcome::Refused:
    case HandshakeOutcome::IcmpRejected:
    case HandshakeOutcome::ResetByInitiator:
    case HandshakeOutcome::HalfSeen:
    case HandshakeOutcome::OneWay:
    case HandshakeOutcome::StraySynAck:
    case HandshakeOutcome::Indeterminate:
        return false;
    }
    return false;
}

/// Outcomes of a capture that did not see enough to exclude either.
bool isInconclusive(HandshakeOutcome outcome)
{
    return outcome == HandshakeOutcome::Indeterminate || outcome == HandshakeOutcome::OneWay
        || outcome == HandshakeOutcome::HalfSeen;
}

Fit fitOfUnanswered(HandshakeOutcome outcome)
{
    switch (outcome) {
    case HandshakeOutcome::SynUnanswered:
    case HandshakeOutcome::SynAckUnacknowledged:
        return Fit::Good;
    case HandshakeOutcome::OrphanSynAck:
    case HandshakeOutcome::StraySynAck:
    case HandshakeOutcome::IcmpRejected:
    case HandshakeOutcome::ResetByInitiator: // a late SYN/ACK meets a closed socket
        return Fit::Poor;
    default:
        return isInconclusive(outcome) ? Fit::Poor : Fit::Impossible;
    }
}

Fit fitOf(HandshakeOutcome outcome, HandshakeOutcome first, HandshakeOutcome second)
{
    if (outcome == first || outcome == second)
        return Fit::Good;
    return isInconclusive(outcome) ? Fit::Poor : Fit::Impossible;
}

} // namespace

FailurePhase phaseOf(ErrorClass errorClass)
{
    switch (errorClass) {
    case ErrorClass::NetUnreach:
    case ErrorClass::NoLocalPort:
    case ErrorClass::NoEndpoint:
    case ErrorClass::NoLive:
    case ErrorClass::PeerEjected:
    case ErrorClass::Dns:
    case ErrorClass::Limited:
    case ErrorClass::FdLimit:
        return FailurePhase::NothingSent;
    case ErrorClass::ConnRefused:
    case ErrorClass::SynExhausted:
    case ErrorClass::ConnectTimeout:
    case ErrorClass::HostUnreach:
    case ErrorClass::AbortInConnect:
        return FailurePhase::Connecting;
    case ErrorClass::ConnResetEarly:
    case ErrorClass::RstBeforeHeader:
    case ErrorClass::FinBeforeHeader:
    case ErrorClass::ReadTimeout:
    case ErrorClass::SendTimeout:
    case ErrorClass::WriteReset:
    case ErrorClass::Truncated:
    case ErrorClass::BadResponse:
    case ErrorClass::TlsTimeout:
    case ErrorClass::TlsFail:
    case ErrorClass::UpstreamStatus:
        return FailurePhase::Connected;
    case ErrorClass::None:
    case ErrorClass::ClientAbort:
    case ErrorClass::Other:
        return FailurePhase::Unknown;
    }
    return FailurePhase::Unknown;
}

bool isConnected(const ConnectionAttempt& attempt)
{
    return attempt.isEstablished || comesUp(attempt.outcome);
}

Fit outcomeFit(ErrorClass errorClass, HandshakeOutcome outcome)
{
    switch (errorClass) {
    case ErrorClass::ConnectTimeout:
    case ErrorClass::AbortInConnect:
        // a host is reported unreachable some seconds after the SYN: the proxy's timer may be shorter
        return outcome == HandshakeOutcome::IcmpRejected ? Fit::Good : fitOfUnanswered(outcome);
    case ErrorClass::SynExhausted:
        return fitOfUnanswered(outcome);
    case ErrorClass::ConnRefused:
        return fitOf(outcome, HandshakeOutcome::Refused, HandshakeOutcome::IcmpRejected);
    case ErrorClass::HostUnreach:
        return fitOf(outcome, HandshakeOutcome::SynUnanswered, HandshakeOutcome::IcmpRejected);
    default:
        break;
    }
    switch (phaseOf(errorClass)) {
    case FailurePhase::NothingSent:
        return Fit::Impossible;
    case FailurePhase::Connected:
        if (comesUp(outcome))
            return Fit::Good;
        return isInconclusive(outcome) ? Fit::Poor : Fit::Impossible;
    default:
        return Fit::Good;
    }
}

} // namespace halfshake
