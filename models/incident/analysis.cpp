// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/analysis.h"

#include "models/diagnosis/causecatalogue.h"
#include "models/diagnosis/diagnosis.h"
#include "models/rules/rulecatalogue.h"
#include "models/rules/ruleengine.h"

#include <utility>

namespace halfshake {

namespace {

std::map<EvidenceId, ParameterScope> scopesOf(const AnalysisInput& input)
{
    std::map<EvidenceId, ParameterScope> scopes;
    for (const auto& evidence : input.evidence) {
        if (!evidence || !evidence->parameters)
            continue;
        auto& scope = scopes[evidence->id];
        if (const auto typed = input.corrections.scopes.find(evidence->id); typed != input.corrections.scopes.end())
            scope = typed->second;
        if (scope.host.empty())
            scope.host = evidence->parameters->host;
        if (scope.label.empty())
            scope.label = evidence->name;
        scope.path = evidence->path;
    }
    return scopes;
}

} // namespace

Expected<std::shared_ptr<const IncidentSnapshot>> analyse(const AnalysisInput& input, JobContext& job)
{
    auto snapshot = std::make_shared<IncidentSnapshot>();
    snapshot->evidence = input.evidence;
    snapshot->dismissals = input.corrections.dismissals;

    CorrelationInput correlationInput;
    correlationInput.typedOffsets = input.corrections.clockOffsets;
    std::vector<std::shared_ptr<const ParameterFile>> parameterFiles;
    for (const auto& evidence : input.evidence) {
        if (!evidence)
            continue;
        if (evidence->capture)
            correlationInput.captures.push_back(evidence->capture);
        if (evidence->log)
            correlationInput.logs.push_back(evidence->log);
        if (evidence->parameters)
            parameterFiles.push_back(evidence->parameters);
    }
    snapshot->parameters = std::make_shared<const ParameterStore>(std::move(parameterFiles), scopesOf(input));

    auto correlation = correlate(correlationInput, job);
    if (!correlation)
        return std::unexpected(correlation.error());
    snapshot->correlation = *correlation;

    // parsed once: the shipped catalogues are constants of the program
    static const auto shippedRules = RuleCatalogue::shipped();
    const auto& rules = input.rules ? *input.rules : shippedRules;
    static const auto causes = CauseCatalogue::shipped();
    snapshot->findings = evaluateAll(rules, subjectsOf(*snapshot->parameters, *snapshot->correlation));
    if (job.isCancelled())
        return failure(DiagnosticCode::Cancelled);
    DiagnosisInput diagnosis{.captures = correlationInput.captures,
        .logs = correlationInput.logs,
        .correlation = *snapshot->correlation,
        .parameters = *snapshot->parameters,
        .findings = snapshot->findings};
    snapshot->facts = std::make_shared<const FailureFacts>(failureFacts(diagnosis));
    diagnosis.facts = snapshot->facts.get();
    snapshot->causes = diagnose(diagnosis, causes);
    return snapshot;
}

} // namespace halfshake
