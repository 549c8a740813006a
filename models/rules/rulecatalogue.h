// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/rule.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// A rule file that cannot be used, or not wholly.
struct CatalogueError
{
    std::string file;
    std::string rule; ///< "" where the file as a whole is meant.
    std::string text;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// All rules, by id. Immutable once built.
class RuleCatalogue
{
public:
    /// The rules that ship with the program (resources :/rules/*.yaml).
    [[nodiscard]] static RuleCatalogue shipped();

    /// Adds the rules of one YAML file; what cannot be used is left out and told in errors().
    void add(std::string_view yaml, const std::string& file);

    [[nodiscard]] const std::vector<Rule>& rules() const { return m_rules; }
    [[nodiscard]] const Rule* find(std::string_view id) const;
    [[nodiscard]] const std::vector<CatalogueError>& errors() const { return m_errors; }

private:
    std::vector<Rule> m_rules;
    std::vector<CatalogueError> m_errors;
};

} // namespace halfshake
