// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/handshakeoutcome.h"

namespace halfshake {

std::string_view toString(HandshakeOutcome outcome)
{
    switch (outcome) {
    case HandshakeOutcome::Completed:
        return "completed";
    case HandshakeOutcome::CompletedByData:
        return "completed_by_data";
    case HandshakeOutcome::SynUnanswered:
        return "syn_unanswered";
    case HandshakeOutcome::SynAckUnacknowledged:
        return "syn_ack_unacknowledged";
    case HandshakeOutcome::AckIgnored:
        return "ack_ignored";
    case HandshakeOutcome::OrphanSynAck:
        return "orphan_syn_ack";
    case HandshakeOutcome::Refused:
        return "refused";
    case HandshakeOutcome::IcmpRejected:
        return "icmp_rejected";
    case HandshakeOutcome::ResetByInitiator:
        return "reset_by_initiator";
    case HandshakeOutcome::ResetAfterAck:
        return "reset_after_ack";
    case HandshakeOutcome::ChallengeAck:
        return "challenge_ack";
    case HandshakeOutcome::SimultaneousOpen:
        return "simultaneous_open";
    case HandshakeOutcome::HalfSeen:
        return "half_seen";
    case HandshakeOutcome::Midstream:
        return "midstream";
    case HandshakeOutcome::OneWay:
        return "one_way";
    case HandshakeOutcome::StraySynAck:
        return "stray_syn_ack";
    case HandshakeOutcome::Indeterminate:
        return "indeterminate";
    }
    return "indeterminate";
}

bool isFailure(HandshakeOutcome outcome)
{
    switch (outcome) {
    case HandshakeOutcome::SynUnanswered:
    case HandshakeOutcome::SynAckUnacknowledged:
    case HandshakeOutcome::AckIgnored:
    case HandshakeOutcome::Refused:
    case HandshakeOutcome::IcmpRejected:
    case HandshakeOutcome::ResetByInitiator:
    case HandshakeOutcome::ResetAfterAck:
        return true;
    case HandshakeOutcome::Completed:
    case HandshakeOutcome::CompletedByData:
    case HandshakeOutcome::OrphanSynAck:
    case HandshakeOutcome::ChallengeAck:
    case HandshakeOutcome::SimultaneousOpen:
    case HandshakeOutcome::HalfSeen:
    case HandshakeOutcome::Midstream:
    case HandshakeOutcome::OneWay:
    case HandshakeOutcome::StraySynAck:
    case HandshakeOutcome::Indeterminate:
        return false;
    }
    return false;
}

} // namespace halfshake
