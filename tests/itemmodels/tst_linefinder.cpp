// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/bytesource.h"
#include "models/itemmodels/linefinder.h"

#include <QSignalSpy>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;

namespace {

using Lines = std::vector<std::uint64_t>;

std::shared_ptr<const LineIndex> textOf(const std::string& bytes)
{
    JobContext job;
    return std::make_shared<const LineIndex>(LineIndex::build(memorySource(bytes), job).value());
}

Lines linesWith(const std::string& bytes, const LineQuery& query)
{
    JobContext job;
    return matchingLines(*textOf(bytes), LineMatcher(query), job)->lines;
}

} // namespace

class TestLineFinder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextIsFoundWhereItStands();
    void caseMattersOnlyWithACapital();
    void aPatternIsFound();
    void aTextIsNoPattern();
    void aBrokenPatternSaysWhatIsWrong();
    void theEndOfAListIsTold();
    void stepsGoAroundTheEnds();
    void theLatestQueryWins();
    void everyPartOfALineIsMarked();
};

void TestLineFinder::aTextIsFoundWhereItStands()
{
    QCOMPARE(linesWith("a 502\nb 200\n\nc 502 502\n", {.text = u"502"_s}), Lines({1, 4}));
    QCOMPARE(linesWith("a\nb\n", {.text = u"502"_s}), Lines());
    QCOMPARE(linesWith("größer\nKleiner\n", {.text = u"GRÖSSER"_s}), Lines());
    QCOMPARE(linesWith("größer\nKleiner\n", {.text = u"öß"_s}), Lines({1}));
}

void TestLineFinder::caseMattersOnlyWithACapital()
{
    QCOMPARE(linesWith("Error\nerror\nERROR\n", {.text = u"error"_s}), Lines({1, 2, 3}));
    QCOMPARE(linesWith("Error\nerror\nERROR\n", {.text = u"Error"_s}), Lines({1}));
    QCOMPARE(linesWith("a b\nA\tB\n", {.text = uR"(a\Sb|a\tb)"_s, .isPattern = true}), Lines({2}));
}

void TestLineFinder::aPatternIsFound()
{
    QCOMPARE(linesWith("x 502, 200\nx 200\nx 502\n", {.text = u"5\\d\\d, \\d+"_s, .isPattern = true}), Lines({1}));
}

void TestLineFinder::aTextIsNoPattern()
{
    QCOMPARE(linesWith("a.b\naxb\n", {.text = u"a.b"_s}), Lines({1}));
    QCOMPARE(linesWith("a[\nb\n", {.text = u"a["_s}), Lines({1}));
}

void TestLineFinder::aBrokenPatternSaysWhatIsWrong()
{
    const LineMatcher matcher({.text = u"a("_s, .isPattern = true});
    QVERIFY(!matcher.problem().isEmpty());
    QVERIFY(!matcher.matches("a("));
    QVERIFY(LineMatcher({.text = u"a("_s}).problem().isEmpty());
}

void TestLineFinder::theEndOfAListIsTold()
{
    JobContext job;
    const auto found = matchingLines(*textOf("a\na\na\n"), LineMatcher({.text = u"a"_s}), job, 2);
    QCOMPARE(found->lines, Lines({1, 2}));
    QVERIFY(found->isCut);
}

void TestLineFinder::stepsGoAroundTheEnds()
{
    LineFinder finder;
    finder.setText(textOf("a\nb\na\nb\na\n"));
    finder.setQuery({.text = u"b"_s});
    QTRY_VERIFY(!finder.isRunning());
    QCOMPARE(finder.next(0), 2u);
    QCOMPARE(finder.next(2), 4u);
    QCOMPARE(finder.next(4), 2u);
    QCOMPARE(finder.previous(4), 2u);
    QCOMPARE(finder.previous(2), 4u);
    QCOMPARE(finder.positionOf(4), std::size_t{2});
    QCOMPARE(finder.positionOf(3), std::size_t{0});
}

void TestLineFinder::theLatestQueryWins()
{
    std::string bytes;
    for (int i = 0; i < 200'000; ++i)
        bytes += i == 150'000 ? "needle\n" : "hay\n";
    LineFinder finder;
    finder.setText(textOf(bytes));
    finder.setQuery({.text = u"hay"_s});
    finder.setQuery({.text = u"needle"_s});
    QTRY_VERIFY(!finder.isRunning());
    QCOMPARE(finder.matches().lines, Lines({150'001}));
    finder.setQuery({});
    QVERIFY(!finder.isRunning());
    QVERIFY(finder.matches().lines.empty());
    QVERIFY(!finder.next(1));
}

void TestLineFinder::everyPartOfALineIsMarked()
{
    const auto parts = LineMatcher({.text = u"502"_s}).partsOf(u"502 and 502"_s);
    QCOMPARE(parts.size(), std::size_t{2});
    QCOMPARE(parts[1].offset, 8);
    QCOMPARE(parts[1].length, 3);
}

QTEST_GUILESS_MAIN(TestLineFinder)
#include "tst_linefinder.moc"
