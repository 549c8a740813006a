// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/diagnosis/diagnosis.h"
#include "models/rules/value.h"

#include <vector>

namespace halfshake {

/// One thing that failed, as causes see it: a failed upstream attempt with its connection, or, where no log
/// tells of a failed attempt, a failed connection by itself.
struct Failure
{
    ObjectRef object; ///< UpstreamAttempt or Connection.
    ValueMap variables; ///< attempt.*, connection.*; what is not known is left out (resources/causes/README.md).
};

/// Every failure of the incident once.
[[nodiscard]] std::vector<Failure> failuresOf(const DiagnosisInput& input);

} // namespace halfshake
