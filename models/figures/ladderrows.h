// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/capture.h"
#include "models/figures/ladderfigure.h"

#include <vector>

namespace halfshake {

/// The rows of a ladder: the handshake packets of \a attempt in time order, and between them what the kernel's schedule
/// (reference: tcp-handshakes 1.7) or the protocol would have had there and the capture has not.
[[nodiscard]] std::vector<LadderFigure::Row> ladderRows(const Capture& capture, const ConnectionAttempt& attempt);

} // namespace halfshake
