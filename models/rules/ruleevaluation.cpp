// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/ruleevaluation.h"

#include "models/rules/valuetext.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t maxCitedValues = 100;

bool isTrue(const Value& value)
{
    const auto* const truth = as<bool>(value);
    return truth && *truth;
}

bool isFalse(const Value& value)
{
    const auto* const truth = as<bool>(value);
    return truth && !*truth;
}

/// Whether something stands under that name, be it unknown.
bool isThere(const ValueMap& variables, const std::vector<std::string>& path)
{
    const auto* fields = &variables;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto it = fields->find(path[i]);
        if (it == fields->end())
            return false;
        const auto* const inner = as<std::shared_ptr<const ValueMap>>(it->second);
        if (!inner)
            return true;
        fields = inner->get();
    }
    return true;
}

} // namespace

RuleEvaluation::RuleEvaluation(const Rule& rule, const Subject& subject)
    : m_rule(rule), m_subject(subject), m_variables(subject.variables)
{
}

Finding RuleEvaluation::run()
{
    m_finding.rule = m_rule.id;
    m_finding.title = m_rule.title;
    m_finding.isContext = m_rule.isContext;
    m_finding.subject = m_subject.label;
    m_finding.condition = m_rule.condition.text();
    m_finding.impact = m_rule.impact;
    m_finding.remedy = m_rule.remedy;
    m_finding.sideEffects = m_rule.sideEffects;
    m_finding.sources = m_rule.sources;
    resolveInputs();
    for (const auto& definition : m_rule.definitions)
        compute(definition);
    m_finding.verdict = verdict();
    m_finding.severity = severity();
    m_finding.explanation = m_rule.explanation;
    if (m_finding.verdict == Verdict::Fires) {
        addCitedValues();
        addChecks(m_rule.confirms, false);
        addChecks(m_rule.refutes, true);
        if (const auto figures = m_rule.figures.fill(m_variables, m_fallbacks).text; !figures.empty())
            m_finding.explanation += ' ' + figures;
    }
    return std::move(m_finding);
}

void RuleEvaluation::resolveInputs()
{
    for (const auto& input : m_rule.inputs)
        resolveInput(input);
}

/// A default is assumed only where the evidence does not mention the setting: "permission denied" stays unknown.
void RuleEvaluation::resolveInput(const RuleInput& input)
{
    if (!isThere(m_variables, input.name.path())) {
        auto standIn = input.assume ? input.assume->evaluate(m_variables, m_fallbacks).value : Value::unknown("");
        if (standIn.isUnknown())
            standIn = Value::unknown(missingName(input));
        else
            standIn.setOrigin({.name = input.label, .place = {}, .object = {}, .isAssumed = true});
        m_fallbacks.insert_or_assign(input.name.names().front(), std::move(standIn));
    }
    const auto value = input.name.evaluate(m_variables, m_fallbacks).value;
    if (const auto* const unknown = as<Unknown>(value)) {
        for (const auto& name : unknown->missing)
            m_commands.emplace(name, input.command);
        if (input.isRequired)
            m_requiredMissing.push_back(value);
    } else {
        addValue(value);
    }
}

void RuleEvaluation::compute(const Definition& definition)
{
    m_variables.insert_or_assign(definition.name, evaluate(definition.value));
}

Value RuleEvaluation::evaluate(const Expression& expression)
{
    auto evaluation = expression.evaluate(m_variables, m_fallbacks);
    std::ranges::move(evaluation.steps, std::back_inserter(m_finding.steps));
    for (const auto& used : evaluation.used)
        addValue(used);
    return std::move(evaluation.value);
}

Verdict RuleEvaluation::verdict()
{
    const auto applies = m_rule.when ? evaluate(*m_rule.when) : Value{true};
    if (isFalse(applies))
        return Verdict::NotApplicable;
    if (!m_requiredMissing.empty()) {
        for (const auto& missing : m_requiredMissing)
            addMissing(missing);
        return Verdict::Unknown;
    }
    const auto condition = evaluate(m_rule.condition);
    if (m_finding.steps.empty()) // what a macro does inside is no step
        m_finding.steps.push_back({m_rule.condition.text(), toString(condition)});
    return verdictOf(condition, applies);
}

