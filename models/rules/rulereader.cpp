// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/rulereader.h"

#include <utility>

namespace halfshake {

namespace {

using Severities = std::vector<std::pair<std::string_view, Severity>>;
using Subjects = std::vector<std::pair<std::string_view, RuleSubject>>;
using Verdicts = std::vector<std::pair<std::string_view, Verdict>>;

const Severities& severities()
{
    static const Severities all{{"warning", Severity::Warning}, {"error", Severity::Error}, {"info", Severity::Info}};
    return all;
}

const Subjects& subjects()
{
    static const Subjects all{{"node", RuleSubject::Node}, {"networkNamespace", RuleSubject::NetworkNamespace},
        {"manifest", RuleSubject::Manifest}, {"proxy", RuleSubject::Proxy}, {"path", RuleSubject::Path},
        {"hosts", RuleSubject::Hosts}, {"cluster", RuleSubject::Cluster}, {"configuration", RuleSubject::Configuration},
        {"application", RuleSubject::Application}, {"chain", RuleSubject::Chain}};
    return all;
}

const Verdicts& verdicts()
{
    static const Verdicts all{{"fires", Verdict::Fires}, {"clear", Verdict::Clear}, {"unknown", Verdict::Unknown},
        {"not_applicable", Verdict::NotApplicable}, {"error", Verdict::Error}};
    return all;
}

RuleInput readInput(YamlFields& fields)
{
    RuleInput input;
    input.name = fields.requiredExpression("name");
    input.label = fields.text("label");
    input.isRequired = !fields.flag("optional");
    input.assume = fields.expression("assume");
    input.why = fields.text("why");
    input.command = fields.text("command");
    const auto path = input.name.path();
    if (fields.isValid() && path.empty())
        fields.fail("name", "an input is a plain name");
    if (input.assume && input.why.empty())
        fields.fail("assume", "say why that may be assumed");
    if (input.label.empty() && !path.empty())
        input.label = path.front() == "sysctl" ? path.back() : input.name.text();
    if (input.assume)
        input.isRequired = false;
    return input;
}

/// Plain texts, or maps with "text" and the query "when".
std::vector<RuleCheck> readChecks(YamlFields& fields, std::string_view name)
{
    std::vector<RuleCheck> checks;
    fields.forEachTextOr(
        name, [&checks](std::string text) { checks.push_back({.text = std::move(text), .query = {}}); },
        [&checks](YamlFields& item) {
            auto text = item.requiredText("text");
            checks.push_back({.text = std::move(text), .query = item.requiredExpression("when")});
        });
    return checks;
}

RuleCase readCase(YamlFields& fields)
{
    RuleCase ruleCase;
    ruleCase.name = fields.requiredText("name");
    fields.requiredText("expect");
    ruleCase.expected = fields.choice("expect", verdicts());
    ruleCase.variables = fields.value("variables").value_or(Value::map({}));
    if (!std::holds_alternative<std::shared_ptr<const ValueMap>>(ruleCase.variables.variant()))
        fields.fail("variables", "variables must be a map");
    return ruleCase;
}

} // namespace

std::optional<Rule> readRule(YamlFields& fields, CatalogueFile& file)
{
    file.entry.clear();
    Rule rule;
    rule.id = fields.requiredText("id");
    file.entry = rule.id;
    rule.title = fields.requiredText("title");
    fields.requiredText("subject");
    rule.subject = fields.choice("subject", subjects());
    fields.requiredText("severity");
    rule.severity = fields.choice("severity", severities());
    fields.forEach("severityCases", [&rule](YamlFields& item) {
        auto condition = item.requiredExpression("when");
        rule.severityCases.push_back({std::move(condition), item.choice("severity", severities())});
    });
    rule.isContext = fields.flag("context");
    fields.forEach("inputs", [&rule](YamlFields& item) { rule.inputs.push_back(readInput(item)); });
    rule.definitions = fields.definitions("define");
    rule.when = fields.expression("when");
    rule.condition = fields.requiredExpression("condition");
    rule.cites = fields.expression("cites");
    rule.explanation = fields.requiredText("explanation");
    rule.figures = fields.textTemplate("figures");
    rule.impact = fields.text("impact");
    rule.remedy = fields.text("remedy");
    rule.sideEffects = fields.text("sideEffects");
    rule.sources = fields.texts("sources");
    rule.confirms = readChecks(fields, "confirms");
    rule.refutes = readChecks(fields, "refutes");
    rule.verified = fields.text("verified");
    fields.forEach("cases", [&rule](YamlFields& item) { rule.cases.push_back(readCase(item)); });
    fields.finish();
    return fields.isValid() ? std::optional(std::move(rule)) : std::nullopt;
}

} // namespace halfshake
