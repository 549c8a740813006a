// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/diagnosis/diagnosis.h"

#include <cstdint>

namespace halfshake {

/// The most attempts in a row at one upstream that failed while connecting. A collision of ports hits single attempts
/// here and there; a server that is gone or overwhelmed fails one after the other.
[[nodiscard]] std::uint64_t longestFailureRun(const DiagnosisInput& input);

} // namespace halfshake
