// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/diagnosis.h"

#include "models/diagnosis/causeevaluation.h"
#include "models/diagnosis/failure.h"
#include "models/diagnosis/incidentfacts.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace halfshake {

namespace {

/// Stands for what no cause of the catalogue explains; its numbers follow from the others.
constexpr std::string_view unknownCause = "unknown";

std::vector<ObjectRef> unexplained(const std::vector<Failure>& failures, const std::vector<Cause>& causes)
{
    std::set<ObjectRef> explained;
    for (const auto& cause : causes) {
        if (cause.id != unknownCause && cause.certainty != Certainty::Excluded)
            explained.insert(cause.explainedObjects.begin(), cause.explainedObjects.end());
    }
    std::vector<ObjectRef> rest;
    for (const auto& failure : failures) {
        if (!explained.contains(failure.object))
            rest.push_back(failure.object);
    }
    return rest;
}

/// First of all when nothing else explains anything, and beside the others for what they leave.
void judgeUnknown(Cause& unknown, std::vector<ObjectRef> rest, std::size_t failures)
{
    unknown.explained = rest.size();
    if (rest.empty())
        unknown.certainty = Certainty::Excluded;
    else
        unknown.certainty = rest.size() * 2 > failures ? Certainty::Likely : Certainty::Possible;
    unknown.explainedObjects = std::move(rest);
}

} // namespace

std::vector<Cause> diagnose(const DiagnosisInput& input, const CauseCatalogue& catalogue)
{
    const auto failures = failuresOf(input);
    const auto facts = incidentFacts(input, failures);
    std::vector<Cause> causes;
    for (const auto& definition : catalogue.causes())
        causes.push_back(CauseEvaluation(definition, facts, failures).run());
    if (const auto unknown = std::ranges::find(causes, unknownCause, &Cause::id); unknown != causes.end())
        judgeUnknown(*unknown, unexplained(failures, causes), failures.size());
    std::ranges::stable_sort(causes, [](const Cause& a, const Cause& b) {
        if (a.certainty != b.certainty)
            return a.certainty < b.certainty;
        return a.explained > b.explained;
    });
    return causes;
}

} // namespace halfshake
