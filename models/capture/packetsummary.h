// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/layertrace.h"
#include "models/capture/packetview.h"

#include <cstddef>
#include <span>
#include <string>

namespace halfshake {

/// One line for one packet: "10.0.0.1:40000 → 10.0.0.2:80 [SYN] Seq=1 Win=64240 Len=0 MSS=1460 WS=128".
[[nodiscard]] std::string packetSummary(
    std::span<const std::byte> packet, const PacketView& view, const LayerTrace& trace);

} // namespace halfshake
