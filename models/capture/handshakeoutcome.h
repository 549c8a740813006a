// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string_view>

namespace halfshake {

/// How a connection attempt ended (reference: tcp-handshakes 1.5). The names are those of the analysis schema.
enum class HandshakeOutcome : std::uint8_t {
    Completed, ///< Final ACK seen, and the responder went on.
    CompletedByData, ///< As Completed, but the first valid ACK carried data.
    SynUnanswered, ///< No segment of the responder at all.
    SynAckUnacknowledged, ///< SYN/ACK seen, no final ACK: what Halfshake is named after. Also where a challenge ACK
                          ///< came in its place and was not answered either.
    AckIgnored, ///< Final ACK seen, the SYN/ACK still repeated afterwards.
    OrphanSynAck, ///< SYN/ACKs of an ISN nobody acknowledges while data flows on another.
    Refused, ///< RST of the responder, ack = ISN + 1, before any SYN/ACK.
    IcmpRejected, ///< An ICMP error quotes the SYN.
    ResetByInitiator, ///< RST of the initiator after the SYN/ACK.
    ResetAfterAck, ///< RST of the responder after the final ACK, before any data of it.
    ChallengeAck, ///< SYN answered by an ACK of an older connection.
    SimultaneousOpen,
    HalfSeen, ///< SYN or SYN/ACK is missing, later traffic proves life.
    Midstream, ///< The capture began inside the connection.
    OneWay, ///< Only one direction was captured.
    StraySynAck, ///< SYN/ACK without a SYN, answered by RST or nothing.
    Indeterminate, ///< The capture began or ended too close to tell.
};

/// "syn_unanswered"
[[nodiscard]] std::string_view toString(HandshakeOutcome outcome);

/// Whether the initiator did not get its connection.
[[nodiscard]] bool isFailure(HandshakeOutcome outcome);

} // namespace halfshake
