// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/rules/evaluate.h"

#include <QTest>

#include <string>

using namespace halfshake;
using test::evaluated;

class TestExpressionError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mistakesArePlacedByLineAndColumn_data();
    void mistakesArePlacedByLineAndColumn();
    void thirtyTwoLevelsAndTermsAreTaken_data();
    void thirtyTwoLevelsAndTermsAreTaken();
    void endlessNestingIsRefused_data();
    void endlessNestingIsRefused();
    void anEndlessTextIsRefused();
    void macrosThatMultiplyAreStopped_data();
    void macrosThatMultiplyAreStopped();
    void aStoppedEvaluationIsNeverAVerdict();
    void aBacktrackingPatternIsStopped();
};

void TestExpressionError::mistakesArePlacedByLineAndColumn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<unsigned>("line");
    QTest::addColumn<unsigned>("column");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char* name, const char* text, unsigned line, unsigned column, const char* message) {
        QTest::newRow(name) << QByteArray(text) << line << column << QByteArray(message);
    };
    row("nothing", "", 1, 1, "expected a value at the end");
    row("half an operation", "1 +", 1, 4, "expected a value at the end");
    row("on the second line", "true &&\n  (1 == 1", 2, 10, "expected ')' at the end");
    row("two values", "1 2", 1, 3, "expected an operator or the end at '2'");
    row("after an umlaut", "'ä' $", 1, 5, "unexpected character");
    row("unknown function", "size(1) > siez(2)", 1, 11, "unknown function at 'siez'");
    row("function as member", "a.synGiveUp(1, 2)", 1, 3, "not a member function at 'synGiveUp'");
    row("member as function", "minus(a, b)", 1, 1, "not a global function at 'minus'");
    row("too few arguments", "max()", 1, 1, "wrong number of arguments at 'max'");
    row("too many arguments", "a.size(1)", 1, 3, "wrong number of arguments at 'size'");
    row("string not closed", "a == 'b", 1, 6, "the string is not closed");
    row("newline in a string", "'a\nb'", 1, 1, "the string is not closed");
    row("unknown escape", "'a\\q'", 1, 3, "unknown escape sequence");
    row("no character", "'\\ud800'", 1, 3, "the escape sequence names no character");
    row("too large", "9223372036854775808", 1, 1, "the number is too large at '9223372036854775808'");
    row("no unsigned integers", "1u", 1, 1, "a number ends with 'u'");
    row("reserved word", "a + for", 1, 5, "reserved word at 'for'");
    row("reserved field", "a.while", 1, 3, "expected a field or function name at 'while'");
    row("has of no field", "has(a)", 1, 1, "has() takes a field: has(a.b) at 'has'");
    row("macro without variable", "a.all(b > 1, true)", 1, 3, "the first argument must be a variable's name at 'all'");
    row("macro without body", "a.exists(x)", 1, 3, "expected a variable and an expression at 'exists'");
    row("map without value", "{'a'}", 1, 5, "expected ':' at '}'");
    row("conditional without else", "a ? b", 1, 6, "expected ':' at the end");
    row("index not closed", "a[1", 1, 4, "expected ']' at the end");
    row("assignment", "a = 1", 1, 3, "unexpected character");
    row("single ampersand", "a & b", 1, 3, "unexpected character");
}

void TestExpressionError::mistakesArePlacedByLineAndColumn()
{
    QFETCH(QByteArray, text);
    QFETCH(unsigned, line);
    QFETCH(unsigned, column);
    QFETCH(QByteArray, message);
    const auto expression = Expression::parse(text.toStdString());
    QVERIFY(!expression);
    QVERIFY2(QByteArray::fromStdString(expression.error().text).startsWith(message.left(24)),
        expression.error().text.c_str());
    QCOMPARE(expression.error().line, line);
    QCOMPARE(expression.error().column, column);
}

