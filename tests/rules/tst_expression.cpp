// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/rules/evaluate.h"

#include <QTest>

using namespace halfshake;
using test::evaluated;

/// Expected values follow the CEL language definition (google/cel-spec, doc/langdef.md).
class TestExpression : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void literalsAreRead_data();
    void literalsAreRead();
    void operatorsBindAsInCel_data();
    void operatorsBindAsInCel();
    void arithmeticIsCheckedAsInCel_data();
    void arithmeticIsCheckedAsInCel();
    void valuesCompareAsInCel_data();
    void valuesCompareAsInCel();
    void unknownAndErrorCombineAsInCel_data();
    void unknownAndErrorCombineAsInCel();
    void macrosWalkListsAndMaps_data();
    void macrosWalkListsAndMaps();
    void fieldsAreLookedUp_data();
    void fieldsAreLookedUp();
    void namesAreTheOutermostReferences();
    void aPathIsAPlainName();
};

void TestExpression::literalsAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("int") << QByteArray("42") << QByteArray("42");
    QTest::newRow("hexadecimal") << QByteArray("0xFf") << QByteArray("255");
    QTest::newRow("smallest int") << QByteArray("-9223372036854775808") << QByteArray("-9223372036854775808");
    QTest::newRow("largest int") << QByteArray("9223372036854775807") << QByteArray("9223372036854775807");
    QTest::newRow("double") << QByteArray("2.5e-1") << QByteArray("0.25");
    QTest::newRow("double without a leading digit") << QByteArray(".5") << QByteArray("0.5");
    QTest::newRow("double with exponent only") << QByteArray("1e3") << QByteArray("1000");
    QTest::newRow("true") << QByteArray("true") << QByteArray("true");
    QTest::newRow("null") << QByteArray("null") << QByteArray("null");
    QTest::newRow("double quotes") << QByteArray(R"("it's")") << QByteArray(R"("it's")");
    QTest::newRow("single quotes") << QByteArray(R"('a "b"')") << QByteArray(R"("a \"b\"")");
    QTest::newRow("escapes") << QByteArray(R"('\t\x41\u00e4\101\\')") << QByteArray("\"\\tAäA\\\\\"");
    QTest::newRow("raw") << QByteArray(R"(r'\d+')") << QByteArray(R"("\\d+")");
    QTest::newRow("triple quotes") << QByteArray("'''a'b\nc'''") << QByteArray(R"("a'b\nc")");
    QTest::newRow("list") << QByteArray("[1, 'a', [true],]") << QByteArray(R"([1, "a", [true]])");
    QTest::newRow("map") << QByteArray("{'b': 1, 'a': 2}") << QByteArray(R"({"a": 2, "b": 1})");
    QTest::newRow("comment") << QByteArray("1 // one\n + 2") << QByteArray("3");
}

void TestExpression::literalsAreRead()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    QCOMPARE(evaluated(text.toStdString()), value.toStdString());
}

void TestExpression::operatorsBindAsInCel_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("product before sum") << QByteArray("1 + 2 * 3") << QByteArray("7");
    QTest::newRow("difference from the left") << QByteArray("10 - 4 - 3") << QByteArray("3");
    QTest::newRow("quotient from the left") << QByteArray("100 / 5 / 2") << QByteArray("10");
    QTest::newRow("remainder like product") << QByteArray("7 % 4 * 2") << QByteArray("6");
    QTest::newRow("relation after sum") << QByteArray("1 + 1 == 2") << QByteArray("true");
    QTest::newRow("relations from the left") << QByteArray("1 < 2 == true") << QByteArray("true");
    QTest::newRow("and before or") << QByteArray("true || false && false") << QByteArray("true");
    QTest::newRow("not before and") << QByteArray("!false && false") << QByteArray("false");
    QTest::newRow("not twice") << QByteArray("!!true") << QByteArray("true");
    QTest::newRow("minus twice") << QByteArray("--3") << QByteArray("3");
    QTest::newRow("minus before product") << QByteArray("-2 * -3") << QByteArray("6");
    QTest::newRow("conditional last") << QByteArray("false || true ? 1 : 2") << QByteArray("1");
    QTest::newRow("conditional from the right") << QByteArray("false ? 1 : false ? 2 : 3") << QByteArray("3");
    QTest::newRow("in like a relation") << QByteArray("1 + 1 in [2] && true") << QByteArray("true");
    QTest::newRow("member before minus") << QByteArray("-[1, 2].size()") << QByteArray("-2");
    QTest::newRow("parentheses") << QByteArray("(1 + 2) * 3") << QByteArray("9");
    QTest::newRow("index") << QByteArray("[[1, 2], [3]][0][1]") << QByteArray("2");
}

