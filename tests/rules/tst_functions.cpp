// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/exacttest.h"
#include "models/rules/scalar.h"
#include "tests/rules/evaluate.h"

#include <QTest>

#include <cmath>

using namespace halfshake;
using namespace std::chrono_literals;
using test::evaluated;

class TestFunctions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void functionsGiveTheirValues_data();
    void functionsGiveTheirValues();
    void giveUpTimesFollowTheLadder_data();
    void giveUpTimesFollowTheLadder();
    void durationsAreReadAsInCel_data();
    void durationsAreReadAsInCel();
    void nginxTimesAreReadAsNginxDoes_data();
    void nginxTimesAreReadAsNginxDoes();
    void versionsAreTheNumbersInFront_data();
    void versionsAreTheNumbersInFront();
    void exactTestsAgreeWithRationalArithmetic_data();
    void exactTestsAgreeWithRationalArithmetic();
    void exactTestsHoldForLargeNumbers();
};

void TestFunctions::functionsGiveTheirValues_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* text, const char* value) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(value);
    };
    row("size('äöü')", "3");
    row("'abc'.size()", "3");
    row("{'a': 1}.size()", "1");
    row("ports('30000-32767').size()", "2768");
    row("size(1)", "error(size does not take (int))");
    row("'abc'.contains('b')", "true");
    row("'abc'.startsWith('ab')", "true");
    row("'abc'.endsWith('ab')", "false");
    row("'upstream timed out (110: ...)'.matches('\\\\(110:')", "true");
    row("'abc'.matches('^b')", "false");
    row("int('42') + int(1.9)", "43");
    row("int('x')", "error(no integer: \"x\")");
    row("double('0.5') + double(1)", "1.5");
    row("string(duration('90s')) + string(1)", "\"90s1\"");
    row("max(1, 2.5, 2)", "2.5");
    row("min([3, 1, 2])", "1");
    row("max(duration('1s'), duration('2s'))", "2s");
    row("max([])", "error(max and min of nothing)");
    row("max(1, 'a')", "error(cannot compute string > int)");
    row("percent(5, 607)", "\"0.824 %\"");
    row("percent(1, 1)", "\"100 %\"");
    row("percent(1, 0)", "error(a percentage of nothing)");
    row("plural(1, 'port', 'ports')", "\"1 port\"");
    row("plural(2, 'port', 'ports')", "\"2 ports\"");
    row("[80, 443].join(', ')", "\"80, 443\"");
    row("human(duration('31.624s'))", "\"31.624 s\"");
    row("duration('3725.5s').getHours()", "1");
    row("duration('3725.5s').getMinutes()", "62");
    row("duration('3725.5s').getSeconds()", "3725");
    row("duration('3725.5s').getMilliseconds()", "500");

    row("ports('1024\\t65535')", "1024-65535");
    row("ports('8080,9148-9150')", "8080, 9148-9150");
    row("ports('')", "nothing");
    row("ports(8080)", "8080");
    row("ports([443, 80, 81])", "80-81, 443");
    row("ports('80 443')", "80-443");
    row("ports('http')", "error(no ports: \"http\")");
    row("ports(70000)", "error(no ports: 70000)");
    row("ports('1-10').minus(ports('3-4,9'))", "1-2, 5-8, 10");
    row("ports('1-10').overlap(ports('8-20'))", "8-10");
    row("ports('1-3').unite(ports('4,9'))", "1-4, 9");
    row("ports('1-10').contains(10)", "true");
    row("ports('1-10').contains(-1)", "false");
    row("ports('1-10').first() + ports('1-10').last()", "11");
    row("ports('').first()", "error(the first port of nothing)");
    row("ports('1024-65535').countWithParityOf(1024)", "32256"); // tcp-handshakes 2: even ports in 1024-65535
    row("ports('1-10').minus('3')", "error(a port set function does not take (port set, string))");
    row("fitsTimer(duration('31.97s'), duration('31s'))", "true");
    row("fitsTimer(duration('30.0s'), duration('31s'))", "false");
    row("synGiveUp(300, 0)", "error(synGiveUp does not take (int, int))");
    row("binomialTail(1, -1, 0.5)", "error(binomialTail takes a number of trials and a probability)");
    row("hypergeometricTail(1, 5, 1, 4)", "error(hypergeometricTail draws from a population)");
}

