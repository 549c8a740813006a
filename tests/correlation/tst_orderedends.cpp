// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/orderedends.h"

#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

PossibleEnd at(int milliseconds, std::uint32_t connection = PossibleEnd::known)
{
    const TimePoint time{std::chrono::milliseconds(milliseconds)};
    return {time - 3ms, time + 3ms, connection};
}

} // namespace

class TestOrderedEnds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asManyRequestsAsConnectionsHaveOneOrder();
    void aKnownEndPartsItsNeighbours();
    void oneConnectionTooManyLeavesItOpen();
    void endsCloserThanTheirErrorStayOpen();
    void aRequestWithoutConnectionIsMissed();
    void nothingIsKnownOfRequestsWithoutEnds();
};

void TestOrderedEnds::asManyRequestsAsConnectionsHaveOneOrder()
{
    const std::vector<PossibleEnd> all{at(100, 0), at(200, 1), at(300, 2)};
    const auto ends = orderedEnds(std::vector{all, all, all});
    for (std::size_t r = 0; r < all.size(); ++r) {
        QVERIFY(ends[r]);
        QCOMPARE(ends[r]->earliest, all[r].earliest);
        QCOMPARE(ends[r]->latest, all[r].latest);
    }
}

void TestOrderedEnds::aKnownEndPartsItsNeighbours()
{
    const std::vector<PossibleEnd> all{at(100, 0), at(200, 1), at(300, 2), at(400, 3)};
    const auto ends = orderedEnds(std::vector<std::vector<PossibleEnd>>{all, {at(250)}, all});
    QCOMPARE(ends[0]->earliest, all[0].earliest);
    QCOMPARE(ends[0]->latest, all[1].latest);
    QCOMPARE(ends[2]->earliest, all[2].earliest);
    QCOMPARE(ends[2]->latest, all[3].latest);
}

void TestOrderedEnds::oneConnectionTooManyLeavesItOpen()
{
    const std::vector<PossibleEnd> all{at(100, 0), at(200, 1), at(300, 2)};
    const auto ends = orderedEnds(std::vector{all, all});
    QCOMPARE(ends[0]->earliest, all[0].earliest);
    QCOMPARE(ends[0]->latest, all[1].latest);
    QCOMPARE(ends[1]->earliest, all[1].earliest);
    QCOMPARE(ends[1]->latest, all[2].latest);
}

void TestOrderedEnds::endsCloserThanTheirErrorStayOpen()
{
    const std::vector<PossibleEnd> both{at(100, 0), at(102, 1)};
    const auto ends = orderedEnds(std::vector{both, both});
    for (const auto& end : ends) {
        QCOMPARE(end->earliest, both[0].earliest);
        QCOMPARE(end->latest, both[1].latest);
    }
}

void TestOrderedEnds::aRequestWithoutConnectionIsMissed()
{
    const std::vector<PossibleEnd> early{at(100, 0)};
    const std::vector<PossibleEnd> late{at(500, 1)};
    // the middle one ends where its neighbours do not let it
    const auto ends = orderedEnds(std::vector<std::vector<PossibleEnd>>{early, {at(900, 2)}, late, {at(600, 3)}});
    QVERIFY(ends[0] && ends[2] && ends[3]);
    QVERIFY(!ends[1]);
}

void TestOrderedEnds::nothingIsKnownOfRequestsWithoutEnds()
{
    const auto ends = orderedEnds(std::vector<std::vector<PossibleEnd>>{{}, {at(100, 0)}, {}});
    QVERIFY(!ends[0] && !ends[2]);
    QVERIFY(ends[1]);
}

QTEST_APPLESS_MAIN(TestOrderedEnds)
#include "tst_orderedends.moc"