void TestExpressionError::thirtyTwoLevelsAndTermsAreTaken_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("parentheses") << QByteArray("(").repeated(32) + "1" + QByteArray(")").repeated(32)
                                 << QByteArray("1");
    QTest::newRow("or") << QByteArray("false || ").repeated(32) + "true" << QByteArray("true");
    QTest::newRow("and") << QByteArray("true && ").repeated(32) + "true" << QByteArray("true");
    QTest::newRow("sum") << QByteArray("1 + ").repeated(32) + "1" << QByteArray("33");
    QTest::newRow("not") << QByteArray("!").repeated(32) + "true" << QByteArray("true");
    QTest::newRow("list") << QByteArray("[").repeated(32) + QByteArray("]").repeated(32)
                          << QByteArray("[").repeated(32) + QByteArray("]").repeated(32);
    QTest::newRow("selection") << QByteArray("a") + QByteArray(".b").repeated(32)
                               << "unknown(a" + QByteArray(".b").repeated(32) + ")";
    QTest::newRow("arguments") << "max(" + QByteArray("1, ").repeated(31) + "2)" << QByteArray("2");
}

void TestExpressionError::thirtyTwoLevelsAndTermsAreTaken()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    QCOMPARE(evaluated(text.toStdString()), value.toStdString());
}

void TestExpressionError::endlessNestingIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const auto* const part :
        {"(", "[", "{'a':", "!", "-", "a[", "true ? 1 : ", "size(", "1+", "a.b.", "a && (b || "})
        QTest::newRow(part) << QByteArray(part).repeated(5000) + "1";
}

void TestExpressionError::endlessNestingIsRefused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!Expression::parse(text.toStdString()));
}

void TestExpressionError::anEndlessTextIsRefused()
{
    QVERIFY(Expression::parse(std::string(60'000, ' ') + "1"));
    QVERIFY(!Expression::parse(std::string(70'000, ' ') + "1"));
}

void TestExpressionError::macrosThatMultiplyAreStopped_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray ten = "[0,1,2,3,4,5,6,7,8,9]";
    QByteArray nested = "false";
    for (const char variable : QByteArray("abcdefgh"))
        nested = ten + ".exists(" + variable + ", " + nested + ')';
    QTest::newRow("nested quantifiers") << nested;
    QTest::newRow("doubling lists") << QByteArray("[1]") + QByteArray(".map(x, [x, x])").repeated(60) + " == []";
    QTest::newRow("growing list") << QByteArray("['a']") + QByteArray(".map(x, [x + x, x + x])").repeated(60) + "[0]";
    auto doubled = QByteArray("'aaaaaaaaaaaaaaaa'");
    QTest::newRow("doubling string") << '[' + doubled + ']' + QByteArray(".map(x, x + x)").repeated(60);
    QByteArray shared = "[1].map(x0, ";
    for (int i = 1; i < 40; ++i)
        shared += QByteArray("[[x%1, x%1]].map(x%2, ")
                      .replace("%1", QByteArray::number(i - 1))
                      .replace("%2", QByteArray::number(i));
    QTest::newRow("comparing shared parts") << shared + "x39 == x39" + QByteArray(")").repeated(40);
}

void TestExpressionError::macrosThatMultiplyAreStopped()
{
    QFETCH(QByteArray, text);
    const auto expression = Expression::parse(text.toStdString());
    QVERIFY2(expression, expression ? "" : expression.error().text.c_str());
    QElapsedTimer timer;
    timer.start();
    const auto text2 = toString(expression->evaluate({}).value);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(text2.size() < 100'000);
}

void TestExpressionError::aStoppedEvaluationIsNeverAVerdict()
{
    QByteArray nested = "false";
    for (const char variable : QByteArray("abcdefgh"))
        nested = QByteArray("[0,1,2,3,4,5,6,7,8,9].exists(") + variable + ", " + nested + ')';
    QCOMPARE(evaluated(nested.toStdString() + " || true"), std::string("error(the evaluation takes too long)"));
}

void TestExpressionError::aBacktrackingPatternIsStopped()
{
    QElapsedTimer timer;
    timer.start();
    const auto value = evaluated("'" + std::string(5000, 'a') + "!'.matches('^(a+)+$')");
    QVERIFY2(value.starts_with("error("), value.c_str());
    QVERIFY(timer.elapsed() < 1000);
    QVERIFY(evaluated("'a'.matches('(')").starts_with("error("));
}

QTEST_APPLESS_MAIN(TestExpressionError)
#include "tst_expressionerror.moc"
