// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/connectionprogress.h"

#include "models/capture/packettable.h"
#include "models/capture/sequencenumber.h"

#include <algorithm>

namespace halfshake::progress {

namespace {

void addRepeat(AttemptDirection& direction, const TcpSegment& segment)
{
    constexpr std::uint8_t enough = 100;
    if (direction.repeats == 0 || direction.repeatedSequence != segment.sequence) {
        direction.repeats = 0;
        direction.repeatedSequence = segment.sequence;
        direction.repeatedLength = segment.payloadLength;
    }
    direction.repeats = std::min<std::uint8_t>(direction.repeats + 1, enough);
}

/// Whether the server sent \a close before it had the open request: it acknowledges what came before it.
bool isBeforeRequest(const AttemptState& state, const TcpSegment& close)
{
    return state.isRequestUnanswered && (close.flags & tcpflag::ack) != 0
        && sequenceDistance(close.acknowledgment, state.requestSequence) >= 0;
}

void addServerClose(AttemptState& state, const TcpSegment& segment)
{
    const bool isReset = (segment.flags & tcpflag::rst) != 0;
    if (!state.isClosedByServer) {
        state.isClosedByServer = true;
        state.closeAcknowledgment =
            (segment.flags & tcpflag::ack) != 0 ? segment.acknowledgment : state.client().sequence.next();
    }
    if (state.closeRace != CloseRace::None || !state.isRequestUnanswered)
        return;
    if (isBeforeRequest(state, segment))
        state.closeRace = isReset ? CloseRace::ResetCrossedRequest : CloseRace::FinCrossedRequest;
    else if (isReset && (segment.flags & tcpflag::ack) == 0 && state.server().hasData)
        state.closeRace = CloseRace::RequestOnClosedConnection;
}

void addClientPayload(AttemptState& state, const TcpSegment& segment, Duration pause)
{
    if (!state.isRequestUnanswered) {
        state.isRequestUnanswered = true;
        state.requestSequence = segment.sequence;
        state.pauseBeforeRequest = pause;
    }
    const bool isTooLate = state.isClosedByServer && sequenceDistance(state.closeAcknowledgment, segment.sequence) >= 0;
    if (isTooLate && state.closeRace == CloseRace::None)
        state.closeRace = state.server().hasReset ? CloseRace::ResetCrossedRequest : CloseRace::FinCrossedRequest;
}

} // namespace

void addPayload(
    AttemptState& state, FlowDirection direction, const TcpSegment& segment, SegmentNovelty novelty, EvidenceTime time)
{
    if (novelty == SegmentNovelty::Retransmission)
        addRepeat(state.directions[std::to_underlying(direction)], segment);
    if (novelty != SegmentNovelty::New)
        return;
    const bool isFirst = !state.client().hasData && !state.server().hasData;
    const Duration pause = isFirst ? Duration{} : std::max(time - state.latestPayload, Duration{});
    state.latestPayload = time;
    state.longestPause = std::max(state.longestPause, pause);
    if (direction == state.clientDirection)
        addClientPayload(state, segment, pause);
    else
        state.isRequestUnanswered = false;
}

void addClose(AttemptState& state, FlowDirection direction, const TcpSegment& segment)
{
    if (direction != state.clientDirection)
        addServerClose(state, segment);
}

} // namespace halfshake::progress
