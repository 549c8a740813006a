// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/causeevaluation.h"

#include <algorithm>
#include <cstdint>
#include <variant>

namespace halfshake {

namespace {

void cite(CauseStatement& statement, const std::vector<Value>& used)
{
    for (const auto& value : used) {
        const auto* origin = value.origin();
        if (!origin)
            continue;
        if (origin->place.evidence.isValid() && !std::ranges::contains(statement.places, origin->place))
            statement.places.push_back(origin->place);
        if (origin->object.isValid() && !std::ranges::contains(statement.objects, origin->object))
            statement.objects.push_back(origin->object);
    }
}

} // namespace

CauseEvaluation::CauseEvaluation(
    const CauseDefinition& definition, const ValueMap& facts, const std::vector<Failure>& failures)
    : m_definition(definition), m_facts(facts), m_failures(failures)
{
}

Cause CauseEvaluation::run()
{
    m_cause.id = m_definition.id;
    m_cause.title = m_definition.title;
    m_cause.rules = m_definition.rules;
    m_cause.sources = m_definition.sources;
    m_cause.remedy = m_definition.remedy;
    countExplained();
    if (m_definition.applies)
        m_isExcluded = answer(m_definition.applies->evaluate(m_facts).value) == Answer::No;
    judgeStatements();
    m_cause.certainty = certainty();
    m_cause.explanation = m_definition.explanation.fill(m_facts).text;
    if (m_cause.certainty == Certainty::Excluded) {
        m_cause.explained = 0;
        m_cause.explainedObjects.clear();
    }
    return m_cause;
}

CauseEvaluation::Answer CauseEvaluation::answer(const Value& value)
{
    const auto* truth = std::get_if<bool>(&value.variant());
    if (!truth)
        return Answer::Unknown;
    return *truth ? Answer::Yes : Answer::No;
}

void CauseEvaluation::countExplained()
{
    m_cause.outOf = m_failures.size();
    if (m_definition.explains) {
        for (const auto& failure : m_failures) {
            ValueMap variables = failure.variables;
            variables.insert(m_facts.begin(), m_facts.end());
            const auto explains = answer(m_definition.explains->evaluate(variables).value);
            if (explains == Answer::Yes)
                m_certain.push_back(failure.object);
            else if (explains == Answer::Unknown)
                m_maybe.push_back(failure.object);
        }
    }
    m_cause.explainedObjects = m_certain.empty() ? m_maybe : m_certain;
    m_cause.explained = m_cause.explainedObjects.size();
    m_facts.insert_or_assign("explained",
        Value::map({{"certain", std::ssize(m_certain)}, {"maybe", std::ssize(m_maybe)},
            {"count", static_cast<std::int64_t>(m_cause.explained)}}));
}

CauseEvaluation::Answer CauseEvaluation::ask(const StatementDefinition& statement, std::vector<CauseStatement>& into)
{
    const auto evaluation = statement.condition.evaluate(m_facts);
    const auto result = answer(evaluation.value);
    if (result == Answer::Yes) {
        const auto filled = statement.text.fill(m_facts);
        CauseStatement said{.id = statement.id, .text = filled.text, .places = {}, .objects = {}};
        cite(said, evaluation.used);
        cite(said, filled.used);
        into.push_back(std::move(said));
    } else if (result == Answer::Unknown && !statement.missing.empty()) {
        m_cause.missing.push_back({.text = statement.missing, .command = statement.command});
    }
    return result;
}

void CauseEvaluation::judgeStatements()
{
    for (const auto& statement : m_definition.supports) {
        if (ask(statement, m_cause.supports) == Answer::Yes && statement.isDecisive)
            m_isConfirmed = true;
    }
    for (const auto& statement : m_definition.contradicts) {
        if (ask(statement, m_cause.contradicts) == Answer::Yes && statement.isDecisive)
            m_isExcluded = true;
    }
}

/// Decisive statements settle it. Between them, a cause that explains failures for certain and has support is likely;
/// one that only may explain them needs more than one support, because other causes may explain them as well.
Certainty CauseEvaluation::certainty() const
{
    const bool explainsNothing = m_definition.explains && m_certain.empty() && m_maybe.empty();
    if (m_isExcluded || explainsNothing)
        return Certainty::Excluded;
    if (m_isConfirmed && m_cause.contradicts.empty())
        return Certainty::Confirmed;
    const std::size_t supportsNeeded = m_definition.explains && m_certain.empty() ? 2 : 1;
    if (m_cause.supports.size() >= supportsNeeded && m_cause.contradicts.empty())
        return Certainty::Likely;
    return Certainty::Possible;
}

} // namespace halfshake
