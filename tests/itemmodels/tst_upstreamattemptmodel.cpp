// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/load.h"
#include "models/itemmodels/upstreamattemptmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;

class TestUpstreamAttemptModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRetriedRequestShowsBothAttempts();
    void anythingElseShowsNone();

private:
    static std::shared_ptr<const IncidentSnapshot> sample();
};

std::shared_ptr<const IncidentSnapshot> TestUpstreamAttemptModel::sample()
{
    JobContext job;
    return loadIncident({HALFSHAKE_SOURCE_DIR "/resources/samples"}, job).value();
}

void TestUpstreamAttemptModel::aRetriedRequestShowsBothAttempts()
{
    const auto snapshot = sample();
    const Link& link = snapshot->correlation->links.front();
    const UpstreamAttempt& failed = *snapshot->upstreamAttempt(link.attempt);
    const ObjectRef request{ObjectKind::Request, link.attempt.evidence, failed.request};

    UpstreamAttemptModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRequest(snapshot, request);
    // every failing request of the sample has "502, 200" in its line
    QCOMPARE(model.rowCount(), 2);
    const auto cell = [&model](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(cell(0, UpstreamAttemptModel::StatusColumn), u"502"_s);
    QCOMPARE(cell(1, UpstreamAttemptModel::StatusColumn), u"200"_s);
    QCOMPARE(cell(0, UpstreamAttemptModel::ClassColumn), u"kernel gave up connecting"_s);
    QVERIFY(cell(0, UpstreamAttemptModel::DurationColumn).startsWith(u"31."_s));
    QVERIFY(cell(0, UpstreamAttemptModel::ConnectionColumn).endsWith(u"SYN/ACK unanswered"_s));
    QCOMPARE(
        model.index(0, 0).data(UpstreamAttemptModel::EventClassRole).toInt(), static_cast<int>(EventClass::Failed));
    QCOMPARE(
        model.index(1, 0).data(UpstreamAttemptModel::EventClassRole).toInt(), static_cast<int>(EventClass::Completed));
    QCOMPARE(model.indexOf(link.attempt).row(), 0);
}

void TestUpstreamAttemptModel::anythingElseShowsNone()
{
    UpstreamAttemptModel model;
    model.setRequest(sample(), {ObjectKind::Connection, EvidenceId{0}, 0});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.indexOf({}).isValid());
}

QTEST_GUILESS_MAIN(TestUpstreamAttemptModel)
#include "tst_upstreamattemptmodel.moc"
