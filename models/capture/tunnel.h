// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/decodestate.h"

namespace halfshake {

/// How many tunnels inside one another are opened.
inline constexpr int deepestTunnel = 4;

/// Steps over the header of a tunnel that \a ipProtocol may carry: IP in IP, 6in4, GRE, ERSPAN, and over UDP VXLAN
/// (ports 4789 and 8472, GPE 4790), Geneve and GTP-U. Nothing where it carries none.
[[nodiscard]] NextHeader passTunnel(std::uint8_t ipProtocol, DecodeState& state);

} // namespace halfshake
