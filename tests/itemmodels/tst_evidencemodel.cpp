// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/evidencemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;

class TestEvidenceModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsFollowWhatIsAddedAndRemoved();
    void addingKeepsTheRowsThatAreThere();
    void anUnusableFileStaysListedWithItsState();
};

void TestEvidenceModel::rowsFollowWhatIsAddedAndRemoved()
{
    Incident incident;
    EvidenceModel model(incident);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);

    incident.addText("net.ipv4.tcp_syn_retries = 6\nnet.core.somaxconn = 4096\nnet.ipv4.tcp_tw_reuse = 2\n");
    QTRY_VERIFY(incident.isIdle());
    QCOMPARE(model.rowCount(), 1);
    const QModelIndex index = model.index(0, 0);
    QCOMPARE(index.data(EvidenceModel::KindRole).toInt(), static_cast<int>(EvidenceKind::Parameters));
    QCOMPARE(index.data(EvidenceModel::StateRole).toInt(), static_cast<int>(EvidenceState::Read));
    QCOMPARE(index.siblingAtColumn(EvidenceModel::RecordsColumn).data().toString(), u"3 settings"_s);
    QVERIFY(index.data(EvidenceModel::ObjectRole).value<ObjectRef>()
        == (ObjectRef{ObjectKind::Evidence, EvidenceId{0}, 0}));

    incident.remove(EvidenceId{0});
    QTRY_VERIFY(incident.isIdle());
    QCOMPARE(model.rowCount(), 0);
}

void TestEvidenceModel::addingKeepsTheRowsThatAreThere()
{
    Incident incident;
    EvidenceModel model(incident);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    incident.addText("net.ipv4.tcp_syn_retries = 6\n");
    QTRY_VERIFY(incident.isIdle());
    const QPersistentModelIndex first = model.index(0, 0);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    incident.addText("net.ipv4.tcp_syn_retries = 5\n");
    QTRY_VERIFY(incident.isIdle());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(reset.count(), 0);
    QVERIFY(first.isValid());
    QCOMPARE(model.indexOf(EvidenceId{1}).row(), 1);
}

void TestEvidenceModel::anUnusableFileStaysListedWithItsState()
{
    Incident incident;
    EvidenceModel model(incident);
    incident.addPaths({u"/nonexistent/ingress.log"_s});
    QTRY_VERIFY(incident.isIdle());
    QCOMPARE(model.rowCount(), 1);
    const QModelIndex index = model.index(0, 0);
    QCOMPARE(index.data().toString(), u"ingress.log"_s);
    QCOMPARE(index.data(EvidenceModel::StateRole).toInt(), static_cast<int>(EvidenceState::Failed));
    QCOMPARE(index.data(EvidenceModel::LevelRole).toInt(), static_cast<int>(DiagnosticLevel::Error));
}

QTEST_GUILESS_MAIN(TestEvidenceModel)
#include "tst_evidencemodel.moc"
