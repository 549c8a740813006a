// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/linereader.h"

#include <QTest>

#include <random>
#include <string>

using namespace halfshake;

namespace {

struct Line
{
    std::string text;
    std::uint64_t number = 0;
    std::uint64_t offset = 0;
    bool isCut = false;

    bool operator==(const Line&) const = default;
};

std::vector<Line> linesOf(const ByteSource& source)
{
    std::vector<Line> lines;
    LineReader reader{source};
    for (auto line = reader.next(); line.value().has_value(); line = reader.next())
        lines.push_back({std::string{(*line)->text}, (*line)->number, (*line)->offset, (*line)->isCut});
    if (reader.offset() != source.size())
        qFatal("the reader stopped before the end");
    return lines;
}

std::vector<Line> linesOf(std::string text)
{
    return linesOf(*memorySource(std::move(text)));
}

/// A disk that breaks at some place.
class FailingSource final : public ByteSource
{
public:
    [[nodiscard]] std::uint64_t size() const override { return 10'000'000; }
    [[nodiscard]] Expected<std::size_t> read(std::uint64_t offset, std::span<std::byte> buffer) const override
    {
        if (offset > 0)
            return failure(DiagnosticCode::FileNotReadable, {}, {"Input/output error"});
        std::ranges::fill(buffer, std::byte{'x'});
        return buffer.size();
    }
};

constexpr auto longest = LineReader::longestLine;

} // namespace

class TestLineReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesComeWithNumberAndOffset();
    void aLastLineWithoutNewlineCounts();
    void nothingHasNoLines();
    void bothLineEndsAreTakenOff();
    void aCarriageReturnInsideALineStays();
    void aByteOrderMarkAtTheStartIsSkipped();
    void NulBytesStayInTheText();
    void longLinesAreCutAndTheRestIsSkipped_data();
    void longLinesAreCutAndTheRestIsSkipped();
    void aVeryLongLineDoesNotTakeItsNeighboursAlong();
    void linesThatCrossBlocksAreWhole();
    void readingCanStartAtAnyLine();
    void aSourceThatFailsStopsTheReader();
};

void TestLineReader::linesComeWithNumberAndOffset()
{
    QVERIFY(linesOf("one\n\nthree\n") == std::vector<Line>({{"one", 1, 0}, {"", 2, 4}, {"three", 3, 5}}));
}

void TestLineReader::aLastLineWithoutNewlineCounts()
{
    QVERIFY(linesOf("one\ntwo") == std::vector<Line>({{"one", 1, 0}, {"two", 2, 4}}));
    QVERIFY(linesOf("one") == std::vector<Line>({{"one", 1, 0}}));
}

void TestLineReader::nothingHasNoLines()
{
    QVERIFY(linesOf("").empty());
    QVERIFY(linesOf("\xEF\xBB\xBF").empty());
    QVERIFY(linesOf("\n") == std::vector<Line>({{"", 1, 0}}));
}

void TestLineReader::bothLineEndsAreTakenOff()
{
    QVERIFY(linesOf("one\r\ntwo\n\r\n") == std::vector<Line>({{"one", 1, 0}, {"two", 2, 5}, {"", 3, 9}}));
}

void TestLineReader::aCarriageReturnInsideALineStays()
{
    QVERIFY(linesOf("a\rb\r\r\nc\r") == std::vector<Line>({{"a\rb\r", 1, 0}, {"c\r", 2, 6}}));
}

void TestLineReader::aByteOrderMarkAtTheStartIsSkipped()
{
    QVERIFY(linesOf("\xEF\xBB\xBFone\ntwo\n") == std::vector<Line>({{"one", 1, 3}, {"two", 2, 7}}));
    QVERIFY(linesOf("one\n\xEF\xBB\xBFtwo") == std::vector<Line>({{"one", 1, 0}, {"\xEF\xBB\xBFtwo", 2, 4}}));
    QVERIFY(linesOf("\xEF\xBB") == std::vector<Line>({{"\xEF\xBB", 1, 0}}));
}