Verdict RuleEvaluation::verdictOf(const Value& condition, const Value& applies)
{
    if (isFalse(condition))
        return Verdict::Clear; // whether the rule applies or not, it does not fire
    for (const auto* const part : {&applies, &condition}) {
        if (!isTrue(*part) && !part->isUnknown()) {
            const auto* const error = as<EvaluationError>(*part);
            m_finding.errorText = error ? error->text : "no truth value: " + toString(*part);
            return Verdict::Error;
        }
        addMissing(*part);
    }
    return m_finding.missing.empty() ? Verdict::Fires : Verdict::Unknown;
}

Severity RuleEvaluation::severity() const
{
    const auto applies = [this](const SeverityCase& severityCase) {
        return isTrue(severityCase.condition.evaluate(m_variables, m_fallbacks).value);
    };
    const auto it = std::ranges::find_if(m_rule.severityCases, applies);
    return it == m_rule.severityCases.end() ? m_rule.severity : it->severity;
}

std::string RuleEvaluation::missingName(const RuleInput& input) const
{
    const auto path = input.name.path();
    const bool isOfSubject = !path.empty() && (path[0] == "sysctl" || path[0] == "kernelVersion");
    return isOfSubject && !m_subject.label.empty() ? input.label + " of " + m_subject.label : input.label;
}

void RuleEvaluation::addMissing(const Value& unknown)
{
    const auto* const names = as<Unknown>(unknown);
    if (!names)
        return;
    for (const auto& name : names->missing) {
        const auto command = m_commands.find(name);
        if (!std::ranges::contains(m_finding.missing, name, &MissingInput::name))
            m_finding.missing.push_back({name, command == m_commands.end() ? commandOfDump() : command->second});
    }
}

/// A key that no input names, but the condition found in the dump.
std::string RuleEvaluation::commandOfDump() const
{
    const auto isDump = [](const RuleInput& input) { return input.name.path().front() == "sysctl"; };
    const auto it = std::ranges::find_if(m_rule.inputs, isDump);
    return it == m_rule.inputs.end() ? std::string{} : it->command;
}

void RuleEvaluation::addValue(const Value& value)
{
    const auto* const origin = value.origin();
    if (!origin || value.isUnknown())
        return;
    const auto isSame = [origin](const FindingValue& other) {
        return other.name == origin->name && other.place == origin->place && other.object == origin->object;
    };
    if (std::ranges::none_of(m_finding.values, isSame)) {
        m_finding.values.push_back(
            {origin->name, displayText(value), origin->place, origin->isAssumed, origin->object});
    }
}

void RuleEvaluation::addChecks(const std::vector<RuleCheck>& checks, bool areRefutations)
{
    for (const auto& check : checks) {
        auto& result = m_finding.checks.emplace_back(
            FindingCheck{.text = check.text, .isRefutation = areRefutations, .missing = {}});
        if (!check.query)
            continue;
        const auto answer = check.query->evaluate(m_variables, m_fallbacks).value;
        result.result = isTrue(answer) ? CheckResult::Holds
            : isFalse(answer)          ? CheckResult::DoesNotHold
                                       : CheckResult::NotPossible;
        if (const auto* const unknown = as<Unknown>(answer))
            result.missing = unknown->missing;
    }
}

void RuleEvaluation::addCitedValues()
{
    if (!m_rule.cites)
        return;
    const auto cited = m_rule.cites->evaluate(m_variables, m_fallbacks).value;
    const auto* const items = as<std::shared_ptr<const ValueList>>(cited);
    if (!items)
        return;
    const auto listed = std::min((*items)->size(), maxCitedValues);
    for (const auto& item : std::span(**items).first(listed))
        addValue(item);
    if (listed < (*items)->size()) {
        const auto rest = std::to_string((*items)->size() - listed);
        m_finding.values.push_back({.name = "not listed: " + rest + " more", .value = {}, .place = {}, .object = {}});
    }
}

} // namespace halfshake
