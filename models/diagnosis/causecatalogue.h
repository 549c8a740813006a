// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/expression.h"
#include "models/rules/rule.h"
#include "models/rules/rulecatalogue.h"
#include "models/rules/texttemplate.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// How much a statement counts.
enum class StatementWeight : std::uint8_t {
    Hint, ///< Told to the reader, decides nothing.
    Strong, ///< Support: makes the cause likely. Contradiction: leaves it possible at most.
    Decisive, ///< Support: alone enough to confirm. Contradiction: alone enough to exclude.
};

/// What a statement points at besides the settings its condition used.
enum class CitedObjects : std::uint8_t { None, Attempts, Connections, ErrorEntries };

/// A statement of a cause file: counts when its condition is true; asks for what is missing when it is unknown, or
/// false for want of evidence.
struct StatementDefinition
{
    std::string id;
    StatementWeight weight = StatementWeight::Hint;
    Expression condition;
    TextTemplate text;
    CitedObjects cites = CitedObjects::None; ///< Of the failures the cause explains.
    std::string missing; ///< What to collect; "" = nothing.
    std::string command;
    std::optional<Expression> asks; ///< True: asks although the condition is false.
};

/// One cause of the catalogue (resources/causes/README.md).
struct CauseDefinition
{
    std::string id;
    std::string title;
    std::vector<Definition> definitions; ///< Names for parts of the other expressions.
    Expression applies; ///< False: the cause is excluded without further words.
    std::optional<Expression> explains; ///< Per failure (variables attempt, connection): true = this cause can explain
                                        ///< it. None: the cause is about something else than failures.
    bool isRemainder = false; ///< Judged after all others, over what they leave unexplained.
    TextTemplate explanation;
    std::vector<StatementDefinition> supports;
    std::vector<StatementDefinition> contradicts;
    std::vector<std::string> rules;
    std::vector<std::string> sources;
    std::string remedy;
};

/// All causes. Immutable once built.
class CauseCatalogue
{
public:
    /// The causes that ship with the program (resources :/causes/*.yaml).
    [[nodiscard]] static CauseCatalogue shipped();

    /// Adds the causes of one YAML file; what cannot be used is left out and told in errors().
    void add(std::string_view yaml, const std::string& file);

    [[nodiscard]] const std::vector<CauseDefinition>& causes() const { return m_causes; }
    [[nodiscard]] const CauseDefinition* find(std::string_view id) const;
    [[nodiscard]] const std::vector<CatalogueError>& errors() const { return m_errors; }

private:
    std::vector<CauseDefinition> m_causes;
    std::vector<CatalogueError> m_errors;
};

} // namespace halfshake
