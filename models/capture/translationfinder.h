// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/packetview.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace halfshake {

/// Recognises a SYN or SYN/ACK that leaves the capturing host with other addresses than it came with: the two legs of
/// one connection around address translation (reference: tcp-handshakes 1.4, NAT alias).
class TranslationFinder
{
public:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// The attempt of the leg that \a view continues, or \c none. \a attempt is that of \a view.
    std::uint32_t add(const PacketView& view, EvidenceTime time, std::uint32_t attempt);

private:
    struct Sighting
    {
        std::uint64_t identity = 0;
        EvidenceTime time;
        std::uint32_t attempt = none;
        std::uint8_t hopLimit = 0;
    };
    static constexpr std::size_t slots = 1024;

    std::array<Sighting, slots> m_sightings;
};

} // namespace halfshake
