// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/messagebar.h"

#include <QTest>
#include <QToolButton>

using namespace halfshake;
using namespace Qt::StringLiterals;

class TestMessageArea : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesStandUnderEachOtherUntilClosed();
    void theSameMessageIsShownOnce();
    void theOldestGivesWay();
};

void TestMessageArea::messagesStandUnderEachOtherUntilClosed()
{
    MessageArea area;
    area.show();
    area.add(DiagnosticLevel::Warning, u"first"_s);
    area.add(DiagnosticLevel::Error, u"second"_s);
    QCOMPARE(area.texts(), QStringList({u"first"_s, u"second"_s}));
    const auto bars = area.findChildren<MessageBar*>();
    QCOMPARE(bars[1]->accessibleName(), u"Error: second"_s);
    bars[0]->findChild<QToolButton*>(u"closeMessage"_s)->click();
    QCOMPARE(area.texts(), QStringList(u"second"_s));
}

void TestMessageArea::theSameMessageIsShownOnce()
{
    MessageArea area;
    area.add(DiagnosticLevel::Note, u"same"_s);
    area.add(DiagnosticLevel::Note, u"same"_s);
    QCOMPARE(area.texts().size(), 1);
}

void TestMessageArea::theOldestGivesWay()
{
    MessageArea area;
    for (qsizetype i = 0; i <= MessageArea::mostMessages; ++i)
        area.add(DiagnosticLevel::Note, QString::number(i));
    QCOMPARE(area.texts().size(), MessageArea::mostMessages);
    QCOMPARE(area.texts().first(), u"1"_s);
}

QTEST_MAIN(TestMessageArea)
#include "tst_messagearea.moc"
