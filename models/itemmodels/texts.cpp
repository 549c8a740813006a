// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/texts.h"

#include "models/itemmodels/textcontext.h"

namespace halfshake::texts {

namespace {

QString argument(const LinkReason& reason, std::size_t index)
{
    return index < reason.arguments.size() ? QString::fromStdString(reason.arguments[index]) : QString();
}

QString outcomeName(HandshakeOutcome outcome)
{
    switch (outcome) {
    case HandshakeOutcome::Completed:
        return Texts::tr("completed");
    case HandshakeOutcome::CompletedByData:
        return Texts::tr("completed by data");
    case HandshakeOutcome::SynUnanswered:
        return Texts::tr("SYN unanswered");
    case HandshakeOutcome::SynAckUnacknowledged:
        return Texts::tr("SYN/ACK unanswered");
    case HandshakeOutcome::AckIgnored:
        return Texts::tr("ACK ignored");
    case HandshakeOutcome::OrphanSynAck:
        return Texts::tr("orphan SYN/ACK");
    case HandshakeOutcome::Refused:
        return Texts::tr("refused");
    case HandshakeOutcome::IcmpRejected:
        return Texts::tr("rejected by ICMP");
    case HandshakeOutcome::ResetByInitiator:
        return Texts::tr("reset by client");
    case HandshakeOutcome::ResetAfterAck:
        return Texts::tr("reset after ACK");
    case HandshakeOutcome::ChallengeAck:
        return Texts::tr("challenge ACK");
    case HandshakeOutcome::SimultaneousOpen:
        return Texts::tr("simultaneous open");
    case HandshakeOutcome::HalfSeen:
        return Texts::tr("half seen");
    case HandshakeOutcome::Midstream:
        return Texts::tr("began before the capture");
    case HandshakeOutcome::OneWay:
        return Texts::tr("one direction seen");
    case HandshakeOutcome::StraySynAck:
        return Texts::tr("stray SYN/ACK");
    case HandshakeOutcome::Indeterminate:
        return Texts::tr("cannot tell");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QString outcome(const ConnectionAttempt& attempt)
{
    const QString name = outcomeName(attempt.outcome);
    return attempt.isEndCutOff ? Texts::tr("%1?", "an outcome that the capture ended too early to confirm").arg(name)
                               : name;
}

QString outcomeExplanation(HandshakeOutcome outcome)
{
    switch (outcome) {
    case HandshakeOutcome::Completed:
        return Texts::tr("SYN, SYN/ACK and the final ACK were seen, and the server went on.");
    case HandshakeOutcome::CompletedByData:
        return Texts::tr("The final ACK itself was not seen; the client's first data acknowledged the SYN/ACK.");
    case HandshakeOutcome::SynUnanswered:
        return Texts::tr("The client sent its SYN, and nothing of the server was seen.");
    case HandshakeOutcome::SynAckUnacknowledged:
        return Texts::tr("The server answered with SYN/ACK, and the client never sent the final ACK.");
    case HandshakeOutcome::AckIgnored:
        return Texts::tr("The final ACK was seen, yet the server went on repeating its SYN/ACK as if it had not come.");
    case HandshakeOutcome::OrphanSynAck:
        return Texts::tr("A second SYN/ACK with another sequence number was repeated; nobody ever acknowledged it.");
    case HandshakeOutcome::Refused:
        return Texts::tr("The server answered the SYN with RST: nothing listens there, or something rejects it.");
    case HandshakeOutcome::IcmpRejected:
        return Texts::tr("An ICMP error came back for the SYN.");
    case HandshakeOutcome::ResetByInitiator:
        return Texts::tr("The client answered the SYN/ACK with RST instead of ACK.");
    case HandshakeOutcome::ResetAfterAck:
        return Texts::tr("The server reset the connection after the final ACK, before it sent anything.");
    case HandshakeOutcome::ChallengeAck:
        return Texts::tr("The server answered the SYN with an ACK that belongs to an older connection.");
    case HandshakeOutcome::SimultaneousOpen:
        return Texts::tr("Both ends sent a SYN to each other.");
    case HandshakeOutcome::HalfSeen:
        return Texts::tr("SYN or SYN/ACK is missing in the capture, but later traffic proves that it was accepted.");
    case HandshakeOutcome::Midstream:
        return Texts::tr("The connection was open before the capture began; its handshake was not seen.");
    case HandshakeOutcome::OneWay:
        return Texts::tr("Only one direction of the connection was captured.");
    case HandshakeOutcome::StraySynAck:
        return Texts::tr("A SYN/ACK arrived for which no SYN was seen.");
    case HandshakeOutcome::Indeterminate:
        return Texts::tr("The capture begins or ends too close to this attempt to tell what became of it.");
    }
    Q_UNREACHABLE_RETURN({});
}

QString step(HandshakeStep step)
{
    switch (step) {
    case HandshakeStep::Syn:
        return Texts::tr("SYN");
    case HandshakeStep::SynRetransmission:
        return Texts::tr("SYN repeated");
    case HandshakeStep::SynAck:
        return Texts::tr("SYN/ACK");
    case HandshakeStep::SynAckRetransmission:
        return Texts::tr("SYN/ACK repeated");
    case HandshakeStep::SynAckTriggered:
        return Texts::tr("SYN/ACK again");
    case HandshakeStep::SynAckReissue:
        return Texts::tr("SYN/ACK with a new sequence number");
    case HandshakeStep::Ack:
        return Texts::tr("ACK");
    case HandshakeStep::ChallengeAck:
        return Texts::tr("challenge ACK");
    case HandshakeStep::Reset:
        return Texts::tr("RST");
    case HandshakeStep::IcmpError:
        return Texts::tr("ICMP error");
    case HandshakeStep::FirstClientData:
        return Texts::tr("first data of the client");
    case HandshakeStep::FirstServerData:
        return Texts::tr("first data of the server");
    case HandshakeStep::Fin:
        return Texts::tr("FIN");
    }
    Q_UNREACHABLE_RETURN({});
}

QString placeOfLoss(PlaceOfLoss place)
{
    switch (place) {
    case PlaceOfLoss::Unknown:
        return Texts::tr("This capture alone cannot tell where the packet was lost.");
    case PlaceOfLoss::InsideClientHost:
        return Texts::tr("The SYN/ACK reached the client's host and was dropped inside it.");
    case PlaceOfLoss::BeforeClient:
        return Texts::tr("Lost between the server and the client.");
    case PlaceOfLoss::BeforeServer:
        return Texts::tr("Lost between the client and the server.");
    case PlaceOfLoss::InsideServerHost:
        return Texts::tr("Reached the server's host and was never answered there.");
    case PlaceOfLoss::BeyondCapturePoint:
        return Texts::tr("Nothing came back past the place of this capture.");
    }
    Q_UNREACHABLE_RETURN({});
}

QString vantage(VantagePoint vantage)
{
    switch (vantage) {
    case VantagePoint::Unknown:
        return Texts::tr("place of capture not clear");
    case VantagePoint::Client:
        return Texts::tr("captured at the client");
    case VantagePoint::Server:
        return Texts::tr("captured at the server");
    case VantagePoint::Middle:
        return Texts::tr("captured on the way between client and server");
    }
    Q_UNREACHABLE_RETURN({});
}

QString linkReason(const LinkReason& reason)
{
    switch (reason.code) {
    case LinkReasonCode::RequestIdOnWire:
        return Texts::tr("its request id was seen on this connection");
    case LinkReasonCode::TargetOnWire:
        return Texts::tr("its request was seen on this connection");
    case LinkReasonCode::AddressMatches:
        return Texts::tr("same upstream address %1").arg(argument(reason, 0));
    case LinkReasonCode::StartsInsideInterval:
        if (argument(reason, 0) == QLatin1String("0"))
            return Texts::tr("the first SYN lies inside the time in which the log says the attempt began");
        return Texts::tr("the first SYN lies %1 from the time in which the log says the attempt began")
            .arg(argument(reason, 0));
    case LinkReasonCode::OnlyCandidate:
        return Texts::tr("the only one of %1 connections that fits").arg(argument(reason, 0));
    case LinkReasonCode::OutcomeFits:
        return Texts::tr("how it ended (%1) fits the error (%2)").arg(argument(reason, 0), argument(reason, 1));
    case LinkReasonCode::DurationFits:
        return Texts::tr("its duration %1 fits %2").arg(argument(reason, 0), argument(reason, 1));
    case LinkReasonCode::UniqueAssignment:
        return Texts::tr("every rival fits another attempt better");
    }
    Q_UNREACHABLE_RETURN({});
}

QString noLinkReason(NoLinkReason reason)
{
    switch (reason) {
    case NoLinkReason::None:
        return {};
    case NoLinkReason::NoCapture:
        return Texts::tr("There is no packet capture in the evidence.");
    case NoLinkReason::OutsideCaptureWindow:
        return Texts::tr("No capture covers the time of this attempt.");
    case NoLinkReason::UpstreamNotCaptured:
        return Texts::tr(
            "The captures hold no traffic with this upstream address: they were taken at another place, or "
            "a capture filter left it out.");
    case NoLinkReason::NothingOnWire:
        return Texts::tr("This kind of failure sends no packet, so there is none to show.");
    case NoLinkReason::StartUnknown:
        return Texts::tr("The log does not say when this attempt began: it lacks the request or response times.");
    case NoLinkReason::ClockUnknown:
        return Texts::tr("The clocks of log and capture could not be brought together.");
    case NoLinkReason::NoCandidate:
        return Texts::tr("The time and the upstream were captured, but no connection fits this attempt.");
    case NoLinkReason::Ambiguous:
        return Texts::tr("Several connections fit this attempt equally well.");
    }
    Q_UNREACHABLE_RETURN({});
}

QString verdict(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Fires:
        return Texts::tr("Fires");
    case Verdict::Clear:
        return Texts::tr("Clear");
    case Verdict::Unknown:
        return Texts::tr("Not evaluated");
    case Verdict::NotApplicable:
        return Texts::tr("Not applicable");
    case Verdict::Error:
        return Texts::tr("Rule error");
    }
    Q_UNREACHABLE_RETURN({});
}

QString severity(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return Texts::tr("Note");
    case Severity::Warning:
        return Texts::tr("Warning");
    case Severity::Error:
        return Texts::tr("Conflict");
    }
    Q_UNREACHABLE_RETURN({});
}

QString certainty(Certainty certainty)
{
    switch (certainty) {
    case Certainty::Confirmed:
        return Texts::tr("Confirmed");
    case Certainty::Likely:
        return Texts::tr("Likely");
    case Certainty::Possible:
        return Texts::tr("Possible");
    case Certainty::Excluded:
        return Texts::tr("Excluded");
    }
    Q_UNREACHABLE_RETURN({});
}

QString evidenceKind(const Evidence& evidence)
{
    if (!evidence.format.empty())
        return QString::fromStdString(evidence.format);
    switch (evidence.kind) {
    case EvidenceKind::Capture:
        return Texts::tr("packet capture");
    case EvidenceKind::ProxyLog:
        return Texts::tr("proxy log");
    case EvidenceKind::Parameters:
        return Texts::tr("parameters");
    case EvidenceKind::Text:
        return Texts::tr("text, not analysed");
    case EvidenceKind::Unknown:
        break;
    }
    return evidence.state == EvidenceState::Waiting || evidence.state == EvidenceState::Reading
        ? QString()
        : Texts::tr("not recognised");
}

QString evidenceState(const Evidence& evidence)
{
    switch (evidence.state) {
    case EvidenceState::Waiting:
        return Texts::tr("waiting");
    case EvidenceState::Reading:
        return Texts::tr("reading");
    case EvidenceState::Read:
        return evidence.diagnostics.isEmpty() ? Texts::tr("read") : Texts::tr("read, with remarks");
    case EvidenceState::Failed:
        return Texts::tr("not usable");
    case EvidenceState::Cancelled:
        return Texts::tr("cancelled");
    }
    Q_UNREACHABLE_RETURN({});
}

QString trackName(TrackKind kind)
{
    switch (kind) {
    case TrackKind::Requests:
        return Texts::tr("Requests");
    case TrackKind::FailingUpstreamAttempts:
        return Texts::tr("Failing attempts");
    case TrackKind::FailedConnections:
        return Texts::tr("Failed connections");
    case TrackKind::SynRetransmissions:
        return Texts::tr("SYN repeated");
    case TrackKind::SynAckRetransmissions:
        return Texts::tr("SYN/ACK repeated");
    case TrackKind::ErrorLog:
        return Texts::tr("Error log");
    case TrackKind::ApplicationLog:
        return Texts::tr("Application log");
    case TrackKind::KernelLog:
        return Texts::tr("Kernel log");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace halfshake::texts
