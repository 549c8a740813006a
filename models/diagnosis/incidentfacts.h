// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/diagnosis/diagnosis.h"
#include "models/diagnosis/failure.h"
#include "models/rules/value.h"

#include <vector>

namespace halfshake {

/// What the conditions and texts of causes see besides single failures: given.*, failures.*, ports.*, rules, and the
/// variables of rules (k8s.*, capture.*). What is not known is left out (resources/causes/README.md).
[[nodiscard]] ValueMap incidentFacts(const DiagnosisInput& input, const std::vector<Failure>& failures);

} // namespace halfshake