void TestFunctions::functionsGiveTheirValues()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    QCOMPARE(evaluated(text.toStdString()), value.toStdString());
}

/// Reference: tcp-handshakes 1.7, nominal times.
void TestFunctions::giveUpTimesFollowTheLadder_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* text, const char* value) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(value);
    };
    row("synGiveUp(2, 0)", "7s");
    row("synGiveUp(4, 0)", "31s");
    row("synGiveUp(6, 0)", "127s");
    row("synGiveUp(4, 4)", "35s");
    row("synGiveUp(6, 4)", "131s");
    row("synAckGiveUp(2)", "7s");
    row("synAckGiveUp(5)", "63s");
}

void TestFunctions::giveUpTimesFollowTheLadder()
{
    functionsGiveTheirValues();
}

void TestFunctions::durationsAreReadAsInCel_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("nanoseconds"); // -1: none
    QTest::newRow("seconds") << QByteArray("40s") << qint64{40'000'000'000};
    QTest::newRow("fraction") << QByteArray("1.5s") << qint64{1'500'000'000};
    QTest::newRow("milliseconds") << QByteArray("500ms") << qint64{500'000'000};
    QTest::newRow("hours and minutes") << QByteArray("1h30m") << qint64{5'400'000'000'000};
    QTest::newRow("zero") << QByteArray("0") << qint64{0};
    QTest::newRow("negative") << QByteArray("-2ns") << qint64{-2};
    QTest::newRow("no unit") << QByteArray("40") << qint64{-1};
    QTest::newRow("other unit") << QByteArray("1d") << qint64{-1};
    QTest::newRow("nothing") << QByteArray("") << qint64{-1};
    QTest::newRow("too long") << QByteArray("1e300h") << qint64{-1};
    QTest::newRow("too many hours") << QByteArray("9999999999h") << qint64{-1};
}

void TestFunctions::durationsAreReadAsInCel()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, nanoseconds);
    QCOMPARE(parseDuration(text.toStdString()).value_or(-1ns).count(), nanoseconds);
}

/// nginx.org/en/docs/syntax.html; a bare number of a time setting is in seconds.
void TestFunctions::nginxTimesAreReadAsNginxDoes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("milliseconds"); // -1: none
    QTest::newRow("seconds") << QByteArray("40s") << qint64{40'000};
    QTest::newRow("bare") << QByteArray("40") << qint64{40'000};
    QTest::newRow("composed") << QByteArray("1h 30m") << qint64{5'400'000};
    QTest::newRow("composed without blank") << QByteArray("1m30s") << qint64{90'000};
    QTest::newRow("bare at the end") << QByteArray("1m 5") << qint64{65'000};
    QTest::newRow("milliseconds") << QByteArray("250ms") << qint64{250};
    QTest::newRow("day") << QByteArray("1d") << qint64{86'400'000};
    QTest::newRow("month, not minute") << QByteArray("1M") << qint64{30LL * 86'400'000};
    QTest::newRow("variable") << QByteArray("$timeout") << qint64{-1};
    QTest::newRow("nothing") << QByteArray("") << qint64{-1};
}

void TestFunctions::nginxTimesAreReadAsNginxDoes()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, milliseconds);
    const auto time = parseNginxTime(text.toStdString());
    QCOMPARE(time ? std::chrono::duration_cast<std::chrono::milliseconds>(*time).count() : -1, milliseconds);
}

void TestFunctions::versionsAreTheNumbersInFront_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("vendor kernel") << QByteArray("4.19.91-27.6.al7.x86_64") << QByteArray("4.19.91");
    QTest::newRow("Kubernetes") << QByteArray("v1.24.6-aliyun.1") << QByteArray("1.24.6");
    QTest::newRow("two parts") << QByteArray("6.5") << QByteArray("6.5.0");
    QTest::newRow("one part") << QByteArray("7") << QByteArray("7.0.0");
    QTest::newRow("release candidate") << QByteArray("6.12-rc1") << QByteArray("6.12.0");
    QTest::newRow("words") << QByteArray("unknown") << QByteArray("none");
    QTest::newRow("nothing") << QByteArray("") << QByteArray("none");
}

