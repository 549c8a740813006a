// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <cstdint>

namespace halfshake {

/// What a payload segment is compared with those before it in its direction.
enum class SegmentNovelty : std::uint8_t {
    New,
    Retransmission, ///< Bytes that were sent before, or that fill a hole too late to have been merely reordered.
    OutOfOrder, ///< Fills a hole within \c SequenceTrack::reorderingLimit.
    KeepAlive, ///< One byte before the next one (RFC 9293 3.8.4).
};

/// How far one direction of a connection has got.
class SequenceTrack
{
public:
    /// Packets that are only reordered arrive within this time (Wireshark's limit where the round trip is unknown).
    static constexpr Duration reorderingLimit = std::chrono::milliseconds{3};

    /// The first sequence number of the direction, or the first one seen.
    void startAt(std::uint32_t sequence) noexcept;

    [[nodiscard]] bool isStarted() const noexcept { return m_isStarted; }
    [[nodiscard]] std::uint32_t next() const noexcept { return m_next; }

    /// \a length is above 0.
    [[nodiscard]] SegmentNovelty addPayload(std::uint32_t sequence, std::uint32_t length, EvidenceTime time) noexcept;
    void addFin(std::uint32_t sequence) noexcept;

private:
    EvidenceTime m_holeSince;
    std::uint32_t m_next = 0;
    std::uint32_t m_holeBegin = 0;
    std::uint32_t m_holeEnd = 0;
    bool m_isStarted = false;
};

} // namespace halfshake