void TestExpression::operatorsBindAsInCel()
{
    literalsAreRead();
}

void TestExpression::arithmeticIsCheckedAsInCel_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("sum overflows") << QByteArray("9223372036854775807 + 1") << QByteArray("error(integer overflow)");
    QTest::newRow("difference overflows")
        << QByteArray("-9223372036854775808 - 1") << QByteArray("error(integer overflow)");
    QTest::newRow("product overflows") << QByteArray("4611686018427387904 * 2")
                                       << QByteArray("error(integer overflow)");
    QTest::newRow("quotient overflows") << QByteArray("-9223372036854775808 / -1")
                                        << QByteArray("error(integer overflow)");
    QTest::newRow("remainder overflows") << QByteArray("-9223372036854775808 % -1")
                                         << QByteArray("error(integer overflow)");
    QTest::newRow("negation overflows") << QByteArray("-(-9223372036854775808)")
                                        << QByteArray("error(integer overflow)");
    QTest::newRow("division by zero") << QByteArray("1 / 0") << QByteArray("error(division by zero)");
    QTest::newRow("remainder of zero") << QByteArray("1 % 0") << QByteArray("error(division by zero)");
    QTest::newRow("division truncates") << QByteArray("-7 / 2") << QByteArray("-3");
    QTest::newRow("remainder has the dividend's sign") << QByteArray("-7 % 2") << QByteArray("-1");
    QTest::newRow("doubles") << QByteArray("1.5 + 2.0 * 3.0") << QByteArray("7.5");
    QTest::newRow("double division by zero") << QByteArray("1.0 / 0.0") << QByteArray("inf");
    QTest::newRow("no mixed sum") << QByteArray("1 + 1.0") << QByteArray("error(cannot compute int + double)");
    QTest::newRow("strings") << QByteArray("'a' + 'b'") << QByteArray("\"ab\"");
    QTest::newRow("lists") << QByteArray("[1] + ['a']") << QByteArray("[1, \"a\"]");
    QTest::newRow("durations") << QByteArray("duration('1m') - duration('1.5s')") << QByteArray("58.5s");
    QTest::newRow("no sum of maps") << QByteArray("{} + {}") << QByteArray("error(cannot compute map + map)");
    QTest::newRow("no negative string") << QByteArray("-'a'") << QByteArray("error(cannot negate string)");
}

void TestExpression::arithmeticIsCheckedAsInCel()
{
    literalsAreRead();
}

void TestExpression::valuesCompareAsInCel_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* text, const char* value) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(value);
    };
    row("1 == 1.0", "true");
    row("2 < 2.5", "true");
    row("9007199254740993 == 9007199254740992.0", "false");
    row("9223372036854775807 < 9223372036854775808.0", "true");
    row("'abc' < 'abd'", "true");
    row("'Z' < 'a'", "true");
    row("false < true", "true");
    row("duration('60s') == duration('1m')", "true");
    row("duration('999ms') < duration('1s')", "true");
    row("version('4.18') <= version('4.18.0-80.el8')", "true");
    row("version('4.9') < version('4.10')", "true");
    row("ports('1-3') == ports('1,2,3')", "true");
    row("[1, 2] == [1, 2]", "true");
    row("[1, 2] == [1, 2, 3]", "false");
    row("{'a': 1} == {'a': 1.0}", "true");
    row("{'a': 1} == {'b': 1}", "false");
    row("null == null", "true");
    row("1 == null", "false");
    row("'' != null", "true");
    row("'1' == 1", "error(cannot compute string == int)");
    row("'1' < 1", "error(cannot compute string < int)");
    row("[1] < [2]", "error(cannot compute list < list)");
    row("1 in [0, 1]", "true");
    row("1 in []", "false");
    row("'a' in {'a': 1}", "true");
    row("'b' in {'a': 1}", "false");
    row("1 in ['a', 1]", "true");
    row("1 in ['a']", "error(cannot compute int == string)");
    row("'a' in 'abc'", "error(cannot compute string in string)");
}

