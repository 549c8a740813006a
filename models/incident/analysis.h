// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/incident/incidentsnapshot.h"
#include "models/rules/rulecatalogue.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace halfshake {

/// What the user set right. Lives in the incident, never in the evidence.
struct Corrections
{
    std::map<EvidenceId, Duration> clockOffsets;
    std::map<EvidenceId, ParameterScope> scopes;
    std::map<std::string, std::string> dismissals; ///< By findingKey(): why the finding does not matter here.
};

struct AnalysisInput
{
    std::vector<std::shared_ptr<const Evidence>> evidence;
    Corrections corrections;
    std::shared_ptr<const RuleCatalogue> rules = nullptr; ///< Null: the shipped ones.
};

/// The whole chain from evidence to causes. Pure: the same input gives the same snapshot, revision 0. Errors:
/// Cancelled.
[[nodiscard]] Expected<std::shared_ptr<const IncidentSnapshot>> analyse(const AnalysisInput& input, JobContext& job);

} // namespace halfshake
