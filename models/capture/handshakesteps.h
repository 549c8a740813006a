// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/attemptstate.h"
#include "models/capture/packetview.h"

#include <optional>

/// How one segment changes a connection attempt (reference: tcp-handshakes 1.3). Each says what the segment meant to
/// the handshake; nothing where it meant nothing.
namespace halfshake::handshake {

[[nodiscard]] std::optional<HandshakeStep> applySyn(
    AttemptState& state, FlowDirection direction, const TcpSegment& segment, EvidenceTime time);
[[nodiscard]] std::optional<HandshakeStep> applySynAck(
    AttemptState& state, FlowDirection direction, const TcpSegment& segment, EvidenceTime time);
[[nodiscard]] std::optional<HandshakeStep> applyReset(
    AttemptState& state, FlowDirection direction, const TcpSegment& segment);
/// A segment without SYN and RST.
[[nodiscard]] std::optional<HandshakeStep> applySegment(
    AttemptState& state, FlowDirection direction, const TcpSegment& segment, EvidenceTime time);
/// \a direction is that of the quoted segment. What the error tells about the capturing host is noted as well.
[[nodiscard]] std::optional<HandshakeStep> applyIcmpError(
    AttemptState& state, FlowDirection direction, const PacketView& error);

/// Whether \a acknowledgment takes the SYN of the attempt, with or without the data of a TCP Fast Open SYN.
[[nodiscard]] bool acknowledgesSyn(const AttemptState& state, std::uint32_t acknowledgment);

} // namespace halfshake::handshake
