// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/docklayout.h"
#include "tests/gui/workbench.h"
#include "widgets/logs/findbar.h"
#include "widgets/logs/logview.h"
#include "widgets/logs/logviewport.h"
#include "widgets/logs/matchoverview.h"

#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QTest>
#include <QToolButton>

using namespace halfshake;
using namespace Qt::StringLiterals;
using halfshake::test::Workbench;

/// Searching a log with the keyboard.
class TestFinding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void typingFindsAndEnterGoesThrough();
    void aPatternCanBeSearchedFor();
    void aBrokenPatternSaysSo();
    void theOverviewLeadsToAMatch();
    void anotherFileIsSearchedForTheSame();
    void escapeClosesAndReturnsToTheLines();

private:
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void type(const QString& text);
    [[nodiscard]] LogView& log() { return *m_workbench->window().panes().log; }
    [[nodiscard]] static std::vector<std::uint64_t> linesWith(const QString& name, const QByteArray& text);

    std::unique_ptr<Workbench> m_workbench;
};

void TestFinding::init()
{
    m_workbench = std::make_unique<Workbench>();
    QVERIFY(m_workbench->openSample());
    m_workbench->window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_workbench->window()));
    const auto& evidence = m_workbench->snapshot().evidence;
    for (const auto& file : evidence) {
        if (file->name == "access.log")
            m_workbench->window().selection().setCurrent({ObjectKind::Evidence, file->id, 0});
    }
    QCOMPARE(log().lines()->evidence()->name, std::string("access.log"));
    press(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(log().findBar()->isVisible());
    QCOMPARE(QApplication::focusWidget()->objectName(), u"findText"_s);
}

void TestFinding::cleanup()
{
    m_workbench.reset();
}

void TestFinding::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(m_workbench->window().windowHandle(), key, modifiers);
}

void TestFinding::type(const QString& text)
{
    QTest::keyClicks(QApplication::focusWidget(), text);
}

std::vector<std::uint64_t> TestFinding::linesWith(const QString& name, const QByteArray& text)
{
    QFile file(QStringLiteral(HALFSHAKE_SOURCE_DIR "/resources/samples/") + name);
    std::vector<std::uint64_t> lines;
    if (file.open(QIODevice::ReadOnly)) {
        for (std::uint64_t line = 1; !file.atEnd(); ++line) {
            if (file.readLine().contains(text))
                lines.push_back(line);
        }
    }
    return lines;
}

void TestFinding::typingFindsAndEnterGoesThrough()
{
    const auto expected = linesWith(u"access.log"_s, "/pay HTTP");
    QVERIFY(expected.size() >= 3);
    type(u"/pay HTTP"_s);
    QTRY_COMPARE(log().findBar()->stateText(), u"%1 lines"_s.arg(expected.size()));
    QVERIFY(log().matchOverview()->isVisible());

    press(Qt::Key_Return);
    QCOMPARE(log().lines()->currentLine(), expected[0]);
    QCOMPARE(m_workbench->window().selection().current().kind, ObjectKind::Line);
    QCOMPARE(log().findBar()->stateText(), u"1 of %1"_s.arg(expected.size()));
    press(Qt::Key_F3);
    QCOMPARE(log().lines()->currentLine(), expected[1]);
    press(Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(log().lines()->currentLine(), expected[0]);
    press(Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(log().lines()->currentLine(), expected.back());
}

void TestFinding::aPatternCanBeSearchedFor()
{
    auto* const pattern = log().findBar()->findChild<QToolButton*>(u"findPattern"_s);
    QVERIFY(pattern != nullptr);
    QTest::mouseClick(pattern, Qt::LeftButton);
    type(u" 502, 200 [0-9a-f]+$"_s);
    // the retried requests of the sample
    QTRY_COMPARE(log().findBar()->stateText(), u"%1 lines"_s.arg(linesWith(u"access.log"_s, " 502, 200 ").size()));
}

void TestFinding::aBrokenPatternSaysSo()
{
    QTest::mouseClick(log().findBar()->findChild<QToolButton*>(u"findPattern"_s), Qt::LeftButton);
    type(u"(a"_s);
    QVERIFY(log().findBar()->stateText().contains(u"parenthesis"_s));
    press(Qt::Key_Return);
    QCOMPARE(log().lines()->currentLine(), std::uint64_t{0});
}

void TestFinding::theOverviewLeadsToAMatch()
{
    type(u"502, 200"_s);
    QTRY_VERIFY(log().matchOverview()->isVisible());
    m_workbench->settle();
    QTest::mouseClick(log().matchOverview(), Qt::LeftButton, Qt::NoModifier, QPoint(3, 2));
    QCOMPARE(log().lines()->currentLine(), linesWith(u"access.log"_s, "502, 200").front());
}

void TestFinding::anotherFileIsSearchedForTheSame()
{
    type(u"connect() failed"_s);
    QTRY_COMPARE(log().findBar()->stateText(), u"no line matches"_s);
    for (const auto& file : m_workbench->snapshot().evidence) {
        if (file->name == "error.log")
            m_workbench->window().selection().setCurrent({ObjectKind::Evidence, file->id, 0});
    }
    const std::size_t count = linesWith(u"error.log"_s, "connect() failed").size();
    QVERIFY(count > 0);
    QTRY_COMPARE(log().findBar()->stateText(), u"%1 lines"_s.arg(count));
}

void TestFinding::escapeClosesAndReturnsToTheLines()
{
    type(u"502, 200"_s);
    QTRY_VERIFY(log().matchOverview()->isVisible());
    press(Qt::Key_Escape);
    QVERIFY(!log().findBar()->isVisible());
    QVERIFY(!log().matchOverview()->isVisible());
    QVERIFY(log().lines()->hasFocus());
}

QTEST_MAIN(TestFinding)
#include "tst_finding.moc"
