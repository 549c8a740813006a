// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/rulecatalogue.h"

#include <QElapsedTimer>
#include <QTest>

#include <format>

using namespace halfshake;

namespace {

const std::string goodRule = R"(rules:
  - id: X-001
    title: A title
    subject: node
    severity: error
    condition: sysctl.a > 1
    explanation: Why.
)";

std::string described(const RuleCatalogue& catalogue)
{
    std::string text;
    for (const auto& error : catalogue.errors())
        text += std::format("{}|{}|{}:{}|{}\n", error.file, error.rule, error.line, error.column, error.text);
    return text;
}

} // namespace

class TestRuleCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRuleIsReadWithAllItsFields();
    void mistakesAreToldByFileLineAndColumn_data();
    void mistakesAreToldByFileLineAndColumn();
    void aBadRuleLeavesTheOthersUsable();
    void idsAreUniqueAcrossFiles();
    void bombsAreRefused_data();
    void bombsAreRefused();
};

void TestRuleCatalogue::aRuleIsReadWithAllItsFields()
{
    RuleCatalogue catalogue;
    catalogue.add(R"(
rules:
  - id: X-002
    title: "A title: with a colon"
    subject: networkNamespace
    severity: warning
    severityCases:
      - when: k8s.proxyMode == 'iptables'
        severity: info
    context: true
    inputs:
      - name: sysctl['net.core.somaxconn']
        command: sysctl -a
      - name: kernelVersion
        label: kernel version
        optional: true
      - name: k8s.nodePortRange
        assume: ports('30000-32767')
        why: documented default
    define:
      b: sysctl['net.core.somaxconn']
      a: b + 1
    when: k8s.present
    condition: >-
      a > 1
      && b > 0
    cites: "[b]"
    explanation: Text.
    figures: "{a} of {b}"
    impact: |
      One.
      Two.
    remedy: none
    sources: [ "ip-sysctl.rst", "source" ]
    confirms: [ "c" ]
    refutes: [ "r" ]
    verified: source
    cases:
      - name: fires
        expect: fires
        variables: { sysctl: { net.core.somaxconn: 128 } }
)",
        "x.yaml");
    QCOMPARE(described(catalogue), std::string());
    const auto* const rule = catalogue.find("X-002");
    QVERIFY(rule);
    QCOMPARE(rule->title, std::string("A title: with a colon"));
    QCOMPARE(rule->subject, RuleSubject::NetworkNamespace);
    QCOMPARE(toString(rule->severity), std::string_view("warning"));
    QCOMPARE(toString(rule->severityCases[0].severity), std::string_view("info"));
    QVERIFY(rule->isContext);
    QCOMPARE(rule->inputs.size(), std::size_t{3});
    QCOMPARE(rule->inputs[0].label, std::string("net.core.somaxconn"));
    QVERIFY(rule->inputs[0].isRequired);
    QCOMPARE(rule->inputs[1].label, std::string("kernel version"));
    QVERIFY(!rule->inputs[1].isRequired && !rule->inputs[2].isRequired);
    QCOMPARE(rule->inputs[2].assume->text(), std::string("ports('30000-32767')"));
    QCOMPARE(rule->definitions[0].name + rule->definitions[1].name, std::string("ba"));
    QCOMPARE(rule->condition.text(), std::string("a > 1 && b > 0"));
    QCOMPARE(rule->impact, std::string("One.\nTwo."));
    QCOMPARE(rule->sources.size(), std::size_t{2});
    QCOMPARE(toString(rule->cases[0].expected), std::string_view("fires"));
}

void TestRuleCatalogue::mistakesAreToldByFileLineAndColumn_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("error"); // begins with
    const auto row = [](const char* name, const char* from, const char* to, const char* error) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(error);
    };
    row("unknown field", "    explanation", "    explanaton: x\n    explanation",
        "x.yaml|X-001|7:5|unknown field 'explanaton'");
    row("missing field", "    title: A title\n", "", "x.yaml|X-001|2:5|title is missing");
    row("missing condition", "    condition: sysctl.a > 1\n", "", "x.yaml|X-001|2:5|condition is missing");
    row("bad expression", "sysctl.a > 1", "sysctl.a >> 1", "x.yaml|X-001|6:26|expected a value at '>'");
    row("bad quoted expression", "sysctl.a > 1", "\"sysctl.a >\"", "x.yaml|X-001|6:27|expected a value at the end");
    row("bad expression in a block", "sysctl.a > 1", ">-\n      sysctl.a >\n      foo(1)",
        "x.yaml|X-001|6:16|unknown function at 'foo' (line 1, column 12 of the text)");
    row("bad subject", "node", "nodes", "x.yaml|X-001|4:14|subject cannot be 'nodes'");
    row("bad severity", "severity: error", "severity: fatal", "x.yaml|X-001|5:15|severity cannot be 'fatal'");
    row("field twice", "    severity: error\n", "    severity: error\n    severity: info\n",
        "x.yaml||6:5|a field is there twice");
    row("list instead of text", "title: A title", "title: [a]", "x.yaml|X-001|3:12|title must be text");
    row("text instead of list", "    explanation", "    sources: s\n    explanation",
        "x.yaml|X-001|7:14|sources must be a list");
    row("input that is no name", "    explanation", "    inputs: [ { name: a + 1 } ]\n    explanation",
        "x.yaml|X-001|7:23|an input is a plain name");
    row("assumption without a reason", "    explanation", "    inputs: [ { name: a, assume: 1 } ]\n    explanation",
        "x.yaml|X-001|7:34|say why that may be assumed");
    row("unknown verdict in a case", "    explanation", "    cases: [ { name: n, expect: fire } ]\n    explanation",
        "x.yaml|X-001|7:33|expect cannot be 'fire'");
    row("bad value in a case", "    explanation",
        "    cases: [ { name: n, expect: fires, variables: { a: !ports x } } ]\n    explanation",
        "x.yaml|X-001|7:56|!ports cannot be 'x'");
    row("bad place in a text", "    explanation", "    figures: \"a {1 +} b\"\n    explanation",
        "x.yaml|X-001|7:21|expected a value at the end");
    row("not YAML", "rules:", "rules: [", "x.yaml||");
    row("no list of rules", "rules:", "rule:", "x.yaml||1:1|the file has no list 'rules'");
    row("rules are no list", "rules:\n  - id: X-001\n", "rules:\n", "x.yaml||2:5|rules must be a list");
    row("something besides rules", "rules:", "more: 1\nrules:", "x.yaml||1:1|unknown field 'more'");
}

