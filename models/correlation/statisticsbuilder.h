// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/attemptlinker.h"
#include "models/correlation/failurestatistics.h"

namespace halfshake {

/// Counts what linking looked at and found.
[[nodiscard]] FailureStatistics failureStatistics(const LinkingInput& input, const Linking& linking);

} // namespace halfshake
