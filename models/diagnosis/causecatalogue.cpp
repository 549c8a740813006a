// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/causecatalogue.h"

#include "models/rules/shippedfiles.h"
#include "models/rules/yamlfields.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

StatementDefinition readStatement(YamlFields& fields)
{
    StatementDefinition statement;
    statement.id = fields.requiredText("id");
    fields.requiredText("weight");
    statement.weight = fields.choice<StatementWeight>("weight",
        {{"hint", StatementWeight::Hint}, {"strong", StatementWeight::Strong},
            {"decisive", StatementWeight::Decisive}});
    statement.condition = fields.requiredExpression("condition");
    fields.requiredText("text");
    statement.text = fields.textTemplate("text");
    if (fields.has("cites")) {
        statement.cites = fields.choice<CitedObjects>("cites",
            {{"attempts", CitedObjects::Attempts}, {"connections", CitedObjects::Connections},
                {"errorEntries", CitedObjects::ErrorEntries}});
    }
    statement.missing = fields.text("missing");
    statement.command = fields.text("command");
    statement.asks = fields.expression("asks");
    if (!statement.missing.empty() && statement.command.empty())
        fields.fail("missing", "say with which command it is collected");
    return statement;
}

std::optional<CauseDefinition> readCause(YamlFields& fields, CatalogueFile& file)
{
    file.entry.clear();
    CauseDefinition cause;
    cause.id = fields.requiredText("id");
    file.entry = cause.id;
    cause.title = fields.requiredText("title");
    cause.definitions = fields.definitions("define");
    cause.applies = fields.expression("applies").value_or(*Expression::parse("true"));
    cause.explains = fields.expression("explains");
    cause.isRemainder = fields.flag("remainder");
    fields.requiredText("explanation");
    cause.explanation = fields.textTemplate("explanation");
    fields.forEach("supports", [&cause](YamlFields& item) { cause.supports.push_back(readStatement(item)); });
    fields.forEach("contradicts", [&cause](YamlFields& item) { cause.contradicts.push_back(readStatement(item)); });
    cause.rules = fields.texts("rules");
    cause.sources = fields.texts("sources");
    cause.remedy = fields.text("remedy");
    fields.finish();
    return fields.isValid() ? std::optional(std::move(cause)) : std::nullopt;
}

} // namespace

CauseCatalogue CauseCatalogue::shipped()
{
    CauseCatalogue catalogue;
    for (const auto& file : shippedFiles("causes"))
        catalogue.add(file.text, file.name);
    return catalogue;
}

void CauseCatalogue::add(std::string_view yaml, const std::string& file)
{
    CatalogueFile context{.name = file, .yaml = yaml, .errors = m_errors};
    readCatalogueFile(context, "causes", [this, &context](YamlFields& fields) {
        auto cause = readCause(fields, context);
        if (!cause)
            return;
        if (find(cause->id))
            fields.fail("id", "the id " + cause->id + " is taken");
        else
            m_causes.push_back(std::move(*cause));
    });
}

const CauseDefinition* CauseCatalogue::find(std::string_view id) const
{
    const auto it = std::ranges::find(m_causes, id, &CauseDefinition::id);
    return it == m_causes.end() ? nullptr : &*it;
}

} // namespace halfshake
