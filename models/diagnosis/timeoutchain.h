// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/diagnosis/failurefacts.h"

namespace halfshake {

/// Fills FailureFacts::timeouts and unexplainedLengths.
void addTimeouts(const DiagnosisInput& input, FailureFacts& facts);

} // namespace halfshake
