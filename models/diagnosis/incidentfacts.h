// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/diagnosis/countedobjects.h"
#include "models/diagnosis/diagnosis.h"
#include "models/diagnosis/failure.h"
#include "models/rules/value.h"

namespace halfshake {

/// What cause expressions see besides attempt, connection and explained: settings as in rules, findings, and counts
/// over all failures (resources/causes/README.md lists the names).
struct IncidentFacts
{
    ValueMap variables;
    CountedObjects counted;
};

[[nodiscard]] IncidentFacts incidentFacts(
    const DiagnosisInput& input, const Failures& failures, const ServerHistory& servers);

} // namespace halfshake
