// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/attemptlinker.h"
#include "models/correlation/errorjoin.h"
#include "models/timeline/timeline.h"

namespace halfshake {

/// All tracks of an incident, each thing once though several evidences hold it, on the incident clock.
[[nodiscard]] Timeline buildTimeline(const LinkingInput& input, const ErrorJoin& errors, const Linking& linking);

} // namespace halfshake
