// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/diagnosis.h"

#include "models/diagnosis/causeevaluation.h"
#include "models/diagnosis/incidentfacts.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace halfshake {

namespace {

bool ranksBefore(const Cause& a, const Cause& b)
{
    return std::tuple(std::to_underlying(a.certainty), b.explained)
        < std::tuple(std::to_underlying(b.certainty), a.explained);
}

} // namespace

std::vector<Cause> diagnose(const DiagnosisInput& input, const CauseCatalogue& catalogue)
{
    const ServerHistory servers(input.captures, input.correlation.clocks);
    const auto failures = failuresOf(input, servers);
    const auto facts = incidentFacts(input, failures, servers);
    std::vector<Cause> causes(catalogue.causes().size());
    std::unordered_set<std::size_t> explained; // by causes that are at least likely
    for (const bool isRemainder : {false, true}) {
        std::unordered_set<std::size_t> explainedNow;
        for (std::size_t i = 0; i < causes.size(); ++i) {
            const auto& definition = catalogue.causes()[i];
            if (definition.isRemainder != isRemainder)
                continue;
            CauseEvaluation evaluation(definition, failures, facts, explained);
            causes[i] = evaluation.run();
            if (causes[i].certainty <= Certainty::Likely)
                explainedNow.insert(evaluation.explained().begin(), evaluation.explained().end());
            if (isRemainder) // of several, each takes what the one before it leaves
                explained.merge(explainedNow);
        }
        explained.merge(explainedNow);
    }
    std::ranges::stable_sort(causes, ranksBefore);
    return causes;
}

} // namespace halfshake