void TestFunctions::versionsAreTheNumbersInFront()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    const auto version = parseVersion(text.toStdString());
    QCOMPARE(version ? toString(Value{*version}) : "none", value.toStdString());
}

/// Expected values: sums of Python's fractions.Fraction and math.comb.
void TestFunctions::exactTestsAgreeWithRationalArithmetic_data()
{
    QTest::addColumn<double>("computed");
    QTest::addColumn<double>("exact");
    using exacttest::binomialTail;
    using exacttest::hypergeometricTail;
    QTest::newRow("binomial 5 of 5") << binomialTail(5, 5, 0.001) << 1e-15;
    QTest::newRow("binomial below the mean") << binomialTail(3, 10, 0.5) << 0.9453125;
    QTest::newRow("binomial rare") << binomialTail(1, 1000, 0.001) << 0.6323045752290359;
    QTest::newRow("binomial none") << binomialTail(0, 10, 1.0 / 3) << 1.0;
    QTest::newRow("binomial all") << binomialTail(10, 10, 1.0 / 3) << 1.6935087808430286e-05;
    QTest::newRow("binomial at the mean") << binomialTail(90, 200, 0.45) << 0.527375646535192;
    QTest::newRow("binomial far out") << binomialTail(150, 200, 0.45) << 6.203283373307668e-18;
    QTest::newRow("binomial farther out") << binomialTail(700, 1000, 0.5) << 8.832839003975068e-38;
    QTest::newRow("binomial impossible") << binomialTail(11, 10, 0.5) << 0.0;
    QTest::newRow("binomial certain") << binomialTail(10, 10, 1) << 1.0;
    QTest::newRow("binomial never") << binomialTail(1, 10, 0) << 0.0;
    QTest::newRow("5 of 5 among 607") << hypergeometricTail(5, 5, 5, 607) << 1.4805064554817963e-12;
    QTest::newRow("3 of 3 among 363") << hypergeometricTail(3, 3, 3, 363) << 1.2648203746372654e-07;
    QTest::newRow("below the mean") << hypergeometricTail(1, 5, 300, 600) << 0.9692703920269126;
    QTest::newRow("at the mean") << hypergeometricTail(2, 10, 20, 100) << 0.6369505657923428;
    QTest::newRow("none asked") << hypergeometricTail(0, 5, 5, 10) << 1.0;
    QTest::newRow("14 of 14") << hypergeometricTail(14, 14, 20, 433) << 5.1309434126082165e-22;
    QTest::newRow("110 of 110") << hypergeometricTail(110, 110, 111, 350) << 5.802766739395123e-92;
    QTest::newRow("far below the mean") << hypergeometricTail(40, 100, 500, 1000) << 0.9867738661204395;
    QTest::newRow("more than can be") << hypergeometricTail(6, 5, 10, 20) << 0.0;
    QTest::newRow("all are marked") << hypergeometricTail(5, 5, 20, 20) << 1.0;
    QTest::newRow("nobody") << hypergeometricTail(0, 0, 0, 0) << 1.0;
}

void TestFunctions::exactTestsAgreeWithRationalArithmetic()
{
    QFETCH(double, computed);
    QFETCH(double, exact);
    QVERIFY2(std::abs(computed - exact) <= 1e-9 * exact, qPrintable(QString::number(computed, 'g', 17)));
}

void TestFunctions::exactTestsHoldForLargeNumbers()
{
    const auto half = exacttest::binomialTail(500'000, 1'000'000, 0.5);
    QVERIFY2(half > 0.5 && half < 0.501, qPrintable(QString::number(half)));
    QCOMPARE(exacttest::binomialTail(1, 1'000'000, 0.5), 1.0);
    const auto rare = exacttest::hypergeometricTail(5'000, 5'000, 6'000, 1'000'000);
    QVERIFY(rare >= 0 && rare < 1e-300);
}

QTEST_APPLESS_MAIN(TestFunctions)
#include "tst_functions.moc"
