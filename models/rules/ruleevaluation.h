// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/rule.h"
#include "models/rules/subjects.h"

#include <map>
#include <string>
#include <vector>

namespace halfshake {

/// One rule at work on one subject.
class RuleEvaluation
{
public:
    RuleEvaluation(const Rule& rule, const Subject& subject);

    [[nodiscard]] Finding run();

private:
    void resolveInputs();
    void resolveInput(const RuleInput& input);
    void compute(const Definition& definition);
    [[nodiscard]] Verdict verdict();
    [[nodiscard]] Verdict verdictOf(const Value& condition, const Value& applies);
    [[nodiscard]] Severity severity() const;
    Value evaluate(const Expression& expression);
    [[nodiscard]] std::string missingName(const RuleInput& input) const;
    [[nodiscard]] std::string commandOfDump() const;

    void addMissing(const Value& unknown);
    void addValue(const Value& value);
    void addCitedValues();
    void addChecks(const std::vector<RuleCheck>& checks, bool areRefutations);

    const Rule& m_rule;
    const Subject& m_subject;
    ValueMap m_variables;
    ValueMap m_fallbacks; ///< Assumed defaults, and what is missing by the names people know.
    std::map<std::string, std::string, std::less<>> m_commands; ///< By what is missing: what collects it.
    std::vector<Value> m_requiredMissing;
    Finding m_finding;
};

} // namespace halfshake
