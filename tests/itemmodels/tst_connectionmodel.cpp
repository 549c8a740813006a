// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/connectionmodel.h"
#include "tests/support/testtime.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ConnectionAttempt attempt(const char* client, const char* server, HandshakeOutcome outcome, Duration start)
{
    ConnectionAttempt result;
    result.client = *Endpoint::parse(client);
    result.server = *Endpoint::parse(server);
    result.outcome = outcome;
    result.start = test::testStart() + start;
    result.end = result.start + 1s;
    result.clientInitialSequenceNumber = static_cast<std::uint32_t>(result.client.port) * 1000u;
    return result;
}

std::shared_ptr<const Evidence> captureOf(
    std::uint32_t id, VantagePoint vantage, std::vector<ConnectionAttempt> attempts)
{
    auto capture = std::make_shared<Capture>();
    capture->evidence = EvidenceId{id};
    capture->vantage = vantage;
    capture->attempts = std::move(attempts);
    auto evidence = std::make_shared<Evidence>();
    evidence->id = EvidenceId{id};
    evidence->name = "capture" + std::to_string(id) + ".pcap";
    evidence->kind = EvidenceKind::Capture;
    evidence->capture = std::move(capture);
    return evidence;
}

std::shared_ptr<IncidentSnapshot> snapshotOf(std::vector<std::shared_ptr<const Evidence>> evidence)
{
    auto snapshot = std::make_shared<IncidentSnapshot>();
    snapshot->evidence = std::move(evidence);
    return snapshot;
}

/// Completed, failed, refused, in this order of start.
std::vector<ConnectionAttempt> threeAttempts()
{
    auto failed = attempt("10.0.0.5:30256", "10.0.0.9:8080", HandshakeOutcome::SynAckUnacknowledged, 2s);
    failed.synRetransmissions = 4;
    failed.synAckRetransmissions = 5;
    return {attempt("10.0.0.5:40001", "10.0.0.9:8080", HandshakeOutcome::Completed, 1s), failed,
        attempt("10.0.0.5:20003", "10.0.0.10:8080", HandshakeOutcome::Refused, 3s)};
}

QStringList column(const ConnectionModel& model, int column)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << model.index(row, column).data().toString();
    return texts;
}

constexpr ObjectRef failedConnection{ObjectKind::Connection, EvidenceId{0}, 1};

} // namespace

class TestConnectionModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theModelKeepsItsPromises();
    void onlyNotableConnectionsAreShownAtFirst();
    void theFilterLooksAtAddressesAndOutcome();
    void sortingReordersRowsAndKeepsObjects();
    void aConnectionSeenTwiceIsOneRowNearestTheProxy();
    void theOtherCaptureFindsTheSameRow();
    void theLinkNamesTheLogLine();
    void manyConnectionsAreSortedOnAWorker();
};

void TestConnectionModel::theModelKeepsItsPromises()
{
    ConnectionModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSnapshot(snapshotOf({captureOf(0, VantagePoint::Client, threeAttempts())}));
    model.setOnlyNotable(false);
    model.sort(ConnectionModel::ClientColumn, Qt::DescendingOrder);
    model.setFilterText(u"8080"_s);
    QCOMPARE(model.rowCount(), 3);
    model.setSnapshot(snapshotOf({}));
    QCOMPARE(model.rowCount(), 0);
}

void TestConnectionModel::onlyNotableConnectionsAreShownAtFirst()
{
    ConnectionModel model;
    model.setSnapshot(snapshotOf({captureOf(0, VantagePoint::Client, threeAttempts())}));
    QCOMPARE(column(model, ConnectionModel::ClientColumn), QStringList({u"10.0.0.5:30256"_s, u"10.0.0.5:20003"_s}));
    QCOMPARE(model.totalCount(), std::size_t{3});
    QCOMPARE(model.index(0, ConnectionModel::SynRetransmissionsColumn).data().toString(), u"4"_s);
    QCOMPARE(model.index(0, ConnectionModel::SynAckRetransmissionsColumn).data().toString(), u"5"_s);
    QCOMPARE(model.index(0, ConnectionModel::OutcomeColumn).data().toString(), u"SYN/ACK unanswered"_s);
    QCOMPARE(model.index(0, 0).data(ConnectionModel::EventClassRole).toInt(), static_cast<int>(EventClass::Failed));
    QCOMPARE(model.index(1, 0).data(ConnectionModel::EventClassRole).toInt(), static_cast<int>(EventClass::Refused));
}

