// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/incident.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace halfshake;

namespace {

constexpr int patience = 30'000;

QString sample(const char* name)
{
    return QStringLiteral(HALFSHAKE_SOURCE_DIR "/resources/samples/") + QString::fromLatin1(name);
}

std::size_t listedEvidence(const IncidentSnapshot& snapshot)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(snapshot.evidence, [](const auto& evidence) { return evidence != nullptr; }));
}

} // namespace

class TestIncident : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addingNeverReplaces();
    void theSameContentIsAddedOnce();
    void unreadableEvidenceLeavesTheRestUsable();
    void pastedTextIsEvidence();
    void removedEvidenceNoLongerCounts();
    void cancelledEvidenceStaysListedAsCancelled();
    void quittingWhileReadingIsQuick();
};

void TestIncident::addingNeverReplaces()
{
    Incident incident;
    incident.addPaths({sample("access.log")});
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    incident.addPaths({sample("ingress-eth0.pcap"), sample("error.log")});
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    const auto snapshot = incident.snapshot();
    QCOMPARE(listedEvidence(*snapshot), 3u);
    QCOMPARE(snapshot->evidence[0]->kind, EvidenceKind::ProxyLog);
    QCOMPARE(snapshot->evidence[1]->kind, EvidenceKind::Capture);
    QVERIFY(snapshot->correlation->statistics.hasCapture);
    QVERIFY(snapshot->correlation->statistics.hasAccessLog);
}

void TestIncident::theSameContentIsAddedOnce()
{
    Incident incident;
    QSignalSpy notices(&incident, &Incident::notice);
    incident.addPaths({sample("access.log")});
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    incident.addPaths({sample("access.log")});
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    QCOMPARE(listedEvidence(*incident.snapshot()), 1u);
    QCOMPARE(notices.count(), 1);
    QCOMPARE(notices.first().first().value<Diagnostic>().code, DiagnosticCode::FileDuplicate);
}

void TestIncident::unreadableEvidenceLeavesTheRestUsable()
{
    Incident incident;
    incident.addPaths({QStringLiteral("/nonexistent/node.pcap"), sample("access.log")});
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    const auto snapshot = incident.snapshot();
    QCOMPARE(snapshot->evidence[0]->state, EvidenceState::Failed);
    QCOMPARE(snapshot->evidence[0]->error->code, DiagnosticCode::FileNotFound);
    QCOMPARE(snapshot->evidence[1]->state, EvidenceState::Read);
}

void TestIncident::pastedTextIsEvidence()
{
    Incident incident;
    incident.addText(
        "net.ipv4.ip_local_port_range = 1024\t65535\nnet.core.somaxconn = 4096\nnet.ipv4.tcp_tw_reuse = 2\n");
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    const auto snapshot = incident.snapshot();
    QCOMPARE(snapshot->evidence[0]->kind, EvidenceKind::Parameters);
    QVERIFY(snapshot->parameters->find(EvidenceId{0}, "net.ipv4.ip_local_port_range"));
}

void TestIncident::removedEvidenceNoLongerCounts()
{
    Incident incident;
    incident.addPaths({sample("access.log"), sample("ingress-eth0.pcap")});
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    QVERIFY(incident.snapshot()->correlation->statistics.hasCapture);
    incident.remove(EvidenceId{1});
    QVERIFY(!incident.snapshot()->evidence[1]);
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    QVERIFY(!incident.snapshot()->correlation->statistics.hasCapture);
}

void TestIncident::cancelledEvidenceStaysListedAsCancelled()
{
    Incident incident;
    QByteArray large;
    for (int i = 0; i < 400'000; ++i)
        large += "2026/11/23 04:30:15 [error] 1#1: *" + QByteArray::number(i)
            + " connect() failed (111: Connection refused) while connecting to upstream\n";
    incident.addText(large);
    QVERIFY(incident.snapshot()->evidence[0]);
    incident.cancel(EvidenceId{0});
    QTRY_VERIFY_WITH_TIMEOUT(incident.isIdle(), patience);
    QCOMPARE(incident.snapshot()->evidence[0]->state, EvidenceState::Cancelled);
}

void TestIncident::quittingWhileReadingIsQuick()
{
    QElapsedTimer timer;
    {
        Incident incident;
        incident.addPaths({sample("ingress-eth0.pcap"), sample("access.log"), sample("services.yaml")});
        timer.start();
    }
    QCOMPARE_LT(timer.elapsed(), 5'000);
}

QTEST_GUILESS_MAIN(TestIncident)

#include "tst_incident.moc"
