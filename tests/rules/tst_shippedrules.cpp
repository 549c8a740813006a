// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/ruleengine.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace halfshake;

namespace {

const RuleCatalogue& shipped()
{
    static const auto catalogue = RuleCatalogue::shipped();
    return catalogue;
}

Finding findingOf(const Rule& rule, const RuleCase& ruleCase)
{
    const auto& variables = *std::get<std::shared_ptr<const ValueMap>>(ruleCase.variables.variant());
    return evaluate(rule, {.kind = rule.subject, .label = "case", .variables = variables});
}

} // namespace

class TestShippedRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCatalogueHasNoErrors();
    void theRulesOfTheFirstStoryAreThere();
    void everyCaseGivesItsVerdict_data();
    void everyCaseGivesItsVerdict();
    void everyRuleHasAFiringAClearAndAnUnknownCase_data();
    void everyRuleHasAFiringAClearAndAnUnknownCase();
    void everyRuleSaysWhereItComesFromAndWhatToDo_data();
    void everyRuleSaysWhereItComesFromAndWhatToDo();
    void textsOfFiringRulesAreComplete_data();
    void textsOfFiringRulesAreComplete();
};

namespace {

void addRuleRows()
{
    QTest::addColumn<QByteArray>("id");
    for (const auto& rule : shipped().rules())
        QTest::newRow(rule.id.c_str()) << QByteArray::fromStdString(rule.id);
}

} // namespace

void TestShippedRules::theCatalogueHasNoErrors()
{
    for (const auto& error : shipped().errors())
        qWarning(
            "%s:%u:%u: %s: %s", error.file.c_str(), error.line, error.column, error.rule.c_str(), error.text.c_str());
    QVERIFY(shipped().errors().empty());
}

void TestShippedRules::theRulesOfTheFirstStoryAreThere()
{
    for (const auto* const id : {"PORT-001", "PORT-002", "PORT-003", "HS-007", "HS-012", "TW-001"})
        QVERIFY2(shipped().find(id), id);
}

void TestShippedRules::everyCaseGivesItsVerdict_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("index");
    for (const auto& rule : shipped().rules()) {
        for (std::size_t i = 0; i < rule.cases.size(); ++i) {
            const auto name = rule.id + ": " + rule.cases[i].name;
            QTest::newRow(name.c_str()) << QByteArray::fromStdString(rule.id) << int(i);
        }
    }
}

void TestShippedRules::everyCaseGivesItsVerdict()
{
    QFETCH(QByteArray, id);
    QFETCH(int, index);
    const auto& rule = *shipped().find(id.toStdString());
    const auto& ruleCase = rule.cases[std::size_t(index)];
    const auto finding = findingOf(rule, ruleCase);
    QCOMPARE(toString(finding.verdict), toString(ruleCase.expected));
    QVERIFY2(finding.errorText.empty(), finding.errorText.c_str());
    QCOMPARE(finding.verdict == Verdict::Unknown, !finding.missing.empty());
    for (const auto& missing : finding.missing)
        QVERIFY2(!missing.name.empty() && !missing.command.empty(), missing.name.c_str());
}

void TestShippedRules::everyRuleHasAFiringAClearAndAnUnknownCase_data()
{
    addRuleRows();
}

void TestShippedRules::everyRuleHasAFiringAClearAndAnUnknownCase()
{
    QFETCH(QByteArray, id);
    const auto& rule = *shipped().find(id.toStdString());
    std::set<Verdict> verdicts;
    for (const auto& ruleCase : rule.cases)
        verdicts.insert(ruleCase.expected);
    for (const auto verdict : {Verdict::Fires, Verdict::Clear, Verdict::Unknown})
        QVERIFY2(verdicts.contains(verdict), toString(verdict).data());
    QCOMPARE(verdicts.contains(Verdict::NotApplicable), rule.when.has_value());
}

void TestShippedRules::everyRuleSaysWhereItComesFromAndWhatToDo_data()
{
    addRuleRows();
}

void TestShippedRules::everyRuleSaysWhereItComesFromAndWhatToDo()
{
    QFETCH(QByteArray, id);
    const auto& rule = *shipped().find(id.toStdString());
    QVERIFY(!rule.sources.empty());
    QVERIFY(!rule.remedy.empty());
    QVERIFY(!rule.impact.empty());
    QVERIFY(!rule.sideEffects.empty());
    QVERIFY(!rule.confirms.empty());
    QVERIFY(std::ranges::contains(std::array<std::string, 4>{"source", "doc", "issue", "inference"}, rule.verified));
    QVERIFY(!rule.inputs.empty());
    for (const auto& input : rule.inputs)
        QVERIFY2(!input.command.empty(), input.label.c_str());
}

void TestShippedRules::textsOfFiringRulesAreComplete_data()
{
    addRuleRows();
}

void TestShippedRules::textsOfFiringRulesAreComplete()
{
    QFETCH(QByteArray, id);
    const auto& rule = *shipped().find(id.toStdString());
    for (const auto& ruleCase : rule.cases) {
        if (ruleCase.expected != Verdict::Fires)
            continue;
        const auto finding = findingOf(rule, ruleCase);
        QVERIFY2(!finding.explanation.contains("(not known)"), finding.explanation.c_str());
        QVERIFY2(!finding.steps.empty(), ruleCase.name.c_str());
    }
}

QTEST_APPLESS_MAIN(TestShippedRules)
#include "tst_shippedrules.moc"