void TestConnectionModel::theFilterLooksAtAddressesAndOutcome()
{
    ConnectionModel model;
    model.setSnapshot(snapshotOf({captureOf(0, VantagePoint::Client, threeAttempts())}));
    model.setOnlyNotable(false);
    model.setFilterText(u"30256"_s);
    QCOMPARE(model.rowCount(), 1);
    model.setFilterText(u"0.10:"_s);
    QCOMPARE(column(model, ConnectionModel::ServerColumn), QStringList(u"10.0.0.10:8080"_s));
    model.setFilterText(u"COMPLETED"_s);
    QCOMPARE(column(model, ConnectionModel::ClientColumn), QStringList(u"10.0.0.5:40001"_s));
    model.setFilterText({});
    QCOMPARE(model.rowCount(), 3);
}

void TestConnectionModel::sortingReordersRowsAndKeepsObjects()
{
    ConnectionModel model;
    model.setSnapshot(snapshotOf({captureOf(0, VantagePoint::Client, threeAttempts())}));
    model.setOnlyNotable(false);
    model.sort(ConnectionModel::ClientColumn, Qt::AscendingOrder);
    QCOMPARE(column(model, ConnectionModel::ClientColumn),
        QStringList({u"10.0.0.5:20003"_s, u"10.0.0.5:30256"_s, u"10.0.0.5:40001"_s}));
    QCOMPARE(model.indexOf(failedConnection).row(), 1);
    model.sort(ConnectionModel::SynRetransmissionsColumn, Qt::DescendingOrder);
    QCOMPARE(model.indexOf(failedConnection).row(), 0);
    QVERIFY(model.index(0, 0).data(ConnectionModel::ObjectRole).value<ObjectRef>() == failedConnection);
}

void TestConnectionModel::aConnectionSeenTwiceIsOneRowNearestTheProxy()
{
    // the pod's capture was added first, and saw only two of the three
    auto atPod = threeAttempts();
    atPod.erase(atPod.begin());
    ConnectionModel model;
    model.setSnapshot(
        snapshotOf({captureOf(0, VantagePoint::Server, atPod), captureOf(1, VantagePoint::Client, threeAttempts())}));
    model.setOnlyNotable(false);
    QCOMPARE(model.rowCount(), 3);
    for (int row = 0; row < 3; ++row)
        QVERIFY(model.index(row, 0).data(ConnectionModel::ObjectRole).value<ObjectRef>().evidence == EvidenceId{1});
}

void TestConnectionModel::theOtherCaptureFindsTheSameRow()
{
    ConnectionModel model;
    model.setSnapshot(snapshotOf(
        {captureOf(0, VantagePoint::Client, threeAttempts()), captureOf(1, VantagePoint::Server, threeAttempts())}));
    const ObjectRef atPod{ObjectKind::Connection, EvidenceId{1}, 1};
    QVERIFY(model.indexOf(atPod).isValid());
    QCOMPARE(model.indexOf(atPod).row(), model.indexOf(failedConnection).row());
    QVERIFY(!model.indexOf({ObjectKind::Connection, EvidenceId{9}, 0}).isValid());
}

void TestConnectionModel::theLinkNamesTheLogLine()
{
    auto log = std::make_shared<ProxyLog>();
    log->evidence = EvidenceId{1};
    log->requests.emplace_back().line = 572;
    log->upstreamAttempts.emplace_back().request = 0;
    auto logEvidence = std::make_shared<Evidence>();
    logEvidence->id = EvidenceId{1};
    logEvidence->name = "access.log";
    logEvidence->log = std::move(log);
    auto snapshot = snapshotOf({captureOf(0, VantagePoint::Client, threeAttempts()), logEvidence});
    auto correlation = std::make_shared<Correlation>();
    Link link;
    link.attempt = {ObjectKind::UpstreamAttempt, EvidenceId{1}, 0};
    // a healthy connection that carried a failing request is notable too
    link.connection = ObjectRef{ObjectKind::Connection, EvidenceId{0}, 0};
    correlation->links.push_back(link);
    snapshot->correlation = std::move(correlation);

    ConnectionModel model;
    model.setSnapshot(snapshot);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, ConnectionModel::LinkColumn).data().toString(), u"access.log:572"_s);
    QCOMPARE(model.index(1, ConnectionModel::LinkColumn).data().toString(), QString());
}

void TestConnectionModel::manyConnectionsAreSortedOnAWorker()
{
    std::vector<ConnectionAttempt> attempts;
    for (int i = 0; i < 30'000; ++i)
        attempts.push_back(attempt("10.0.0.5:40001", "10.0.0.9:8080", HandshakeOutcome::Refused, 30'000s - i * 1s));
    ConnectionModel model;
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setSnapshot(snapshotOf({captureOf(0, VantagePoint::Client, std::move(attempts))}));
    QCOMPARE(model.rowCount(), 0);
    QTRY_COMPARE(reset.count(), 1);
    QCOMPARE(model.rowCount(), 30'000);
    QCOMPARE(model.index(0, 0).data(ConnectionModel::ObjectRole).value<ObjectRef>().index, 29'999u);
}

QTEST_GUILESS_MAIN(TestConnectionModel)
#include "tst_connectionmodel.moc"
