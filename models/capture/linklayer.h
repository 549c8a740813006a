// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/captureinterface.h"
#include "models/capture/decodestate.h"
#include "models/capture/packetview.h"

namespace halfshake {

/// Steps over the link-layer header; direction and interface index go to \a view where the header has them.
[[nodiscard]] NextHeader passLinkLayer(LinkType type, DecodeState& state, PacketView& view);

/// Steps over VLAN tags, MPLS labels and PPPoE up to the IP header.
[[nodiscard]] NextHeader passEtherType(std::uint16_t type, DecodeState& state);

/// Steps over a PPP header.
[[nodiscard]] NextHeader passPpp(DecodeState& state);

} // namespace halfshake
