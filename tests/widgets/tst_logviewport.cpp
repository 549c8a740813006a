// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/logs/logviewport.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <atomic>

using namespace halfshake;
using namespace Qt::StringLiterals;

namespace {

/// Counts the bytes read, to prove that only visible lines are.
class CountingSource final : public ByteSource
{
public:
    explicit CountingSource(std::string bytes) : m_bytes(std::move(bytes)) { }

    [[nodiscard]] std::uint64_t size() const override { return m_bytes.size(); }
    [[nodiscard]] Expected<std::size_t> read(std::uint64_t offset, std::span<std::byte> buffer) const override
    {
        const std::string_view part = std::string_view(m_bytes).substr(std::min<std::size_t>(offset, m_bytes.size()));
        const std::size_t count = std::min(buffer.size(), part.size());
        std::memcpy(buffer.data(), part.data(), count);
        bytesRead += count;
        return count;
    }

    mutable std::atomic<std::size_t> bytesRead = 0;

private:
    std::string m_bytes;
};

struct Text
{
    std::shared_ptr<CountingSource> source;
    std::shared_ptr<const Evidence> evidence;
};

Text textOf(std::string bytes)
{
    Text text;
    text.source = std::make_shared<CountingSource>(std::move(bytes));
    JobContext job;
    auto evidence = std::make_shared<Evidence>();
    evidence->id = EvidenceId{0};
    evidence->bytes = text.source;
    evidence->lines = std::make_shared<const LineIndex>(LineIndex::build(text.source, job).value());
    text.evidence = std::move(evidence);
    return text;
}

std::string numberedLines(int count)
{
    std::string text;
    for (int i = 1; i <= count; ++i)
        text += "line number " + std::to_string(i) + "\n";
    return text;
}

} // namespace

class TestLogViewport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyVisibleLinesAreRead();
    void theCurrentLineIsShownWithItsContext();
    void clickingALineTellsItsNumber();
    void keysMoveAndShiftExtends();
    void copyTakesTheChosenLines();
    void aTextWithoutLinesIsHarmless();
    void hostileLinesAreDrawn();
};

void TestLogViewport::onlyVisibleLinesAreRead()
{
    const Text text = textOf(numberedLines(400'000));
    LogViewport view;
    view.resize(600, 400);
    view.setEvidence(text.evidence);
    text.source->bytesRead = 0;
    (void)view.grab();
    QVERIFY2(text.source->bytesRead < 400'000, qPrintable(QString::number(text.source->bytesRead)));
    view.setCurrentLine(390'000);
    text.source->bytesRead = 0;
    (void)view.grab();
    QVERIFY2(text.source->bytesRead < 400'000, qPrintable(QString::number(text.source->bytesRead)));
}

void TestLogViewport::theCurrentLineIsShownWithItsContext()
{
    const Text text = textOf(numberedLines(5'000));
    LogViewport view;
    view.resize(600, 400);
    view.show();
    view.setEvidence(text.evidence);
    view.setCurrentLine(2'500);
    QCOMPARE(view.lineText(2'500), u"line number 2500"_s);
    for (const std::uint64_t line : {2'498u, 2'500u, 2'502u})
        QVERIFY(view.viewport()->rect().contains(view.lineRect(line).center()));
    // a line that is on screen does not make it jump
    const std::uint64_t first = view.firstVisibleLine();
    view.setCurrentLine(2'501);
    QCOMPARE(view.firstVisibleLine(), first);
    view.setCurrentLine(1);
    QCOMPARE(view.firstVisibleLine(), std::uint64_t{1});
    view.setCurrentLine(5'001);
    QCOMPARE(view.currentLine(), std::uint64_t{0});
}

void TestLogViewport::clickingALineTellsItsNumber()
{
    const Text text = textOf(numberedLines(100));
    LogViewport view;
    view.resize(600, 400);
    view.setEvidence(text.evidence);
    QSignalSpy activated(&view, &LogViewport::lineActivated);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::NoModifier, view.lineRect(7).center());
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].value<std::uint64_t>(), std::uint64_t{7});
}

void TestLogViewport::keysMoveAndShiftExtends()
{
    const Text text = textOf(numberedLines(100));
    LogViewport view;
    view.resize(600, 400);
    view.setEvidence(text.evidence);
    QSignalSpy activated(&view, &LogViewport::lineActivated);
    QTest::keyClick(&view, Qt::Key_End);
    QCOMPARE(view.currentLine(), std::uint64_t{100});
    QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(view.currentLine(), std::uint64_t{100});
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(view.currentLine(), std::uint64_t{2});
    const auto before = activated.count();
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(view.currentLine(), std::uint64_t{3});
    QCOMPARE(activated.count(), before); // choosing more lines is no new object
}

void TestLogViewport::copyTakesTheChosenLines()
{
    const Text text = textOf(numberedLines(100));
    LogViewport view;
    view.resize(600, 400);
    view.setEvidence(text.evidence);
    view.setCurrentLine(4);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"line number 4"_s);
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"line number 4\nline number 5"_s);
}

void TestLogViewport::aTextWithoutLinesIsHarmless()
{
    LogViewport view;
    view.resize(600, 400);
    (void)view.grab();
    view.setCurrentLine(3);
    view.copy();
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::mouseClick(view.viewport(), Qt::LeftButton);
    QCOMPARE(view.currentLine(), std::uint64_t{0});
    view.setEvidence(textOf("").evidence);
    (void)view.grab();
    QCOMPARE(view.lineCount(), std::uint64_t{0});
}

void TestLogViewport::hostileLinesAreDrawn()
{
    std::string text = "\x01\x02\x7f\xff\xfe tab\there\n";
    text += std::string(100'000, 'x') + "\n";
    text += "\xe7\xab\xaf\xe5\x8f\xa3 \xf0\x9f\x98\x80\n";
    LogViewport view;
    view.resize(600, 400);
    view.setEvidence(textOf(text).evidence);
    view.setCurrentLine(2);
    (void)view.grab();
    QCOMPARE(view.lineCount(), std::uint64_t{3});
    QCOMPARE(view.lineText(3), QString::fromUtf8("\xe7\xab\xaf\xe5\x8f\xa3 \xf0\x9f\x98\x80"));
    QVERIFY(view.horizontalScrollBar()->maximum() < 100'000);
}

QTEST_MAIN(TestLogViewport)
#include "tst_logviewport.moc"
