// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/ruleengine.h"

#include <QTest>

#include <format>

using namespace halfshake;

namespace {

/// A rule over the variable "limit", with the lines added.
RuleCatalogue catalogueOf(const std::string& lines, const std::string& condition = "limit > 1")
{
    RuleCatalogue catalogue;
    catalogue.add("rules:\n  - id: X-001\n    title: T\n    subject: node\n    severity: warning\n    explanation: E.\n"
                  "    condition: "
            + condition + '\n' + lines,
        "x.yaml");
    return catalogue;
}

Finding findingOf(const RuleCatalogue& catalogue, ValueMap variables)
{
    return evaluate(catalogue.rules().at(0), {RuleSubject::Node, "ingress.txt", std::move(variables)});
}

std::string verdictOf(const RuleCatalogue& catalogue, ValueMap variables)
{
    return std::string(toString(findingOf(catalogue, std::move(variables)).verdict));
}

std::string missingOf(const Finding& finding)
{
    std::string text;
    for (const auto& missing : finding.missing)
        text += missing.name + " <- " + missing.command + '\n';
    return text;
}

Value at(Value value, std::string name, std::uint64_t line)
{
    value.setOrigin({.name = std::move(name),
        .place = {.evidence = EvidenceId{2}, .line = line},
        .object = {ObjectKind::Parameter, {}, 17}});
    return value;
}

const std::string requiredInput = "    inputs: [ { name: limit, command: get limit } ]\n";

} // namespace

class TestRuleEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theConditionDecides();
    void aMissingRequiredInputIsUnknownWhateverTheConditionSays();
    void aFalseWhenIsNotApplicableEvenIfInputsAreMissing();
    void anUnknownWhenLeavesOnlyClearCertain();
    void aDefaultIsAssumedOnlyForWhatTheEvidenceDoesNotMention();
    void assumptionsMayDependOnOtherValues();
    void missingNamesCarryTheSubjectAndTheCommand();
    void valuesCarryTheirPlaces();
    void citedValuesAreListedWhenTheRuleFires();
    void figuresAreAddedWhenTheRuleFires();
    void theFirstSeverityCaseThatIsTrueWins();
    void typeErrorsAreErrorsNotVerdicts();
    void definitionsBuildOnEachOther();
    void findingsAreInAFixedOrder();
    void aRuleWithoutASubjectSaysWhatToCollect();
};

void TestRuleEngine::theConditionDecides()
{
    const auto catalogue = catalogueOf("");
    QCOMPARE(verdictOf(catalogue, {{"limit", 2}}), std::string("fires"));
    QCOMPARE(verdictOf(catalogue, {{"limit", 1}}), std::string("clear"));
    QCOMPARE(verdictOf(catalogue, {}), std::string("unknown"));
}

void TestRuleEngine::aMissingRequiredInputIsUnknownWhateverTheConditionSays()
{
    const auto catalogue = catalogueOf(requiredInput, "false && limit > 1");
    const auto finding = findingOf(catalogue, {});
    QCOMPARE(toString(finding.verdict), toString(Verdict::Unknown));
    QCOMPARE(missingOf(finding), std::string("limit <- get limit\n"));
    QCOMPARE(verdictOf(catalogue, {{"limit", Value::unknown("limit, not readable")}}), std::string("unknown"));
    QCOMPARE(verdictOf(catalogue, {{"limit", 2}}), std::string("clear"));
}

void TestRuleEngine::aFalseWhenIsNotApplicableEvenIfInputsAreMissing()
{
    const auto catalogue = catalogueOf(requiredInput + "    when: applies\n");
    QCOMPARE(verdictOf(catalogue, {{"applies", false}}), std::string("not_applicable"));
    QCOMPARE(verdictOf(catalogue, {{"applies", true}}), std::string("unknown"));
    QCOMPARE(verdictOf(catalogue, {{"applies", true}, {"limit", 2}}), std::string("fires"));
}

void TestRuleEngine::anUnknownWhenLeavesOnlyClearCertain()
{
    const auto catalogue = catalogueOf(requiredInput + "    when: applies\n");
    QCOMPARE(verdictOf(catalogue, {{"limit", 2}}), std::string("unknown"));
    QCOMPARE(verdictOf(catalogue, {{"limit", 1}}), std::string("clear"));
    QCOMPARE(missingOf(findingOf(catalogue, {{"limit", 2}})), std::string("applies <- \n"));
}

