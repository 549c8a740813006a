// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/decodestate.h"
#include "models/capture/packetview.h"

namespace halfshake {

/// Steps over an IPv4 or IPv6 header with options and extension headers; addresses, hop limit and identification go to
/// \a view. A later fragment carries no header of its protocol: Nothing comes after it.
[[nodiscard]] NextHeader passIp(DecodeState& state, PacketView& view);

} // namespace halfshake