void TestRuleCatalogue::mistakesAreToldByFileLineAndColumn()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, error);
    auto yaml = QByteArray::fromStdString(goodRule);
    QVERIFY(yaml.contains(from));
    RuleCatalogue catalogue;
    catalogue.add(yaml.replace(from, to).toStdString(), "x.yaml");
    QVERIFY2(QByteArray::fromStdString(described(catalogue)).startsWith(error), described(catalogue).c_str());
    QCOMPARE(catalogue.errors().size(), std::size_t{1});
    QCOMPARE(catalogue.rules().size(), error.contains("unknown field 'more'") ? std::size_t{1} : std::size_t{0});
}

void TestRuleCatalogue::aBadRuleLeavesTheOthersUsable()
{
    auto second = QByteArray::fromStdString(goodRule).replace("rules:\n", "").replace("X-001", "X-002");
    const auto bad = QByteArray::fromStdString(goodRule).replace("sysctl.a > 1", "sysctl.a >");
    RuleCatalogue catalogue;
    catalogue.add(bad.toStdString() + second.toStdString(), "x.yaml");
    QCOMPARE(catalogue.errors().size(), std::size_t{1});
    QCOMPARE(catalogue.rules().size(), std::size_t{1});
    QVERIFY(catalogue.find("X-002") && !catalogue.find("X-001"));
}

void TestRuleCatalogue::idsAreUniqueAcrossFiles()
{
    RuleCatalogue catalogue;
    catalogue.add(goodRule, "x.yaml");
    catalogue.add(goodRule, "y.yaml");
    QCOMPARE(described(catalogue), std::string("y.yaml|X-001|2:9|the id X-001 is taken\n"));
    QCOMPARE(catalogue.rules().size(), std::size_t{1});
}

void TestRuleCatalogue::bombsAreRefused_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QByteArray laughs = "a0: &a0 [lol]\n";
    for (int i = 1; i < 30; ++i) {
        laughs += QByteArray("a%1: &a%1 [").replace("%1", QByteArray::number(i))
            + QByteArray("*a%1,").replace("%1", QByteArray::number(i - 1)).repeated(9) + "]\n";
    }
    const auto rule = QByteArray::fromStdString(goodRule);
    QTest::newRow("aliases that multiply")
        << rule + "    cases: [ { name: n, expect: fires, variables: { a: *a29 } } ]\n" + laughs;
    QTest::newRow("aliases that multiply, defined first")
        << laughs + rule + "    cases: [ { name: n, expect: fires, variables: { a: *a29 } } ]\n";
    QTest::newRow("nested brackets") << "rules: " + QByteArray("[").repeated(100'000);
    QTest::newRow("nested maps") << "rules: " + QByteArray("{a: ").repeated(100'000);
    QTest::newRow("an endless file") << QByteArray("# ").repeated(2 << 20);
    QTest::newRow("binary") << QByteArray("\0\x01\xff\xfe", 4).repeated(1000);
    QTest::newRow("an alias of itself") << rule
            + "    cases: &a [ { name: n, expect: fires, variables: { a: *a } } ]\n";
}

void TestRuleCatalogue::bombsAreRefused()
{
    QFETCH(QByteArray, yaml);
    QElapsedTimer timer;
    timer.start();
    RuleCatalogue catalogue;
    catalogue.add(yaml.toStdString(), "x.yaml");
    QVERIFY(!catalogue.errors().empty());
    QVERIFY(catalogue.rules().empty());
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_APPLESS_MAIN(TestRuleCatalogue)
#include "tst_rulecatalogue.moc"