void TestLineReader::NulBytesStayInTheText()
{
    const std::string text{"a\0b\n\0\0\n", 7};
    QVERIFY(linesOf(text) == std::vector<Line>({{text.substr(0, 3), 1, 0}, {text.substr(4, 2), 2, 4}}));
}

void TestLineReader::longLinesAreCutAndTheRestIsSkipped_data()
{
    QTest::addColumn<quint64>("length");
    QTest::addColumn<QByteArray>("lineEnd");
    QTest::addColumn<bool>("isCut");

    for (const auto* lineEnd : {"\n", "\r\n"}) {
        const auto row = [&](quint64 length, bool isCut) {
            QTest::addRow("%llu bytes, line end of %zu", length, strlen(lineEnd))
                << length << QByteArray(lineEnd) << isCut;
        };
        row(longest - 1, false);
        row(longest, false);
        row(longest + 1, true);
        row(longest + 2, true);
        row(longest + 3, true);
        row(longest + (256 << 10) - 2, true);
        row(longest + (256 << 10) - 1, true);
        row(longest + (256 << 10), true);
        row(longest + (256 << 10) + 1, true);
        row(5 * longest, true);
    }
}

void TestLineReader::longLinesAreCutAndTheRestIsSkipped()
{
    QFETCH(const quint64, length);
    QFETCH(const QByteArray, lineEnd);
    QFETCH(const bool, isCut);

    std::string line(length, 'x');
    for (std::size_t i = 0; i < line.size(); i += 1000)
        line[i] = static_cast<char>('a' + i / 1000 % 26);
    const auto end = lineEnd.toStdString();
    const auto lines = linesOf("before" + end + line + end + "after" + end);
    QCOMPARE(lines.size(), std::size_t{3});
    QVERIFY(lines[0] == (Line{"before", 1, 0}));
    QCOMPARE(lines[1].isCut, isCut);
    QVERIFY(lines[1].text == line.substr(0, longest));
    QCOMPARE(lines[1].offset, std::uint64_t{6 + end.size()});
    QVERIFY(lines[2] == (Line{"after", 3, 6 + line.size() + 2 * end.size()}));
}

void TestLineReader::aVeryLongLineDoesNotTakeItsNeighboursAlong()
{
    const std::string huge(10 * longest + 17, 'x');
    const auto lines = linesOf(huge + "\n\n" + huge);
    QCOMPARE(lines.size(), std::size_t{3});
    QVERIFY(lines[0].isCut && lines[2].isCut);
    QVERIFY(lines[1] == (Line{"", 2, huge.size() + 1}));
    QVERIFY(lines[2].text == huge.substr(0, longest));
    QCOMPARE(lines[2].offset, std::uint64_t{huge.size() + 2});
}

void TestLineReader::linesThatCrossBlocksAreWhole()
{
    std::mt19937 random{1};
    std::string text;
    std::vector<Line> expected;
    while (text.size() < 4 * longest) {
        const auto length = random() % (random() % 50 == 0 ? 400'000 : 300);
        Line line{std::string(length, static_cast<char>('a' + random() % 26)), expected.size() + 1, text.size()};
        text += line.text + (random() % 2 == 0 ? "\n" : "\r\n");
        expected.push_back(std::move(line));
    }
    QVERIFY(linesOf(text) == expected);
}

void TestLineReader::readingCanStartAtAnyLine()
{
    const auto source = memorySource("one\ntwo\nthree\n");
    LineReader reader{*source, 4, 1};
    const auto line = reader.next();
    QVERIFY((*line)->text == "two");
    QCOMPARE((*line)->number, std::uint64_t{2});
    QCOMPARE((*line)->offset, std::uint64_t{4});
    QCOMPARE(reader.offset(), std::uint64_t{8});
}

void TestLineReader::aSourceThatFailsStopsTheReader()
{
    const FailingSource source;
    LineReader reader{source};
    const auto line = reader.next();
    QVERIFY(!line.has_value());
    QVERIFY(line.error().code == DiagnosticCode::FileNotReadable);
}

QTEST_APPLESS_MAIN(TestLineReader)

#include "tst_linereader.moc"