void TestRuleEngine::aDefaultIsAssumedOnlyForWhatTheEvidenceDoesNotMention()
{
    const auto catalogue =
        catalogueOf("    inputs: [ { name: sysctl.limit, assume: 5, why: documented } ]\n", "sysctl.limit > 1");
    const auto assumed = findingOf(catalogue, {});
    QCOMPARE(toString(assumed.verdict), toString(Verdict::Fires));
    QCOMPARE(assumed.values.size(), std::size_t{1});
    QVERIFY(assumed.values[0].isAssumed);
    QVERIFY(!assumed.values[0].place.evidence.isValid());
    QCOMPARE(assumed.values[0].value, std::string("5"));
    QCOMPARE(verdictOf(catalogue, {{"sysctl", Value::map({})}}), std::string("fires"));
    QCOMPARE(verdictOf(catalogue, {{"sysctl", Value::map({{"limit", 0}})}}), std::string("clear"));
    const auto denied = Value::map({{"limit", Value::unknown("limit (not readable)")}});
    QCOMPARE(verdictOf(catalogue, {{"sysctl", denied}}), std::string("unknown"));
}

void TestRuleEngine::assumptionsMayDependOnOtherValues()
{
    const auto catalogue = catalogueOf(
        "    inputs: [ { name: limit, label: the limit, assume: \"version > 6 ? 4 : 0\", why: documented } ]\n");
    QCOMPARE(verdictOf(catalogue, {{"version", 7}}), std::string("fires"));
    QCOMPARE(verdictOf(catalogue, {{"version", 5}}), std::string("clear"));
    QCOMPARE(missingOf(findingOf(catalogue, {})), std::string("the limit <- \n"));
}

void TestRuleEngine::missingNamesCarryTheSubjectAndTheCommand()
{
    const auto catalogue =
        catalogueOf("    inputs:\n"
                    "      - { name: \"sysctl['net.core.somaxconn']\", command: sysctl -a }\n"
                    "      - { name: k8s.nodePorts, label: allocated NodePorts, command: kubectl }\n",
            "sysctl['net.core.somaxconn'] > k8s.nodePorts.size()");
    QCOMPARE(missingOf(findingOf(catalogue, {})),
        std::string("net.core.somaxconn of ingress.txt <- sysctl -a\nallocated NodePorts <- kubectl\n"));
}

void TestRuleEngine::valuesCarryTheirPlaces()
{
    const auto catalogue = catalogueOf(requiredInput, "limit > other");
    const auto finding = findingOf(catalogue,
        {{"limit", at(std::string("1024\t65535"), "net.limit", 210)}, {"other", at(std::string("1"), "other", 3)}});
    QCOMPARE(finding.values.size(), std::size_t{2});
    QCOMPARE(finding.values[0].name, std::string("net.limit"));
    QCOMPARE(finding.values[0].value, std::string("1024 65535"));
    QCOMPARE(toString(finding.values[0].place), std::string("E3:210"));
    QCOMPARE(finding.values[0].object.index, std::uint32_t{17});
    QVERIFY(!finding.values[0].isAssumed);
    QCOMPARE(finding.values[1].name, std::string("other"));
}

void TestRuleEngine::citedValuesAreListedWhenTheRuleFires()
{
    const auto catalogue = catalogueOf("    cites: list.filter(p, p > limit)\n");
    const auto list = Value::list({at(1, "a", 1), at(7, "b", 2), at(9, "c", 3)});
    const auto firing = findingOf(catalogue, {{"limit", 2}, {"list", list}});
    QCOMPARE(firing.values.size(), std::size_t{2});
    QCOMPARE(firing.values[0].name + firing.values[1].name, std::string("bc"));
    QCOMPARE(findingOf(catalogue, {{"limit", 1}, {"list", list}}).values.size(), std::size_t{0});

    ValueList many;
    for (int i = 0; i < 1000; ++i)
        many.push_back(at(100, std::format("service {}", i), 1));
    const auto shortened = findingOf(catalogue, {{"limit", 2}, {"list", Value::list(many)}});
    QCOMPARE(shortened.values.size(), std::size_t{101});
    QCOMPARE(shortened.values.back().name, std::string("not listed: 900 more"));
}

