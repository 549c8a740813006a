// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/diagnosis/cause.h"
#include "models/diagnosis/causecatalogue.h"
#include "models/diagnosis/failure.h"
#include "models/diagnosis/incidentfacts.h"

#include <cstddef>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

namespace halfshake {

/// One cause at work on one incident.
class CauseEvaluation
{
public:
    /// \a explainedBefore: indexes of failures that other causes explain, for a remainder.
    CauseEvaluation(const CauseDefinition& definition, const Failures& failures, const IncidentFacts& facts,
        const std::unordered_set<std::size_t>& explainedBefore);

    [[nodiscard]] Cause run();

    /// Indexes of the failures the cause explains; after run().
    [[nodiscard]] const std::vector<std::size_t>& explained() const { return m_explained; }

private:
    void define();
    void addUsedBy(const std::string& name, std::vector<Value>& used) const;
    void sortFailures();
    [[nodiscard]] ValueMap variablesOf(std::size_t failure) const;
    [[nodiscard]] Certainty certainty();
    /// The heaviest statement that holds; those that hold go to \a told.
    [[nodiscard]] int judge(const std::vector<StatementDefinition>& statements, std::vector<CauseStatement>& told);
    [[nodiscard]] CauseStatement tell(const StatementDefinition& statement, const Evaluation& evaluation) const;
    [[nodiscard]] std::vector<CauseTextPart> partsOf(const TextTemplate::Filled& filled) const;
    void addCountedBy(const std::string& name, CauseTextPart& part) const;
    void ask(const StatementDefinition& statement);

    const CauseDefinition& m_definition;
    const Failures& m_failures;
    const CountedObjects& m_incidentCounted;
    CountedObjects m_counted; ///< Of explained.*.
    ValueMap m_variables;
    std::map<std::string, std::vector<Value>> m_used; ///< By definition: values with an origin.
    const std::unordered_set<std::size_t>& m_explainedBefore;
    std::vector<std::size_t> m_explained;
    std::size_t m_undecided = 0;
    Cause m_cause;
};

} // namespace halfshake
