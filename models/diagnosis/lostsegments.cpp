// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/lostsegments.h"

#include <algorithm>

namespace halfshake {

namespace {

/// Tunnels take 20 to 100 bytes of the usual 1500.
constexpr std::uint32_t largePacket = 1'200;
constexpr std::uint32_t enough = 3;
/// What is sent before the first acknowledgment of it: the initial window, a probe, two by limited transmit (RFC 6928,
/// RFC 8985 7, RFC 3042).
constexpr std::uint32_t mostUnacknowledged = 13;
/// A connection among millions of other packets is not followed to its end.
constexpr std::size_t mostRows = 200'000;

} // namespace

bool losesLargeSegments(const Capture& capture, std::uint32_t attempt)
{
    const auto& connection = capture.attempts[attempt];
    if (!connection.isEstablished || connection.dataRetransmissions < enough || connection.firstPacket == 0)
        return false;
    std::uint32_t seen = 0;
    std::uint32_t large = 0;
    const auto end = std::min(capture.packets.size(), connection.firstPacket - 1 + mostRows);
    for (std::size_t row = connection.firstPacket - 1; row < end && seen < connection.packetCount; ++row) {
        if (capture.packets.attempt(row) != attempt)
            continue;
        const auto packet = capture.packets.row(row);
        seen += packet.isDuplicate ? 0 : 1;
        large += !packet.isDuplicate && packet.location.originalLength >= largePacket ? 1 : 0;
    }
    // what is repeated is what is large, and no acknowledgment of it ever let more be sent
    return large >= enough && large <= connection.dataRetransmissions + mostUnacknowledged;
}

} // namespace halfshake
