// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/rulecatalogue.h"

#include "models/rules/rulereader.h"
#include "models/rules/shippedfiles.h"

#include <algorithm>
#include <utility>

namespace halfshake {

RuleCatalogue RuleCatalogue::shipped()
{
    RuleCatalogue catalogue;
    for (const auto& file : shippedFiles("rules"))
        catalogue.add(file.text, file.name);
    return catalogue;
}

void RuleCatalogue::add(std::string_view yaml, const std::string& file)
{
    CatalogueFile context{.name = file, .yaml = yaml, .errors = m_errors};
    readCatalogueFile(context, "rules", [this, &context](YamlFields& fields) {
        auto rule = readRule(fields, context);
        if (!rule)
            return;
        if (find(rule->id))
            fields.fail("id", "the id " + rule->id + " is taken");
        else
            m_rules.insert(std::ranges::upper_bound(m_rules, rule->id, {}, &Rule::id), std::move(*rule));
    });
}

const Rule* RuleCatalogue::find(std::string_view id) const
{
    const auto it =
        std::ranges::lower_bound(m_rules, id, {}, [](const Rule& rule) { return std::string_view(rule.id); });
    return it != m_rules.end() && it->id == id ? &*it : nullptr;
}

} // namespace halfshake
