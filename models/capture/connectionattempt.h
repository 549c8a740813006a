// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"
#include "models/base/timepoint.h"
#include "models/capture/handshakeoutcome.h"
#include "models/capture/vantagepoint.h"

#include <cstdint>
#include <limits>

namespace halfshake {

/// What one packet meant to a handshake.
enum class HandshakeStep : std::uint8_t {
    Syn,
    SynRetransmission,
    SynAck,
    SynAckRetransmission, ///< By the responder's timer.
    SynAckTriggered, ///< Repeated at once because the SYN came again (tcp_check_req).
    SynAckReissue, ///< Same ack, new responder ISN: the request socket was rebuilt.
    Ack, ///< The final ACK, with or without data.
    ChallengeAck,
    Reset,
    IcmpError,
    FirstClientData,
    FirstServerData,
    Fin,
};

/// One packet of a handshake, for the ladder.
struct HandshakeEvent
{
    EvidenceTime time;
    std::uint32_t packet = 0; ///< Counted from 1.
    HandshakeStep step = HandshakeStep::Syn;
    bool isFromClient = false;
};

/// Where a handshake packet got lost, as far as this capture alone can tell (reference: tcp-handshakes 1.8).
enum class PlaceOfLoss : std::uint8_t {
    Unknown,
    InsideClientHost, ///< The SYN/ACK reached the client's host and was never answered.
    BeforeClient, ///< Sent by the server, not seen at the client.
    BeforeServer, ///< Sent by the client, not seen at the server.
    InsideServerHost, ///< Reached the server's host and was never answered.
    BeyondCapturePoint ///< Nothing came back past this point.
};

[[nodiscard]] std::string_view toString(PlaceOfLoss place);

/// A request that was on its way while the server ended the connection: nobody's fault, and no answer to it.
enum class CloseRace : std::uint8_t {
    None,
    FinCrossedRequest, ///< The server's FIN does not acknowledge the request, which was sent nevertheless.
    ResetCrossedRequest, ///< Likewise its RST.
    RequestOnClosedConnection, ///< Answered by a bare RST: the server had forgotten the connection.
};

/// One client's effort to open one TCP connection, and what became of the connection.
///
/// Identity within a capture point: client, server and the client's initial sequence number, after folding packets
/// captured twice (reference: tcp-handshakes 1.2).
struct ConnectionAttempt
{
    static constexpr std::uint32_t noLeg = std::numeric_limits<std::uint32_t>::max();

    Endpoint client; ///< The initiator; for Midstream the better guess.
    Endpoint server;
    EvidenceTime start; ///< First packet.
    EvidenceTime end; ///< Last packet.
    std::uint64_t clientBytes = 0; ///< Payload bytes, retransmissions included.
    std::uint64_t serverBytes = 0;
    Duration longestPause{}; ///< Between two payloads, of either side.
    Duration pauseBeforeRequest{}; ///< Before the client's latest payload that follows one of the server: how long the
                                   ///< connection had been idle when it was used again.
    std::uint32_t clientInitialSequenceNumber = 0;
    std::uint32_t firstPacket = 0; ///< Counted from 1.
    std::uint32_t packetCount = 0; ///< Folded duplicates not included.
    std::uint32_t firstEvent = 0; ///< Into Capture::events.
    std::uint32_t eventCount = 0;
    std::uint32_t dataRetransmissions = 0;
    std::uint32_t lostSegmentLength = 0; ///< Payload of a segment sent three times or more and never acknowledged: with
                                         ///< more than 1000 bytes the signature of an MTU black hole. 0 = none.
    std::uint16_t synRetransmissions = 0;
    std::uint16_t synAckRetransmissions = 0; ///< Timer-driven and triggered.
    std::uint16_t synAckReissues = 0;
    std::uint16_t clientZeroWindows = 0; ///< Segments by which the client says that it can take no more.
    std::uint16_t serverZeroWindows = 0;
    std::uint16_t synAckAfterAck = 0; ///< Of these, sent when the final ACK must have arrived: it was ignored.
    std::uint32_t otherLeg = noLeg; ///< Into Capture::attempts: the same connection before or after the address
                                    ///< translation of the capturing host.
    HandshakeOutcome outcome = HandshakeOutcome::Indeterminate;
    PlaceOfLoss lost = PlaceOfLoss::Unknown;
    VantagePoint vantage = VantagePoint::Unknown; ///< Where the capturing host stands in this connection.
    CloseRace closeRace = CloseRace::None;
    bool isLostSegmentOfServer = false; ///< lostSegmentLength is that of a segment of the server.
    bool isEstablished = false; ///< The handshake was completed, whatever came later.
    bool isEndCutOff = false; ///< The capture ended before the outcome was certain: shown with a question mark.
    bool reusesPort = false; ///< The same four-tuple carried an earlier attempt.
    bool hasClientFin = false;
    bool hasServerFin = false;
    bool hasClientReset = false;
    bool hasServerReset = false;
};

/// Whether the initiator did not get its connection. Knows more than the outcome: SYNs answered by challenge ACKs only
/// are a failure, while ChallengeAck usually goes on to complete.
[[nodiscard]] bool isFailure(const ConnectionAttempt& attempt);

} // namespace halfshake
