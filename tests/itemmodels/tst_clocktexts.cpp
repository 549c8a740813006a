// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/clocktexts.h"

#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestClockTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatPeopleTypeIsAnOffset_data();
    void whatPeopleTypeIsAnOffset();
    void whatIsNoOffsetIsRefused_data();
    void whatIsNoOffsetIsRefused();
    void anOffsetCarriesItsSign();
};

void TestClockTexts::whatPeopleTypeIsAnOffset_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("nanoseconds");
    const auto row = [](const char* text, Duration offset) {
        QTest::newRow(text) << QString::fromUtf8(text) << qint64{offset.count()};
    };
    row("1.5", 1500ms);
    row("+1.5 s", 1500ms);
    row(" -300 ms ", -300ms);
    row("−300ms", -300ms);
    row("0,5 s", 500ms);
    row("250 µs", 250us);
    row("17 ns", 17ns);
    row("2 min", 2min);
    row("8 h", 8h);
    row("+08:00", 8h);
    row("-05:30", -(5h + 30min));
    row("00:00:01.5", 1500ms);
    row("0", 0ns);
}

void TestClockTexts::whatPeopleTypeIsAnOffset()
{
    QFETCH(const QString, text);
    QFETCH(const qint64, nanoseconds);
    const auto offset = texts::clockOffsetFromText(text);
    QVERIFY(offset);
    QCOMPARE(qint64{offset->count()}, nanoseconds);
}

void TestClockTexts::whatIsNoOffsetIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "soon", "1.5 days", "1e9", "999999999 h", "8:0", "--1", "1 s s"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestClockTexts::whatIsNoOffsetIsRefused()
{
    QFETCH(const QString, text);
    QVERIFY(!texts::clockOffsetFromText(text));
}

void TestClockTexts::anOffsetCarriesItsSign()
{
    QCOMPARE(texts::clockOffset(0ns), u"0 s"_s);
    QVERIFY(texts::clockOffset(1500ms).startsWith(u'+'));
    QVERIFY(texts::clockOffset(-1500ms).startsWith(u'−'));
}

QTEST_GUILESS_MAIN(TestClockTexts)
#include "tst_clocktexts.moc"