void TestExpression::valuesCompareAsInCel()
{
    literalsAreRead();
}

void TestExpression::unknownAndErrorCombineAsInCel_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* text, const char* value) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(value);
    };
    // what decides wins from either side, then unknown, then error
    row("f && u", "false");
    row("u && f", "false");
    row("f && e", "false");
    row("e && f", "false");
    row("t && u", "unknown(u)");
    row("u && t", "unknown(u)");
    row("t && e", "error(e)");
    row("e && t", "error(e)");
    row("u && e", "unknown(u)");
    row("e && u", "unknown(u)");
    row("u && v", "unknown(u, v)");
    row("u && v && f", "false");
    row("t || u", "true");
    row("u || t", "true");
    row("t || e", "true");
    row("e || t", "true");
    row("f || u", "unknown(u)");
    row("u || f", "unknown(u)");
    row("f || e", "error(e)");
    row("e || f", "error(e)");
    row("u || e", "unknown(u)");
    row("e || u", "unknown(u)");
    row("u || v || u", "unknown(u, v)");
    row("!u", "unknown(u)");
    row("!e", "error(e)");
    row("1 && t", "error(no truth value: int)");
    row("f && 1", "false");
    row("!1", "error(no truth value: int)");
    // only the branch taken counts; an unknown condition takes none
    row("t ? 1 : e", "1");
    row("f ? e : 2", "2");
    row("u ? 1 : 2", "unknown(u)");
    row("e ? 1 : 2", "error(e)");
    row("1 ? 1 : 2", "error(no truth value: int)");
    // strict everywhere else
    row("u == u", "unknown(u)");
    row("u == e", "unknown(u)");
    row("e == 1", "error(e)");
    row("1 + u", "unknown(u)");
    row("u + v", "unknown(u, v)");
    row("size(u)", "unknown(u)");
    row("[1, u]", "unknown(u)");
    row("{'a': e}", "error(e)");
    row("u in [1]", "unknown(u)");
    row("-u", "unknown(u)");
    row("notThere", "unknown(notThere)");
    row("notThere.at.all", "unknown(notThere.at.all)");
}

void TestExpression::unknownAndErrorCombineAsInCel()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    QCOMPARE(evaluated(text.toStdString(), test::truthValues()), value.toStdString());
}

void TestExpression::macrosWalkListsAndMaps_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* text, const char* value) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(value);
    };
    row("[1, 2].all(x, x > 0)", "true");
    row("[1, -2].all(x, x > 0)", "false");
    row("[].all(x, e)", "true");
    row("[1, 2].all(x, x == 1 ? e : false)", "false");
    row("[1, 2].all(x, x == 1 ? e : true)", "error(e)");
    row("[1, 2].all(x, x == 1 ? u : true)", "unknown(u)");
    row("[1, 2].exists(x, x == 2)", "true");
    row("[].exists(x, t)", "false");
    row("[1, 2].exists(x, x == 1 ? e : true)", "true");
    row("[1, 2].exists(x, x == 1 ? e : false)", "error(e)");
    row("[1, 2].exists(x, x == 1 ? u : e)", "unknown(u)");
    row("[1, 2].exists_one(x, x > 1)", "true");
    row("[1, 2].exists_one(x, x > 0)", "false");
    row("[1, 2].exists_one(x, x == 1 ? e : true)", "error(e)");
    row("[1, 2].exists_one(x, x == 1 ? u : true)", "unknown(u)");
    row("[1, 2, 3].map(n, n * n)", "[1, 4, 9]");
    row("[1, 2, 3].map(n, n > 1, n * n)", "[4, 9]");
    row("[1, 2, 3].filter(i, i % 2 > 0)", "[1, 3]");
    row("[1, 2].filter(i, i == 1 ? e : true)", "error(e)");
    row("[1, 2].map(i, i == 1 ? u : e)", "unknown(u)");
    row("[1].filter(i, i)", "error(no truth value: int)");
    row("{'a': 1, 'b': 2}.all(k, k < 'c')", "true");
    row("{'a': 1, 'b': 2}.exists(k, k == 'b')", "true");
    row("{'a': 1}.map(k, k)", "error(a macro cannot walk map)");
    row("(1).all(x, t)", "error(a macro cannot walk int)");
    row("u.all(x, t)", "unknown(u)");
    row("e.exists(x, t)", "error(e)");
    row("[1, 2].map(x, [3, 4].map(y, x * y))", "[[3, 4], [6, 8]]");
    row("[1].map(t, [t, [2].map(t, t)])", "[[1, [2]]]");
    row("[1, 2].all(x, x > 0) && x", "unknown(x)");
}

