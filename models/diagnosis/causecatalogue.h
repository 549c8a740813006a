// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/errorclass.h"
#include "models/rules/expression.h"
#include "models/rules/rulecatalogue.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// A statement of a cause file: counts when its condition is true; asks for what is missing when it is unknown.
struct StatementDefinition
{
    std::string id;
    Expression condition;
    std::string text; ///< With {expression} places that are filled in.
    std::string missing; ///< What to collect where the condition is unknown; "" = nothing.
    std::string command;
    bool isDecisive = false; ///< support: alone enough to confirm; contradiction: alone enough to exclude.
};

/// One cause of the catalogue (resources/causes/README.md).
struct CauseDefinition
{
    std::string id;
    std::string title;
    std::string explanation; ///< With {expression} places.
    Expression applies; ///< False: the cause is excluded without further words.
    Expression explains; ///< Per failed attempt (variables attempt, connection): true = this cause can explain it.
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

    void add(std::string_view yaml, const std::string& file);

    [[nodiscard]] const std::vector<CauseDefinition>& causes() const { return m_causes; }
    [[nodiscard]] const std::vector<CatalogueError>& errors() const { return m_errors; }

private:
    std::vector<CauseDefinition> m_causes;
    std::vector<CatalogueError> m_errors;
};

} // namespace halfshake
