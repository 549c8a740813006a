// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/capture.h"
#include "models/capture/handshaketracker.h"

namespace halfshake {

/// Judges every attempt of \a tracker and puts attempts, events and requests into \a capture, whose packets and range
/// are complete: attempts by start, events of one attempt side by side, requests by time.
void assembleAttempts(HandshakeTracker& tracker, Capture& capture);

} // namespace halfshake
