// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/decodestate.h"
#include "models/capture/packetview.h"

namespace halfshake {

/// Reads the TCP header at the current position into \a view. False where it is cut off before its flags.
[[nodiscard]] bool readTcp(DecodeState& state, PacketView& view);

/// Reads what an ICMP error quotes. True if that is a TCP segment, which then fills \a view.
[[nodiscard]] bool readIcmpError(DecodeState& state, bool isV6, PacketView& view);

} // namespace halfshake
