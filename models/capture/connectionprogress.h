// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/attemptstate.h"
#include "models/capture/packetview.h"
#include "models/capture/sequencenumber.h"

#include <cstdint>
#include <limits>
#include <utility>

namespace halfshake {

/// What happens to a connection after its handshake, as far as causes need it: pauses, a request that crosses the end
/// of the connection, segments that never arrive.
namespace progress {

/// Takes a segment with payload.
void addPayload(
    AttemptState& state, FlowDirection direction, const TcpSegment& segment, SegmentNovelty novelty, EvidenceTime time);

/// Takes the FIN or RST of either side.
void addClose(AttemptState& state, FlowDirection direction, const TcpSegment& segment);

/// Takes the acknowledgment and window of any segment that is neither SYN nor RST.
inline void addAcknowledgment(AttemptState& state, FlowDirection direction, const TcpSegment& segment)
{
    AttemptDirection& acknowledging = state.directions[std::to_underlying(direction)];
    AttemptDirection& acknowledged = state.directions[std::to_underlying(opposite(direction))];
    if (segment.window == 0 && acknowledging.zeroWindows < std::numeric_limits<std::uint16_t>::max())
        ++acknowledging.zeroWindows;
    if (acknowledged.repeats > 0 && sequenceDistance(acknowledged.repeatedSequence, segment.acknowledgment) > 0)
        acknowledged.repeats = 0;
}

} // namespace progress

} // namespace halfshake
