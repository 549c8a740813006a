// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/load.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

using namespace halfshake;

namespace {

const QString incidents = QStringLiteral(HALFSHAKE_EVIDENCE "/incidents");

QJsonObject verdictOf(const QString& incident)
{
    QFile file(incidents + u'/' + incident + QStringLiteral("/verdict.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// The evidence folders of an incident and the cluster's files; never an oracle.
std::vector<std::string> evidenceOf(const QString& incident)
{
    std::vector<std::string> paths;
    for (const char* folder : {"captures", "logs", "sysctl", "config"}) {
        const QString path = incidents + u'/' + incident + u'/' + QLatin1String(folder);
        if (QDir(path).exists())
            paths.push_back(path.toStdString());
    }
    for (const char* file : {"services.yaml", "ingress-daemonset.yaml", "kube-proxy-config.yaml"})
        paths.push_back(QString(incidents + QStringLiteral("/k8s/") + QLatin1String(file)).toStdString());
    return paths;
}

using Place = std::pair<std::string, std::uint64_t>; ///< File and line.

/// Where each failed attempt of the oracle is logged → client address and port of the connection that carried it.
std::map<std::pair<Place, int>, std::string> expectedClients(const QString& incident, const QJsonObject& verdict)
{
    std::map<std::pair<Place, int>, std::string> clients;
    for (const auto& value : verdict[QLatin1String("failed_attempts")].toArray()) {
        const auto attempt = value.toObject();
        for (const auto& logValue : attempt[QLatin1String("log")].toArray()) {
            const auto log = logValue.toObject();
            const QString path = incidents + u'/' + incident + u'/' + log[QLatin1String("file")].toString();
            const auto line = static_cast<std::uint64_t>(log[QLatin1String("lines")].toArray().at(0).toInteger());
            clients[{{path.toStdString(), line}, attempt[QLatin1String("attempt_index")].toInt()}] =
                attempt[QLatin1String("client")].toString().toStdString();
        }
    }
    return clients;
}

std::string fileOf(const IncidentSnapshot& snapshot, EvidenceId id)
{
    return snapshot.find(id)->path;
}

std::optional<std::string> clientOf(const IncidentSnapshot& snapshot, const Link& link)
{
    if (!link.connection)
        return {};
    return toString(snapshot.connection(*link.connection)->client);
}

std::string expectedCause(const QString& rootCause)
{
    return rootCause == QLatin1String("blackhole-no-route") ? "syn-blackhole" : rootCause.toStdString();
}

} // namespace

/// The whole chain over the recorded incidents, against the laboratory's record of what happened.
class TestRecordedIncidents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFailedAttemptIsLinkedToItsConnection_data();
    void everyFailedAttemptIsLinkedToItsConnection();
    void theTrueCauseRanksFirst_data();
    void theTrueCauseRanksFirst();

private:
    std::shared_ptr<const IncidentSnapshot> load(const QString& incident);

    std::map<QString, std::shared_ptr<const IncidentSnapshot>> m_snapshots;
};

std::shared_ptr<const IncidentSnapshot> TestRecordedIncidents::load(const QString& incident)
{
    auto& snapshot = m_snapshots[incident];
    if (!snapshot) {
        JobContext job;
        snapshot = loadIncident(evidenceOf(incident), job).value();
    }
    return snapshot;
}

void TestRecordedIncidents::everyFailedAttemptIsLinkedToItsConnection_data()
{
    QTest::addColumn<QString>("incident");
    for (const auto& name : QDir(incidents).entryList({QStringLiteral("S*")}, QDir::Dirs, QDir::Name))
        QTest::newRow(qPrintable(name)) << name;
}

void TestRecordedIncidents::everyFailedAttemptIsLinkedToItsConnection()
{
    QFETCH(const QString, incident);
    const auto verdict = verdictOf(incident);
    const auto expected = expectedClients(incident, verdict);
    const auto snapshot = load(incident);

    int linked = 0;
    int wrong = 0;
    for (const auto& link : snapshot->correlation->links) {
        const auto& attempt = *snapshot->upstreamAttempt(link.attempt);
        const auto& request = snapshot->log(link.attempt.evidence)->requests[attempt.request];
        const auto it = expected.find({{fileOf(*snapshot, link.attempt.evidence), request.line}, attempt.index});
        QVERIFY2(it != expected.end(), qPrintable(QString::number(request.line)));
        const auto client = clientOf(*snapshot, link);
        if (!client)
            continue;
        ++linked;
        if (*client != it->second)
            ++wrong;
    }
    const auto failures = verdict[QLatin1String("failed_attempts_count")].toInt();
    qInfo("%d failed attempts, %d linked, %d wrong", failures, linked, wrong);
    QCOMPARE(static_cast<int>(snapshot->correlation->links.size()), failures);
    QCOMPARE(wrong, 0);
    // without a capture there is nothing to link to
    QCOMPARE(linked, snapshot->correlation->statistics.hasCapture ? failures : 0);
}

void TestRecordedIncidents::theTrueCauseRanksFirst_data()
{
    everyFailedAttemptIsLinkedToItsConnection_data();
}

void TestRecordedIncidents::theTrueCauseRanksFirst()
{
    QFETCH(const QString, incident);
    const auto verdict = verdictOf(incident);
    const auto cause = expectedCause(verdict[QLatin1String("root_cause")].toString());
    const auto snapshot = load(incident);
    QVERIFY(!snapshot->causes.empty());
    const auto& first = snapshot->causes.front();
    qInfo("%s: %s, explains %d of %d", first.id.c_str(), std::string(toString(first.certainty)).c_str(),
        static_cast<int>(first.explained), static_cast<int>(first.outOf));
    QCOMPARE(first.id, cause);
}

QTEST_GUILESS_MAIN(TestRecordedIncidents)

#include "tst_recordedincidents.moc"
