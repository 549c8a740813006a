// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/requestmatcher.h"

#include <optional>
#include <vector>

namespace halfshake {

/// How far outside the stated starts a log's attempts reach the wire.
struct StartLag
{
    Duration lead{0};
    Duration lag{0};
};

/// Measured by the requests whose text was found on the wire; none for logs with too few of them, and for logs so
/// coarse that their starts say nothing about it. One for each indexed log.
[[nodiscard]] std::vector<std::optional<StartLag>> measureStartLags(
    const RequestSearch& search, const std::vector<MatchedRequest>& matches);

/// Replaces what was assumed about the starts by what was measured.
void applyStartLags(
    const RequestIdentity& requests, const std::vector<std::optional<StartLag>>& lags, std::vector<TimeWindow>& starts);

} // namespace halfshake
