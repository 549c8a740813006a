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
    void theSameMessageIsShownOnce();
    void theOldestGivesWay();
};

void TestMessageArea::theSameMessageIsShownOnce()
{
    MessageArea area;
    area.show(DiagnosticLevel::Note, u"same"_s);
    area.show(DiagnosticLevel::Note, u"same"_s);
    QCOMPARE(area.texts().size(), 1);
}

void TestMessageArea::theOldestGivesWay()
{
    MessageArea area;
    for (qsizetype i = 0; i <= MessageArea::mostMessages; ++i)
        area.show(DiagnosticLevel::Note, QString::number(i));
    QCOMPARE(area.texts().size(), MessageArea::mostMessages);
    QCOMPARE(area.texts().first(), u"1"_s);
}

QTEST_MAIN(TestMessageArea)
#include "tst_messagearea.moc"