void TestExpression::macrosWalkListsAndMaps()
{
    unknownAndErrorCombineAsInCel();
}

void TestExpression::fieldsAreLookedUp_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* text, const char* value) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(value);
    };
    row("m.a", "1");
    row("m['a']", "1");
    row("m.inner['net.core.somaxconn']", "4096");
    row("m.b", "unknown(m.b)");
    row("m['b.c']", "unknown(m['b.c'])");
    row("m.inner.x.y", "unknown(m.inner.x.y)");
    row("m.unreadable", "unknown(the value of m)");
    row("m.unreadable.x", "unknown(the value of m)");
    row("m.a.b", "error(no fields in int)");
    row("m[1]", "error(a map has strings as keys, not int)");
    row("m['a' + 'b']", "unknown(\"ab\")");
    row("[1, 2][1]", "2");
    row("[1, 2][2]", "error(index 2 is outside the list)");
    row("[1, 2][-1]", "error(index -1 is outside the list)");
    row("[1]['a']", "error(a list has numbers as indexes, not string)");
    row("has(m.a)", "true");
    row("has(m.b)", "false");
    row("has(m.unreadable)", "unknown(the value of m)");
    row("has(n.a)", "unknown(n)");
    row("has(m.a.b)", "error(no fields in int)");
    row("'unreadable' in m", "true");
}

void TestExpression::fieldsAreLookedUp()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    const ValueMap variables{{"m",
        Value::map({{"a", 1}, {"unreadable", Value::unknown("the value of m")},
            {"inner", Value::map({{"net.core.somaxconn", 4096}})}})}};
    QCOMPARE(evaluated(text.toStdString(), variables), value.toStdString());
}

void TestExpression::namesAreTheOutermostReferences()
{
    const auto expression =
        Expression::parse("ports(sysctl['net.ipv4.ip_local_port_range']).overlap(k8s.nodePorts).size() > 0 "
                          "&& list.all(x, x.port > limit && x in list) || has(pod.name) || k8s.nodePorts == a[b]");
    QVERIFY(expression);
    const std::vector<std::string> names{
        "sysctl['net.ipv4.ip_local_port_range']", "k8s.nodePorts", "list", "limit", "pod.name", "a", "b"};
    QCOMPARE(expression->names(), names);
}

void TestExpression::aPathIsAPlainName()
{
    const auto pathOf = [](std::string_view text) { return Expression::parse(text)->path(); };
    QCOMPARE(pathOf("sysctl['net.ipv4.tcp_tw_reuse']"), (std::vector<std::string>{"sysctl", "net.ipv4.tcp_tw_reuse"}));
    QCOMPARE(pathOf("k8s.nodePorts"), (std::vector<std::string>{"k8s", "nodePorts"}));
    QCOMPARE(pathOf("k8s.nodePorts.size()"), std::vector<std::string>{});
    QCOMPARE(pathOf("a[0]"), std::vector<std::string>{});
    QCOMPARE(pathOf("1"), std::vector<std::string>{});
}

QTEST_APPLESS_MAIN(TestExpression)
#include "tst_expression.moc"
