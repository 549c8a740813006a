// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/analysis.h"
#include "models/incident/load.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <format>
#include <map>
#include <memory>
#include <set>

using namespace halfshake;

namespace {

const QString incidents = QStringLiteral(HALFSHAKE_EVIDENCE "/incidents");

/// What evidence is about; each can be given or not.
enum Kind : unsigned { Captures = 1, AccessLogs = 2, ErrorLog = 4, Parameters = 8, Cluster = 16, All = 31 };

QJsonObject verdictOf(const QString& incident)
{
    QFile file(incidents + u'/' + incident + QStringLiteral("/verdict.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

std::vector<std::string> pathsOf(const QString& incident)
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

unsigned kindOf(const Evidence& evidence)
{
    if (evidence.capture)
        return Captures;
    if (evidence.log)
        return evidence.log->requests.empty() ? ErrorLog : AccessLogs;
    if (evidence.path.contains("/k8s/"))
        return Cluster;
    return Parameters;
}

/// Names of the analysis schema for the laboratory's names of root causes.
std::set<std::string> truthOf(const QJsonObject& verdict)
{
    std::set<std::string> truth;
    const auto add = [&truth](const QString& name) {
        if (name == QLatin1String("blackhole-no-route"))
            truth.merge(std::set<std::string>{"syn-blackhole", "no-route"});
        else
            truth.insert(name.toStdString());
    };
    for (const auto& cause : verdict[QLatin1String("root_causes")].toArray())
        add(cause.toString());
    for (const auto& cause : verdict[QLatin1String("causes")].toObject().keys())
        add(cause);
    return truth;
}

std::string nameOf(unsigned kinds)
{
    std::string name;
    for (const auto& [kind, word] : {std::pair<unsigned, const char*>{Captures, "captures"},
             {AccessLogs, "access logs"}, {ErrorLog, "error log"}, {Parameters, "parameters"}, {Cluster, "cluster"}}) {
        if ((kinds & kind) != 0)
            name += (name.empty() ? "" : " + ") + std::string(word);
    }
    return name.empty() ? "nothing" : name;
}

} // namespace

/// With evidence taken away the answer gets weaker, never wrong.
class TestRecordedSubsets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingFalseIsClaimedFromAnySubset_data();
    void nothingFalseIsClaimedFromAnySubset();
    void theWholeEvidenceGivesTheTrueCause_data();
    void theWholeEvidenceGivesTheTrueCause();
    void rulesFireWhereTheyShould_data();
    void rulesFireWhereTheyShould();

private:
    const IncidentSnapshot& load(const QString& incident);
    std::shared_ptr<const IncidentSnapshot> analysed(const QString& incident, unsigned kinds);

    std::map<QString, std::shared_ptr<const IncidentSnapshot>> m_snapshots;
};

namespace {

void addIncidentRows()
{
    QTest::addColumn<QString>("incident");
    for (const auto& name : QDir(incidents).entryList({QStringLiteral("S*")}, QDir::Dirs, QDir::Name))
        QTest::newRow(qPrintable(name)) << name;
}

} // namespace

const IncidentSnapshot& TestRecordedSubsets::load(const QString& incident)
{
    auto& snapshot = m_snapshots[incident];
    if (!snapshot) {
        JobContext job;
        snapshot = loadIncident(pathsOf(incident), job).value();
    }
    return *snapshot;
}

std::shared_ptr<const IncidentSnapshot> TestRecordedSubsets::analysed(const QString& incident, unsigned kinds)
{
    AnalysisInput input;
    for (const auto& evidence : load(incident).evidence)
        input.evidence.push_back(evidence && (kindOf(*evidence) & kinds) != 0 ? evidence : nullptr);
    JobContext job;
    return analyse(input, job).value();
}

void TestRecordedSubsets::nothingFalseIsClaimedFromAnySubset_data()
{
    addIncidentRows();
}

void TestRecordedSubsets::nothingFalseIsClaimedFromAnySubset()
{
    QFETCH(const QString, incident);
    const auto truth = truthOf(verdictOf(incident));
    std::string wrong;
    for (unsigned kinds = 0; kinds <= All; ++kinds) {
        const auto snapshot = analysed(incident, kinds);
        for (const auto& cause : snapshot->causes) {
            const bool isClaim = cause.certainty <= Certainty::Likely && cause.id != "unknown";
            // without a capture nobody can see that packets had to be repeated
            const bool looksHealthy = cause.id == "healthy" && cause.certainty == Certainty::Likely
                && truth.contains("packet-loss") && (kinds & Captures) == 0;
            if (isClaim && !truth.contains(cause.id) && !looksHealthy)
                wrong += std::format("{}: {} {}\n", nameOf(kinds), cause.id, toString(cause.certainty));
        }
    }
    QVERIFY2(wrong.empty(), wrong.c_str());
}

void TestRecordedSubsets::theWholeEvidenceGivesTheTrueCause_data()
{
    addIncidentRows();
}

void TestRecordedSubsets::theWholeEvidenceGivesTheTrueCause()
{
    QFETCH(const QString, incident);
    const auto verdict = verdictOf(incident);
    const auto root = verdict[QLatin1String("root_cause")].toString();
    const auto expected = root == QLatin1String("blackhole-no-route") ? "syn-blackhole" : root.toStdString();
    const auto& snapshot = load(incident);
    const auto& first = snapshot.causes.at(0);
    qInfo("%s %s %d/%d", first.id.c_str(), std::string(toString(first.certainty)).c_str(), int(first.explained),
        int(first.outOf));
    QCOMPARE(first.id, expected);
    // a list of Services that does not name the ports, and logs without anything else, cannot confirm
    const bool isUnprovable =
        incident == QLatin1String("S1e-full-range") || incident == QLatin1String("S10-history-derived");
    QCOMPARE(toString(first.certainty), toString(isUnprovable ? Certainty::Likely : Certainty::Confirmed));
    const auto causes = verdict[QLatin1String("causes")].toObject();
    for (const auto& name : causes.keys()) {
        const auto id = name.toStdString();
        if (id == "blackhole-no-route")
            continue;
        const auto cause = std::ranges::find(snapshot.causes, id, &Cause::id);
        QVERIFY2(cause != snapshot.causes.end() && int(cause->explained) == causes[name].toInt(), id.c_str());
    }
}

void TestRecordedSubsets::rulesFireWhereTheyShould_data()
{
    addIncidentRows();
}

/// PORT-001 and PORT-002 for the dumps whose usable ports hold NodePorts, by the lines of the dumps themselves.
void TestRecordedSubsets::rulesFireWhereTheyShould()
{
    QFETCH(const QString, incident);
    std::set<std::string> firing;
    for (const auto& finding : load(incident).findings) {
        QVERIFY2(finding.verdict != Verdict::Error, (finding.rule + ": " + finding.errorText).c_str());
        if (finding.verdict == Verdict::Fires && !finding.isContext)
            firing.insert(finding.rule + ' ' + finding.subject);
    }
    const QDir dumps(incidents + u'/' + incident + QStringLiteral("/sysctl"));
    for (const auto& name : dumps.entryList({QStringLiteral("*.txt")}, QDir::Files)) {
        QFile file(dumps.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = file.readAll();
        const bool isExposed = text.contains("net.ipv4.ip_local_port_range = 1024\t65535")
            && !text.contains("net.ipv4.ip_local_reserved_ports = 30000-32767");
        QCOMPARE(firing.contains("PORT-001 " + name.toStdString()), isExposed);
        QCOMPARE(firing.contains("PORT-002 " + name.toStdString()), isExposed);
    }
    QVERIFY(firing.contains("PORT-003 DaemonSet kube-system/nginx-ingress-controller"));
    // nodes limited to two SYN/ACK repetitions, pods that repeat five times
    const bool contradicts = incident == QLatin1String("S8-clock-skew")
        || (incident.startsWith(QLatin1String("S1")) && incident != QLatin1String("S10-history-derived")
            && incident != QLatin1String("S1h-fixed-reserved-ports") && incident != QLatin1String("S1i-synack2"));
    QCOMPARE(firing.contains("HS-012 ingress.txt"), contradicts);
}

QTEST_GUILESS_MAIN(TestRecordedSubsets)
#include "tst_recordedsubsets.moc"
