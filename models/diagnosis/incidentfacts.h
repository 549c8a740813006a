// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/diagnosis/diagnosis.h"
#include "models/diagnosis/failure.h"
#include "models/rules/value.h"

#include <span>

namespace halfshake {

/// What cause expressions see besides attempt and connection: settings as in rules, findings, and counts over all
/// failures (resources/causes/README.md lists the names).
[[nodiscard]] ValueMap incidentVariables(
    const DiagnosisInput& input, const Failures& failures, const ServerHistory& servers);

/// explained.*: counts over the failures one cause explains.
[[nodiscard]] Value explainedVariables(std::span<const Failure* const> explained, std::size_t undecided);

} // namespace halfshake
