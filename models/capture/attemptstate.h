// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"
#include "models/capture/connectionattempt.h"
#include "models/capture/flowtable.h"
#include "models/capture/retransmission.h"

#include <array>
#include <cstdint>
#include <limits>
#include <utility>

namespace halfshake {

/// One direction of a connection attempt.
struct AttemptDirection
{
    SequenceTrack sequence;
    std::uint64_t bytes = 0;
    std::uint32_t packets = 0;
    std::uint32_t repeatedSequence = 0; ///< Of the segment that is sent again and again...
    std::uint32_t repeatedLength = 0; ///< ...its payload...
    std::uint16_t zeroWindows = 0; ///< Advertised by this side.
    std::uint8_t repeats = 0; ///< ...and how often, as long as it is not acknowledged.
    bool hasData = false;
    bool hasFin = false;
    bool hasReset = false;
};

/// One initial sequence number the responder answered with.
struct ResponderNumber
{
    std::uint32_t initial = 0;
    EvidenceTime last; ///< Its latest SYN/ACK.
};

/// How the handshake packets of one side passed the capturing host: its SYN or SYN/ACK, or the RST in their place.
struct PassageState
{
    std::uint8_t hopLimit = 0; ///< Of the first sighting; 0 = none.
    bool isSent = false; ///< By this host, at least once.
    bool isReceived = false;
};

/// Everything that is known about a connection attempt while its packets are read.
///
/// Directions are those of the flow, because a connection met midway may turn out to be the other way round. What every
/// packet touches stands first, so that an open connection needs few cache lines.
struct AttemptState
{
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::size_t mostResponderNumbers = 4;

    std::array<AttemptDirection, 2> directions;
    EvidenceTime start;
    EvidenceTime end;

    FlowDirection clientDirection = FlowDirection::FromLower;
    std::uint8_t responderNumberCount = 0;
    bool isAcknowledged = false; ///< Final ACK seen.
    bool isServerAlive = false; ///< The responder went on after the final ACK.
    bool hasClientSegment = false; ///< Anything of the client beyond SYN and RST.
    bool hasServerSegment = false; ///< Anything of the server beyond SYN/ACK and RST.
    bool isOriented = false; ///< A payload told client from server.
    bool isAcknowledgedByData = false;
    std::uint16_t synCount = 0;
    std::uint16_t synAckAfterAck = 0;
    std::uint32_t initialSequence = 0; ///< Of the client.
    std::uint32_t acknowledgedNumber = 0; ///< The responder number the final ACK took.
    std::uint32_t openRequest = none; ///< Into the requests: the one that waits for its response.
    std::uint32_t dataRetransmissions = 0;
    std::uint32_t flow = Flow::none;
    std::uint32_t requestSequence = 0; ///< Of the client's first payload after the server's latest.
    EvidenceTime latestPayload;
    Duration longestPause{};
    Duration pauseBeforeRequest{};
    bool isRequestUnanswered = false;
    bool isClosedByServer = false; ///< By FIN or RST.
    CloseRace closeRace = CloseRace::None;

    EvidenceTime firstSyn;
    EvidenceTime lastSyn;
    EvidenceTime lastSynAck;
    EvidenceTime acknowledged; ///< The final ACK.
    Duration responseTime{}; ///< SYN to SYN/ACK at this capture point; 0 where unknown.
    Duration lastSynGap{};
    Duration lastSynAckGap{}; ///< Between timer-driven SYN/ACKs of one responder number.
    std::array<ResponderNumber, mostResponderNumbers> responderNumbers;

    std::uint32_t previousOfFlow = none;
    std::uint32_t otherLeg = none; ///< The same connection before or after address translation.
    std::uint32_t firstPacket = 0;
    std::uint32_t fastOpenLength = 0; ///< Payload of the SYN.
    std::uint32_t closeAcknowledgment = 0; ///< What the server had when it closed.
    std::uint32_t foreignAcknowledgment = 0; ///< Of a challenge ACK or of a SYN/ACK for another SYN.

    std::uint16_t synRetransmissions = 0;
    std::uint16_t synAckRetransmissions = 0;
    std::uint16_t synAckReissues = 0;
    std::uint16_t resetEvents = 0;

    PassageState clientPassage;
    PassageState serverPassage;

    bool isSynAnswered = false; ///< The latest SYN has got its SYN/ACK.
    bool isSimultaneous = false;
    bool hasChallengeAck = false;
    bool isChallengeAnswered = false; ///< The initiator sent the RST that a challenge ACK asks for.
    bool isRefused = false;
    bool isIcmpRejected = false;
    bool isRejectedHere = false; ///< The ICMP error was sent by the capturing host, which is not the server.
    bool isResetByInitiator = false;
    bool isResetAfterAck = false;
    bool hasOrphanSynAck = false;
    bool hasForeignSynAck = false; ///< A SYN/ACK that acknowledges another SYN.
    bool reusesPort = false;

    [[nodiscard]] AttemptDirection& client() { return directions[std::to_underlying(clientDirection)]; }
    [[nodiscard]] AttemptDirection& server() { return directions[std::to_underlying(opposite(clientDirection))]; }
    [[nodiscard]] const AttemptDirection& client() const { return directions[std::to_underlying(clientDirection)]; }
    [[nodiscard]] const AttemptDirection& server() const
    {
        return directions[std::to_underlying(opposite(clientDirection))];
    }
    [[nodiscard]] bool hasSyn() const { return synCount > 0; }
    [[nodiscard]] bool hasSynAck() const { return responderNumberCount > 0; }
};

} // namespace halfshake
