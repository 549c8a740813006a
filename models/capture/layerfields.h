// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/fieldbuilder.h"

/// One header of a packet as a tree of named fields, for people. Each takes the packet's bytes and where the header
/// lies, which may be cut off anywhere.
namespace halfshake::layerfields {

[[nodiscard]] PacketField linkLayer(std::span<const std::byte> packet, const Layer& layer);
[[nodiscard]] PacketField ip(std::span<const std::byte> packet, const Layer& layer);
[[nodiscard]] PacketField tunnel(std::span<const std::byte> packet, const Layer& layer);
[[nodiscard]] PacketField tcp(std::span<const std::byte> packet, const Layer& layer);
[[nodiscard]] PacketField icmp(std::span<const std::byte> packet, const Layer& layer);
[[nodiscard]] PacketField payload(std::span<const std::byte> packet, const Layer& layer);

/// The TCP options between \a begin and the end of the header, as a row of names: "MSS=1460 WS=128 SACK_PERM".
[[nodiscard]] std::string tcpOptionSummary(std::span<const std::byte> options);

} // namespace halfshake::layerfields
