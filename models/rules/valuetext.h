// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/value.h"

#include <string>

namespace halfshake {

/// For running text and tables: strings without quotes, durations as people write them, long sets and lists shortened
/// ("30016, 30079, 30162, … (59 ports)").
[[nodiscard]] std::string displayText(const Value& value);

/// An operand of an evaluation step: as in expressions, but shortened.
[[nodiscard]] std::string stepText(const Value& value);

/// The result of an evaluation step; port sets with their size: "30000-32767, 2768 ports".
[[nodiscard]] std::string resultText(const Value& value);

} // namespace halfshake
