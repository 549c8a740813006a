// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>

namespace halfshake::test {

/// A capture of many connections with HTTP-like requests, as a proxy's node sees them; some SYNs and SYN/ACKs go
/// unanswered and are repeated as Linux does.
struct GeneratedCapture
{
    std::uint32_t connections = 500'000;
    std::uint32_t responsePayload = 90; ///< Bytes.
    std::uint32_t responseSegments = 1; ///< Per request.

    std::uint64_t packets = 0; ///< Set by write(), as are the following.
    std::uint64_t synRetransmissions = 0;
    std::uint64_t synAckRetransmissions = 0;

    /// Writes a classic pcap; the same parameters give the same bytes. False where there is no room.
    [[nodiscard]] bool write(const std::string& path);
};

} // namespace halfshake::test
