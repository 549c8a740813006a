// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/expressionnode.h"
#include "models/rules/operators.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace halfshake {

/// Walks one expression once. Bounded: every node visited costs one step of a budget.
class Evaluator
{
public:
    static constexpr StepBudget maxSteps = 200'000;

    Evaluator(const ValueMap& variables, const ValueMap& fallbacks) : m_variables(variables), m_fallbacks(fallbacks) { }

    [[nodiscard]] Evaluation run(const Expression::Node& root);

private:
    Value value(const Expression::Node& node);
    Value reference(const Expression::Node& node);
    Value variable(const std::string& name) const;
    Value missing(std::string name) const;
    Value field(const Expression::Node& node, const Value& operand, const Value& key);
    Value presence(const Expression::Node& node);
    Value call(const Expression::Node& node);
    Value binary(const Expression::Node& node);
    Value logical(const Expression::Node& node);
    Value conditional(const Expression::Node& node);
    Value list(const Expression::Node& node);
    Value map(const Expression::Node& node);
    Value macro(const Expression::Node& node);
    Value quantifier(const Expression::Node& node, const ValueList& items);
    Value existsOne(const Expression::Node& node, const ValueList& items);
    Value transformation(const Expression::Node& node, const ValueList& items);
    Value withVariable(const std::string& name, const Value& item, const Expression::Node& body);

    void noteUse(const Value& value);
    void noteStep(std::string expression, const Value& result);

    const ValueMap& m_variables;
    const ValueMap& m_fallbacks;
    std::vector<std::pair<std::string, Value>> m_scopes; ///< Variables of macros, innermost last.
    StepBudget m_budget = maxSteps;
    Evaluation m_evaluation;
};

} // namespace halfshake
