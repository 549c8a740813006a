// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/io/lineindex.h"
#include "models/io/linereader.h"

#include <QTest>

#include <random>

using namespace halfshake;

namespace {

LineIndex indexOf(std::string text)
{
    JobContext job;
    return LineIndex::build(memorySource(std::move(text)), job).value();
}

std::string numberedLines(std::uint64_t count)
{
    std::string text;
    for (std::uint64_t line = 1; line <= count; ++line)
        text += std::to_string(line) + '\n';
    return text;
}

} // namespace

class TestLineIndex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreCountedAsTheReaderCountsThem_data();
    void linesAreCountedAsTheReaderCountsThem();
    void anyLineIsFound();
    void askingBeyondTheEndGivesWhatThereIs();
    void aRangeOfLinesMayCrossMarks();
    void longLinesAreCut();
    void aSourceThatShrankGivesFewerLines();
    void buildingStopsWhenCancelled();
    void buildingReportsHowFarItIs();
};

void TestLineIndex::linesAreCountedAsTheReaderCountsThem_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("count");

    QTest::newRow("nothing") << QByteArray() << 0;
    QTest::newRow("only a byte order mark") << QByteArray("\xEF\xBB\xBF") << 0;
    QTest::newRow("a newline") << QByteArray("\n") << 1;
    QTest::newRow("no last newline") << QByteArray("a\nb") << 2;
    QTest::newRow("last newline") << QByteArray("a\nb\n") << 2;
    QTest::newRow("63") << QByteArray("x\n").repeated(63) << 63;
    QTest::newRow("64") << QByteArray("x\n").repeated(64) << 64;
    QTest::newRow("64 and a half") << QByteArray("x\n").repeated(64) + "y" << 65;
    QTest::newRow("more than a block") << QByteArray("x\n").repeated(3'000'000) << 3'000'000;
}

void TestLineIndex::linesAreCountedAsTheReaderCountsThem()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, count);

    const auto index = indexOf(text.toStdString());
    QCOMPARE(index.lineCount(), static_cast<std::uint64_t>(count));
    const auto source = memorySource(text.toStdString());
    LineReader reader{*source};
    std::uint64_t read = 0;
    for (auto line = reader.next(); line.value().has_value(); line = reader.next())
        ++read;
    QCOMPARE(read, index.lineCount());
    if (count > 0)
        QCOMPARE(index.lines(index.lineCount(), 1)->size(), std::size_t{1});
}

void TestLineIndex::anyLineIsFound()
{
    for (const char* mark : {"", "\xEF\xBB\xBF"}) {
        const auto index = indexOf(mark + numberedLines(1000));
        QCOMPARE(index.lineCount(), std::uint64_t{1000});
        for (std::uint64_t line = 1; line <= 1000; ++line)
            QVERIFY(*index.lines(line, 1) == std::vector{std::to_string(line)});
    }
}

void TestLineIndex::askingBeyondTheEndGivesWhatThereIs()
{
    const auto index = indexOf(numberedLines(100));
    QVERIFY(*index.lines(99, 10) == std::vector<std::string>({"99", "100"}));
    QVERIFY(*index.lines(99, ~std::uint64_t{0}) == std::vector<std::string>({"99", "100"}));
    QVERIFY(index.lines(101, 10)->empty());
    QVERIFY(index.lines(~std::uint64_t{0}, 10)->empty());
    QVERIFY(index.lines(0, 10)->empty());
    QVERIFY(index.lines(1, 0)->empty());
    QVERIFY(LineIndex{}.lines(1, 1)->empty());
}

void TestLineIndex::aRangeOfLinesMayCrossMarks()
{
    const auto index = indexOf(numberedLines(1000));
    const auto lines = index.lines(60, 200);
    QCOMPARE(lines->size(), std::size_t{200});
    for (std::size_t i = 0; i < 200; ++i)
        QCOMPARE((*lines)[i], std::to_string(60 + i));
}

void TestLineIndex::longLinesAreCut()
{
    const auto index = indexOf("a\n" + std::string(3 * LineReader::longestLine, 'x') + "\nb\r\n");
    const auto lines = index.lines(1, 3);
    QCOMPARE(lines->size(), std::size_t{3});
    QCOMPARE((*lines)[1].size(), LineReader::longestLine);
    QCOMPARE((*lines)[2], std::string("b"));
}

void TestLineIndex::aSourceThatShrankGivesFewerLines()
{
    class ShrinkingSource final : public ByteSource
    {
    public:
        [[nodiscard]] std::uint64_t size() const override { return 1000; }
        [[nodiscard]] Expected<std::size_t> read(std::uint64_t offset, std::span<std::byte> buffer) const override
        {
            if (offset >= bytes)
                return 0;
            const auto count = std::min<std::size_t>(buffer.size(), bytes - offset);
            std::ranges::fill(buffer.first(count), std::byte{'\n'});
            return count;
        }
        std::size_t bytes = 1000;
    };
    const auto source = std::make_shared<ShrinkingSource>();
    JobContext job;
    const auto index = LineIndex::build(source, job);
    QCOMPARE(index->lineCount(), std::uint64_t{1000});
    source->bytes = 5;
    QCOMPARE(index->lines(1, 10)->size(), std::size_t{5});
    QVERIFY(index->lines(900, 10)->empty());
}

void TestLineIndex::buildingStopsWhenCancelled()
{
    std::stop_source stop;
    stop.request_stop();
    JobContext job{stop.get_token()};
    const auto index = LineIndex::build(memorySource(numberedLines(10)), job);
    QVERIFY(!index.has_value());
    QVERIFY(index.error().code == DiagnosticCode::Cancelled);
}

void TestLineIndex::buildingReportsHowFarItIs()
{
    std::vector<Progress> reported;
    JobContext job{{}, [&](Progress progress) { reported.push_back(progress); }};
    const std::string text(5 << 20, '\n');
    QVERIFY(LineIndex::build(memorySource(text), job).has_value());
    QCOMPARE(reported.size(), std::size_t{5});
    QCOMPARE(reported.back().done, text.size());
    QCOMPARE(reported.back().total, text.size());
}

QTEST_APPLESS_MAIN(TestLineIndex)

#include "tst_lineindex.moc"
