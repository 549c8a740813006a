// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/expression.h"
#include "models/rules/texttemplate.h"
#include "models/rules/valuetext.h"

#include <QTest>

using namespace halfshake;

namespace {

Value at(Value value, std::string name, std::uint64_t line)
{
    value.setOrigin({.name = std::move(name), .place = {.evidence = EvidenceId{2}, .line = line}, .object = {}});
    return value;
}

ValueMap nodeVariables()
{
    return {{"sysctl",
                Value::map({{"net.ipv4.ip_local_port_range",
                                at(std::string("1024\t65535"), "net.ipv4.ip_local_port_range", 210)},
                    {"net.ipv4.ip_local_reserved_ports", at(std::string(), "net.ipv4.ip_local_reserved_ports", 211)}})},
        {"k8s",
            Value::map({{"nodePortRange", *PortSet::parseRange("30000-32767")},
                {"services",
                    Value::list(
                        {Value::map({{"port", at(30'080, "a", 7)}}), Value::map({{"port", at(31'000, "b", 9)}})})}})}};
}

std::vector<std::string> stepsOf(const Evaluation& evaluation)
{
    std::vector<std::string> steps;
    for (const auto& step : evaluation.steps)
        steps.push_back(step.expression + " = " + step.result);
    return steps;
}

} // namespace

class TestEvaluation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsTellHowTheResultCameAbout();
    void valuesThatWereUsedKeepTheirPlaces();
    void elementsOfMacrosAreNotListedOneByOne();
    void fallbacksStandInForWhatIsMissingOnly();
    void placesInTextsAreFilledIn_data();
    void placesInTextsAreFilledIn();
    void mistakesInTextsArePlaced_data();
    void mistakesInTextsArePlaced();
    void longSetsAndTextsAreShortened();
};

void TestEvaluation::stepsTellHowTheResultCameAbout()
{
    const auto expression = Expression::parse("ports(sysctl['net.ipv4.ip_local_port_range'])"
                                              ".minus(ports(sysctl['net.ipv4.ip_local_reserved_ports']))"
                                              ".overlap(k8s.nodePortRange).size() > 0");
    const auto evaluation = expression->evaluate(nodeVariables());
    QCOMPARE(toString(evaluation.value), std::string("true"));
    const std::vector<std::string> expected{"1024-65535 minus nothing = 1024-65535, 64512 ports",
        "1024-65535 overlap 30000-32767 = 30000-32767, 2768 ports", "size(30000-32767) = 2768", "2768 > 0 = true"};
    QCOMPARE(stepsOf(evaluation), expected);
}

void TestEvaluation::valuesThatWereUsedKeepTheirPlaces()
{
    const auto expression = Expression::parse(
        "sysctl['net.ipv4.ip_local_port_range'] != '' && sysctl['net.ipv4.ip_local_port_range'] != 'x' "
        "&& sysctl['net.ipv4.ip_local_reserved_ports'] == '' && k8s.nodePortRange.size() > 0");
    const auto used = expression->evaluate(nodeVariables()).used;
    QCOMPARE(used.size(), std::size_t{2});
    QCOMPARE(used[0].origin()->place.line, std::uint64_t{210});
    QCOMPARE(used[1].origin()->name, std::string("net.ipv4.ip_local_reserved_ports"));
}

void TestEvaluation::elementsOfMacrosAreNotListedOneByOne()
{
    const auto expression = Expression::parse("k8s.services.exists(s, s.port == 31000)");
    const auto evaluation = expression->evaluate(nodeVariables());
    QCOMPARE(toString(evaluation.value), std::string("true"));
    QVERIFY(evaluation.used.empty());
    QVERIFY(evaluation.steps.empty());
    const auto cited =
        Expression::parse("k8s.services.filter(s, s.port > 30500).map(s, s.port)")->evaluate(nodeVariables());
    const auto& items = *std::get<std::shared_ptr<const ValueList>>(cited.value.variant());
    QCOMPARE(items.size(), std::size_t{1});
    QCOMPARE(items[0].origin()->place.line, std::uint64_t{9});
}

