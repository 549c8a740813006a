// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/causeevaluation.h"

#include "models/diagnosis/explainedfacts.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

constexpr int nothing = -1;

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

std::optional<ObjectRef> citedOf(const Failure& failure, CitedObjects cites)
{
    switch (cites) {
    case CitedObjects::Attempts:
        return failure.object;
    case CitedObjects::Connections:
        return failure.connection;
    case CitedObjects::ErrorEntries:
        return failure.errorEntry;
    case CitedObjects::None:
        break;
    }
    return {};
}

} // namespace

CauseEvaluation::CauseEvaluation(const CauseDefinition& definition, const Failures& failures,
    const IncidentFacts& facts, const std::unordered_set<std::size_t>& explainedBefore)
    : m_definition(definition)
    , m_failures(failures)
    , m_incidentCounted(facts.counted)
    , m_variables(facts.variables)
    , m_explainedBefore(explainedBefore)
{
}

Cause CauseEvaluation::run()
{
    m_cause.id = m_definition.id;
    m_cause.title = m_definition.title;
    m_cause.sources = m_definition.sources;
    m_cause.remedy = m_definition.remedy;
    m_cause.rules = m_definition.rules;
    m_cause.outOf = m_failures.all.size();
    define();
    sortFailures();
    define();
    m_cause.certainty = certainty();
    const auto explanation = m_definition.explanation.fill(m_variables);
    m_cause.explanation = explanation.text;
    m_cause.explanationParts = partsOf(explanation);
    if (m_cause.certainty == Certainty::Excluded) {
        m_explained.clear();
        m_cause.missing.clear();
    }
    m_cause.explained = m_explained.size();
    for (const auto index : m_explained)
        m_cause.explainedObjects.push_back(m_failures.all[index].object);
    return std::move(m_cause);
}

ValueMap CauseEvaluation::variablesOf(std::size_t failure) const
{
    auto variables = m_variables;
    for (const auto& [name, value] : m_failures.all[failure].variables)
        variables.insert_or_assign(name, value);
    variables.insert_or_assign("isExplained", m_explainedBefore.contains(failure));
    return variables;
}

/// Definitions may speak of explained.*, which is known only after the failures were sorted.
void CauseEvaluation::define()
{
    for (const auto& definition : m_definition.definitions) {
        auto evaluation = definition.value.evaluate(m_variables);
        m_variables.insert_or_assign(definition.name, std::move(evaluation.value));
        auto& used = m_used[definition.name];
        used = std::move(evaluation.used);
        for (const auto& name : definition.value.names())
            addUsedBy(name, used);
    }
}

/// What a definition was made of counts as used by whoever uses it.
void CauseEvaluation::addUsedBy(const std::string& name, std::vector<Value>& used) const
{
    const auto it = m_used.find(name.substr(0, name.find_first_of(".[")));
    if (it != m_used.end())
        used.insert(used.end(), it->second.begin(), it->second.end());
}

/// Into those the cause explains, those it may explain, and the rest.
void CauseEvaluation::sortFailures()
{
    std::vector<const Failure*> explained;
    for (std::size_t index = 0; m_definition.explains && index < m_failures.all.size(); ++index) {
        const auto verdict = m_definition.explains->evaluate(variablesOf(index)).value;
        if (isTrue(verdict)) {
            m_explained.push_back(index);
            explained.push_back(&m_failures.all[index]);
        } else if (!isFalse(verdict)) {
            ++m_undecided;
        }
    }
    auto facts = explainedFacts(explained, m_undecided);
    m_counted = std::move(facts.counted);
    m_variables.insert_or_assign("explained", std::move(facts.value));
}

