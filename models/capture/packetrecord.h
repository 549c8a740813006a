// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace halfshake {

/// Which way a packet passed the capturing host, as the capture states it (SLL packet type, pcapng epb_flags).
enum class PacketDirection : std::uint8_t {
    Unknown,
    Received, ///< To this host.
    Sent, ///< By this host.
    Passing ///< Seen by this host, meant for another.
};

/// One record of a capture file, before anything in it is decoded.
struct PacketRecord
{
    EvidenceTime time;
    std::span<const std::byte> bytes; ///< As captured.
    std::uint64_t offset = 0; ///< Of the first captured byte in the file.
    std::uint32_t originalLength = 0; ///< On the wire.
    std::uint16_t linkType = 0;
    std::uint16_t interface = 0; ///< Into PacketReader::interfaces().
    PacketDirection direction = PacketDirection::Unknown;
};

} // namespace halfshake
