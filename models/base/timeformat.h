// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/timepoint.h"

#include <string>

namespace halfshake {

/// "2026-11-23T04:29:43.438389000Z", always nine decimals.
[[nodiscard]] std::string toIsoString(TimePoint time);
/// The same for an uncorrected instant.
[[nodiscard]] std::string toIsoString(EvidenceTime time);

/// "31.624 s", "12.4 ms", "850 µs": three significant decimals at most, unit chosen by size; "-" keeps its place
/// before the number for a negative duration.
[[nodiscard]] std::string toHumanString(Duration duration);

} // namespace halfshake