void TestRuleEngine::figuresAreAddedWhenTheRuleFires()
{
    const auto catalogue = catalogueOf("    figures: \"It is {limit}.\"\n");
    QCOMPARE(findingOf(catalogue, {{"limit", 2}}).explanation, std::string("E. It is 2."));
    QCOMPARE(findingOf(catalogue, {{"limit", 1}}).explanation, std::string("E."));
}

void TestRuleEngine::theFirstSeverityCaseThatIsTrueWins()
{
    const auto catalogue = catalogueOf("    severityCases:\n      - { when: mode == 'a', severity: info }\n"
                                       "      - { when: limit > 1, severity: error }\n");
    const auto severity = [&catalogue](ValueMap variables) {
        return std::string(toString(findingOf(catalogue, std::move(variables)).severity));
    };
    QCOMPARE(severity({{"limit", 2}, {"mode", std::string("a")}}), std::string("info"));
    QCOMPARE(severity({{"limit", 2}, {"mode", std::string("b")}}), std::string("error"));
    QCOMPARE(severity({{"limit", 2}}), std::string("error"));
    QCOMPARE(severity({{"limit", 1}}), std::string("warning"));
}

void TestRuleEngine::typeErrorsAreErrorsNotVerdicts()
{
    const auto catalogue = catalogueOf("");
    const auto finding = findingOf(catalogue, {{"limit", std::string("many")}});
    QCOMPARE(toString(finding.verdict), toString(Verdict::Error));
    QCOMPARE(finding.errorText, std::string("cannot compute string > int"));
    QCOMPARE(verdictOf(catalogueOf("", "limit"), {{"limit", 1}}), std::string("error"));
    QCOMPARE(verdictOf(catalogueOf("    when: limit\n"), {{"limit", 2}}), std::string("error"));
}

void TestRuleEngine::definitionsBuildOnEachOther()
{
    const auto catalogue =
        catalogueOf("    define:\n      double: limit * 2\n      more: double + 1\n", "more == 5 && double == 4");
    QCOMPARE(verdictOf(catalogue, {{"limit", 2}}), std::string("fires"));
    QCOMPARE(missingOf(findingOf(catalogue, {})), std::string("limit <- \n"));
}

void TestRuleEngine::findingsAreInAFixedOrder()
{
    RuleCatalogue catalogue;
    const auto rule = [](const char* id, const char* severity, const char* condition) {
        return std::format("  - {{ id: {}, title: T, subject: node, severity: {}, explanation: E, condition: {} }}\n",
            id, severity, condition);
    };
    catalogue.add("rules:\n" + rule("B", "warning", "limit > 1") + rule("A", "warning", "limit > 1")
            + rule("D", "error", "limit > 1") + rule("C", "error", "limit > nothing")
            + rule("E", "info", "limit > 'a'"),
        "x.yaml");
    const std::vector<Subject> subjects{{RuleSubject::Node, "two", {{"limit", 2}}},
        {RuleSubject::Node, "one", {{"limit", 1}}}, {RuleSubject::Node, "four", {{"limit", 4}}},
        {RuleSubject::Path, "other", {}}};
    std::string order;
    for (const auto& finding : evaluateAll(catalogue, subjects))
        order += std::format("{} {} {}\n", toString(finding.verdict), finding.rule, finding.subject);
    QCOMPARE(order,
        std::string("fires D four\nfires D two\nfires A four\nfires A two\nfires B four\nfires B two\n"
                    "error E four\nerror E one\nerror E two\nunknown C four\nunknown C one\nunknown C two\n"
                    "clear D one\nclear A one\nclear B one\n"));
}

void TestRuleEngine::aRuleWithoutASubjectSaysWhatToCollect()
{
    const auto findings = evaluateAll(catalogueOf(requiredInput), {});
    QCOMPARE(findings.size(), std::size_t{1});
    QCOMPARE(toString(findings[0].verdict), toString(Verdict::Unknown));
    QCOMPARE(findings[0].subject, std::string());
    QCOMPARE(missingOf(findings[0]), std::string("limit <- get limit\n"));
}

QTEST_APPLESS_MAIN(TestRuleEngine)
#include "tst_ruleengine.moc"
