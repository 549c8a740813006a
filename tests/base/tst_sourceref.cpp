// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/sourceref.h"

#include <QTest>

using namespace halfshake;

class TestSourceRef : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void evidenceIsCountedFromOne();
    void noEvidenceIsWrittenAsNothing();
    void linesAndPacketsFollowTheEvidence();
    void placesSortInReadingOrder();
};

void TestSourceRef::evidenceIsCountedFromOne()
{
    QCOMPARE(toString(EvidenceId{0}), std::string("E1"));
    QCOMPARE(toString(EvidenceId{41}), std::string("E42"));
}

void TestSourceRef::noEvidenceIsWrittenAsNothing()
{
    QCOMPARE(toString(EvidenceId{}), std::string{});
    QCOMPARE(toString(SourceRef{}), std::string{});
}

void TestSourceRef::linesAndPacketsFollowTheEvidence()
{
    QCOMPARE(toString(SourceRef{.evidence = EvidenceId{2}}), std::string("E3"));
    QCOMPARE(toString(SourceRef{.evidence = EvidenceId{2}, .byteOffset = 77}), std::string("E3"));
    QCOMPARE(toString(SourceRef{.evidence = EvidenceId{2}, .line = 210}), std::string("E3:210"));
    QCOMPARE(toString(SourceRef{.evidence = EvidenceId{0}, .packet = 4711}), std::string("E1#4711"));
}

void TestSourceRef::placesSortInReadingOrder()
{
    const SourceRef first{.evidence = EvidenceId{0}, .line = 9};
    const SourceRef second{.evidence = EvidenceId{0}, .line = 10};
    const SourceRef third{.evidence = EvidenceId{1}, .line = 1};
    QVERIFY(first < second && second < third);
}

QTEST_APPLESS_MAIN(TestSourceRef)

#include "tst_sourceref.moc"
