// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

namespace halfshake::test {

/// The instant most test data starts at: 2026-11-23 04:29:00 UTC by the evidence's clock.
[[nodiscard]] EvidenceTime testStart();

} // namespace halfshake::test
