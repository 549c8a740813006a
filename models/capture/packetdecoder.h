// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/encapsulation.h"
#include "models/capture/layertrace.h"
#include "models/capture/packetrecord.h"
#include "models/capture/packetview.h"

namespace halfshake {

/// Why a packet could not be decoded.
enum class DecodeTrouble : std::uint8_t { None, LinkTypeUnsupported, CutOff };

/// Decodes one packet down to its innermost TCP header, through VLAN tags and tunnels. Allocates nothing, unless a
/// \a trace of the headers is wanted or an encapsulation is met for the first time.
[[nodiscard]] DecodeTrouble decodePacket(
    const PacketRecord& record, EncapsulationTable& encapsulations, PacketView& view, LayerTrace* trace = nullptr);

} // namespace halfshake