void TestEvaluation::fallbacksStandInForWhatIsMissingOnly()
{
    const ValueMap fallbacks{{"k8s.proxyMode", std::string("ipvs")}, {"k8s.nodePortRange", 1}, {"kernelVersion", 6}};
    const auto value = [&fallbacks](std::string_view text) {
        return toString(Expression::parse(text)->evaluate(nodeVariables(), fallbacks).value);
    };
    QCOMPARE(value("k8s.proxyMode"), std::string("\"ipvs\""));
    QCOMPARE(value("k8s.nodePortRange"), std::string("30000-32767"));
    QCOMPARE(value("kernelVersion + 1"), std::string("7"));
    QCOMPARE(value("k8s.other"), std::string("unknown(k8s.other)"));
    QCOMPARE(value("has(k8s.proxyMode)"), std::string("false"));
}

void TestEvaluation::placesInTextsAreFilledIn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("filled");
    QTest::newRow("plain") << QByteArray("no places") << QByteArray("no places");
    QTest::newRow("int") << QByteArray("{1 + 1} of {3}.") << QByteArray("2 of 3.");
    QTest::newRow("duration") << QByteArray("after {duration('31.624s')}") << QByteArray("after 31.624 s");
    QTest::newRow("string without quotes") << QByteArray("{plural(5, 'port', 'ports')}") << QByteArray("5 ports");
    QTest::newRow("setting on one line") << QByteArray("= {sysctl['net.ipv4.ip_local_port_range']}")
                                         << QByteArray("= 1024 65535");
    QTest::newRow("ports") << QByteArray("{k8s.nodePortRange}") << QByteArray("30000-32767");
    QTest::newRow("unknown") << QByteArray("{k8s.nodePorts} are taken") << QByteArray("(not known) are taken");
    QTest::newRow("error") << QByteArray("{1 / 0}") << QByteArray("(not known)");
    QTest::newRow("doubled braces") << QByteArray("{{x}} {1}") << QByteArray("{x} 1");
    QTest::newRow("brace in a string") << QByteArray("{'}' + '{'}") << QByteArray("}{");
    QTest::newRow("map in a place") << QByteArray("{{'a': 1}['a']}") << QByteArray("");
}

void TestEvaluation::placesInTextsAreFilledIn()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, filled);
    const auto result = TextTemplate::parse(text.toStdString());
    if (filled.isEmpty()) {
        QVERIFY(!result); // "{{" is a brace of the text
        return;
    }
    QVERIFY2(result, result ? "" : result.error().text.c_str());
    QCOMPARE(result->text(), text.toStdString());
    QCOMPARE(result->fill(nodeVariables()).text, filled.toStdString());
}

void TestEvaluation::mistakesInTextsArePlaced_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<unsigned>("line");
    QTest::addColumn<unsigned>("column");
    QTest::newRow("not closed") << QByteArray("a {1") << 1U << 3U;
    QTest::newRow("closes nothing") << QByteArray("a } b") << 1U << 3U;
    QTest::newRow("expression") << QByteArray("ab\ncd {1 + }") << 2U << 9U;
    QTest::newRow("expression on a further line") << QByteArray("ab {1 +\n foo(2)}") << 2U << 2U;
}

void TestEvaluation::mistakesInTextsArePlaced()
{
    QFETCH(QByteArray, text);
    QFETCH(unsigned, line);
    QFETCH(unsigned, column);
    const auto result = TextTemplate::parse(text.toStdString());
    QVERIFY(!result);
    QCOMPARE(result.error().line, line);
    QCOMPARE(result.error().column, column);
}

void TestEvaluation::longSetsAndTextsAreShortened()
{
    std::vector<PortRange> ranges;
    for (std::uint16_t port = 30'000; port < 30'118; port += 2)
        ranges.push_back({port, port});
    const Value many = PortSet(ranges);
    QCOMPARE(displayText(many),
        std::string("30000, 30002, 30004, 30006, 30008, 30010, 30012, 30014, 30016, 30018, … (59 ports)"));
    QCOMPARE(resultText(Value{*PortSet::parseList("80")}), std::string("80, 1 port"));
    QCOMPARE(resultText(Value{PortSet{}}), std::string("nothing"));
    QVERIFY(displayText(Value{std::string(1000, 'a')}).size() < 250);
    QCOMPARE(displayText(Value::list({1, 2, std::string("a b")})), std::string("1, 2, a b"));
    QCOMPARE(displayText(Value{0.00824}), std::string("0.00824"));
    QCOMPARE(displayText(Value{1.48e-12}), std::string("1.5e-12"));
}

QTEST_APPLESS_MAIN(TestEvaluation)
#include "tst_evaluation.moc"
