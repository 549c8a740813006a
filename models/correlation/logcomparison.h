// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/clockestimate.h"
#include "models/correlation/logindex.h"

#include <vector>

namespace halfshake {

/// The clocks of logs that hold the same requests, each against a more precise one. Only the reliable ones.
[[nodiscard]] std::vector<ClockEstimate> compareLogClocks(const std::vector<LogIndex>& logs);

} // namespace halfshake
