// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/retransmission.h"

#include "models/capture/sequencenumber.h"

namespace halfshake {

void SequenceTrack::startAt(std::uint32_t sequence) noexcept
{
    m_next = sequence;
    m_holeBegin = m_holeEnd = sequence;
    m_isStarted = true;
}

SegmentNovelty SequenceTrack::addPayload(std::uint32_t sequence, std::uint32_t length, EvidenceTime time) noexcept
{
    const std::uint32_t end = sequence + length;
    if (!m_isStarted)
        startAt(sequence);
    const std::int32_t ahead = sequenceDistance(m_next, sequence);
    if (ahead >= 0) {
        if (ahead > 0) {
            m_holeBegin = m_next;
            m_holeEnd = sequence;
            m_holeSince = time;
        }
        m_next = end;
        return SegmentNovelty::New;
    }
    if (length == 1 && ahead == -1)
        return SegmentNovelty::KeepAlive;
    const bool fillsHole = m_holeBegin != m_holeEnd && sequenceDistance(m_holeBegin, sequence) >= 0
        && sequenceDistance(end, m_holeEnd) >= 0;
    if (sequenceDistance(m_next, end) > 0)
        m_next = end;
    if (!fillsHole)
        return SegmentNovelty::Retransmission;
    if (sequence == m_holeBegin)
        m_holeBegin = end;
    return time - m_holeSince <= reorderingLimit ? SegmentNovelty::OutOfOrder : SegmentNovelty::Retransmission;
}

void SequenceTrack::addFin(std::uint32_t sequence) noexcept
{
    if (!m_isStarted || sequenceDistance(m_next, sequence + 1) > 0) {
        m_next = sequence + 1;
        m_isStarted = true;
    }
}

} // namespace halfshake
