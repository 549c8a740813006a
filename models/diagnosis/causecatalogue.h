// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/expression.h"
#include "models/rules/rulecatalogue.h"
#include "models/rules/texttemplate.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// A statement of a cause file: counts when its condition is true; asks for what is missing when it is unknown.
struct StatementDefinition
{
    std::string id;
    Expression condition;
    TextTemplate text;
    std::string missing; ///< What to collect where the condition is unknown; "" = nothing.
    std::string command;
    bool isDecisive = false; ///< support: alone enough to confirm; contradiction: alone enough to exclude.
};

/// One cause of the catalogue (resources/causes/README.md).
struct CauseDefinition
{
    std::string id;
    std::string title;
    TextTemplate explanation;
    std::optional<Expression> applies; ///< False: excluded without further words.
    std::optional<Expression> explains; ///< Per failure: true = this cause can have made it. None: not about failures.
    std::vector<StatementDefinition> supports;
    std::vector<StatementDefinition> contradicts;
    std::vector<std::string> rules; ///< Rules whose firing belongs to this cause.
    std::vector<std::string> sources;
    std::string remedy;
};

/// All causes, in the order of their files. Immutable once built.
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