Certainty CauseEvaluation::certainty()
{
    if (isFalse(m_definition.applies.evaluate(m_variables).value))
        return Certainty::Excluded;
    const bool isAboutFailures = m_definition.explains.has_value();
    if (isAboutFailures && m_explained.empty() && m_undecided == 0)
        return Certainty::Excluded;
    const auto against = judge(m_definition.contradicts, m_cause.contradicts);
    const auto support = judge(m_definition.supports, m_cause.supports);
    if (against >= std::to_underlying(StatementWeight::Decisive))
        return Certainty::Excluded;
    if (!isAboutFailures && support == nothing)
        return Certainty::Excluded;
    const bool isBacked = !isAboutFailures || !m_explained.empty();
    if (!isBacked || against >= std::to_underlying(StatementWeight::Strong)
        || support < std::to_underlying(StatementWeight::Strong))
        return Certainty::Possible;
    return support >= std::to_underlying(StatementWeight::Decisive) ? Certainty::Confirmed : Certainty::Likely;
}

int CauseEvaluation::judge(const std::vector<StatementDefinition>& statements, std::vector<CauseStatement>& told)
{
    int heaviest = nothing;
    for (const auto& statement : statements) {
        const auto evaluation = statement.condition.evaluate(m_variables);
        if (isTrue(evaluation.value)) {
            heaviest = std::max(heaviest, static_cast<int>(std::to_underlying(statement.weight)));
            told.push_back(tell(statement, evaluation));
        } else if (evaluation.value.isUnknown()
            || (statement.asks && isTrue(statement.asks->evaluate(m_variables).value))) {
            ask(statement);
        }
    }
    return heaviest;
}

CauseStatement CauseEvaluation::tell(const StatementDefinition& statement, const Evaluation& evaluation) const
{
    CauseStatement told;
    told.id = statement.id;
    const auto filled = statement.text.fill(m_variables);
    told.text = filled.text;
    told.parts = partsOf(filled);
    auto used = evaluation.used;
    used.insert(used.end(), filled.used.begin(), filled.used.end());
    for (const auto& name : statement.condition.names())
        addUsedBy(name, used);
    for (const auto& value : used) {
        const auto& origin = *value.origin();
        if (origin.place.evidence.isValid() && !std::ranges::contains(told.places, origin.place))
            told.places.push_back(origin.place);
        if (origin.object.isValid() && !std::ranges::contains(told.objects, origin.object))
            told.objects.push_back(origin.object);
    }
    for (const auto index : m_explained) {
        const auto object = citedOf(m_failures.all[index], statement.cites);
        if (told.objects.size() >= mostCountedObjects)
            break;
        if (object)
            told.objects.push_back(*object);
    }
    return told;
}

/// A name stands for what it counted; a name of the cause's own for what it was made of.
void CauseEvaluation::addCountedBy(const std::string& name, CauseTextPart& part) const
{
    for (const auto* const counted : {&m_counted, &m_incidentCounted}) {
        const auto it = counted->find(name);
        if (it != counted->end() && part.objects.size() < mostCountedObjects)
            part.objects.insert(part.objects.end(), it->second.begin(), it->second.end());
    }
    const auto definition = std::ranges::find(m_definition.definitions, name, &Definition::name);
    if (definition == m_definition.definitions.end())
        return;
    for (const auto& other : definition->value.names()) {
        if (other != name)
            addCountedBy(other, part);
    }
}

std::vector<CauseTextPart> CauseEvaluation::partsOf(const TextTemplate::Filled& filled) const
{
    std::vector<CauseTextPart> parts;
    for (const auto& piece : filled.pieces) {
        auto& part = parts.emplace_back(CauseTextPart{.text = piece.text, .places = {}, .objects = {}});
        auto used = piece.used;
        for (const auto& name : piece.names) {
            addUsedBy(name, used);
            addCountedBy(name, part);
        }
        for (const auto& value : used) {
            const auto& origin = *value.origin();
            if (origin.place.evidence.isValid() && !std::ranges::contains(part.places, origin.place))
                part.places.push_back(origin.place);
            if (origin.object.isValid() && !std::ranges::contains(part.objects, origin.object))
                part.objects.push_back(origin.object);
        }
    }
    return parts;
}

void CauseEvaluation::ask(const StatementDefinition& statement)
{
    if (!statement.missing.empty() && !std::ranges::contains(m_cause.missing, statement.missing, &CauseTest::text))
        m_cause.missing.push_back({statement.missing, statement.command});
}

} // namespace halfshake
