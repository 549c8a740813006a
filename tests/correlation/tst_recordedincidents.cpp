// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/correlation.h"
#include "models/io/unpack.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>
#include <string>

using namespace halfshake;
using namespace std::chrono_literals;

namespace {

const QString incidents = QStringLiteral(HALFSHAKE_EVIDENCE "/incidents/");

/// A scenario of the recorded incidents, read once.
struct Scenario
{
    std::map<std::string, std::shared_ptr<const Capture>> captures; ///< By path inside the folder.
    std::map<std::string, std::shared_ptr<const ProxyLog>> logs;
    std::map<EvidenceId, std::string> paths;
    QJsonObject verdict;
};

std::shared_ptr<const ByteSource> opened(const QString& path)
{
    JobContext job;
    return unpack(openFile(path.toStdString()).value(), job).value().members.at(0).bytes;
}

Scenario readScenario(const QString& name)
{
    Scenario scenario;
    JobContext job;
    std::uint32_t next = 0;
    const QDir folder{incidents + name};
    for (const auto& file : QDir{folder.filePath(QStringLiteral("captures"))}.entryList(QDir::Files)) {
        const auto path = "captures/" + file.toStdString();
        const EvidenceId id{next++};
        scenario.captures[path] = readCapture(opened(folder.filePath(QString::fromStdString(path))), id, job).value();
        scenario.paths[id] = path;
    }
    for (const auto& file : QDir{folder.filePath(QStringLiteral("logs"))}.entryList(QDir::Files)) {
        const auto path = "logs/" + file.toStdString();
        const EvidenceId id{next++};
        scenario.logs[path] = readProxyLog(opened(folder.filePath(QString::fromStdString(path))), id, job).value();
        scenario.paths[id] = path;
    }
    QFile verdict{folder.filePath(QStringLiteral("verdict.json"))};
    if (verdict.open(QIODevice::ReadOnly))
        scenario.verdict = QJsonDocument::fromJson(verdict.readAll()).object();
    return scenario;
}

/// Which files of a scenario are given to correlate().
struct Selection
{
    const char* name;
    std::vector<std::string> captures; ///< Words in the paths.
    std::vector<std::string> logs;
    bool findsAll; ///< Every failed attempt is linked; else some may stay open, but none is wrong.
};

const std::vector<Selection> selections{
    {"ingress capture and all logs", {"ingress"}, {"logs/"}, true},
    {"ingress capture and text log", {"ingress"}, {"access.log"}, true},
    {"ingress capture and JSON log", {"ingress"}, {"json"}, true},
    {"ingress capture, text and error log", {"ingress"}, {"access.log", "error"}, true},
    {"all captures and all logs", {"captures/"}, {"logs/"}, true},
    {"all captures and text log", {"captures/"}, {"access.log"}, true},
    {"node capture and all logs", {"node-any"}, {"logs/"}, true},
    {"node capture and text log", {"node-any"}, {"access.log"}, false},
    {"pod captures and all logs", {"pod-"}, {"logs/"}, false},
    {"pod captures and text log", {"pod-"}, {"access.log"}, false},
    {"error log only", {"ingress"}, {"error"}, false},
    {"captures only", {"captures/"}, {}, false},
    {"logs only", {}, {"logs/"}, false},
};

bool isSelected(const std::string& path, const std::vector<std::string>& words)
{
    return std::ranges::any_of(words, [&](const std::string& word) { return path.contains(word); });
}

Correlation correlated(const Scenario& scenario, const Selection& selection)
{
    CorrelationInput input;
    for (const auto& [path, capture] : scenario.captures) {
        if (isSelected(path, selection.captures))
            input.captures.push_back(capture);
    }
    for (const auto& [path, log] : scenario.logs) {
        if (isSelected(path, selection.logs))
            input.logs.push_back(log);
    }
    JobContext job;
    return **correlate(input, job);
}

/// The link of an attempt that the verdict names by file, line and position.
const Link* linkOf(const Scenario& scenario, const Correlation& correlation, const QJsonObject& attempt)
{
    for (const auto& place : attempt[u"log"].toArray()) {
        const auto path = place[u"file"].toString().toStdString();
        const auto line = static_cast<std::uint64_t>(place[u"lines"].toArray().first().toInt());
        const auto found = scenario.logs.find(path);
        if (found == scenario.logs.end())
            continue;
        const auto& log = *found->second;
        const auto request = std::ranges::find(log.requests, line, &ProxyRequest::line);
        if (request == log.requests.end())
            continue;
        const auto row = request->firstAttempt + static_cast<std::uint32_t>(attempt[u"attempt_index"].toInt());
        if (const auto* link = correlation.linkOfAttempt({ObjectKind::UpstreamAttempt, log.evidence, row}))
            return link;
    }
    return nullptr;
}

const ConnectionAttempt& connectionOf(const Scenario& scenario, ObjectRef connection)
{
    return scenario.captures.at(scenario.paths.at(connection.evidence))->attempts[connection.index];
}

/// Of the reference's kind: S1, S8 and the like at the ingress.
double offsetOf(const Scenario& scenario, const Correlation& correlation, const std::string& path)
{
    for (const auto& estimate : correlation.estimates) {
        if (scenario.paths.at(estimate.evidence) == path && estimate.isReliable)
            return static_cast<double>(estimate.offset.count()) / 1e9;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

} // namespace

class TestRecordedIncidents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFailedAttemptHasTheVerdictsConnection_data();
    void everyFailedAttemptHasTheVerdictsConnection();
    void theErrorLogLineIsTheVerdicts_data();
    void theErrorLogLineIsTheVerdicts();
    void offsetsAreAsRecorded_data();
    void offsetsAreAsRecorded();
    void aShiftedCaptureIsFound();
    void failedConnectionsAreThoseNeverAcknowledged_data();
    void failedConnectionsAreThoseNeverAcknowledged();

private:
    void addScenarios();
    const Scenario& scenario(const QString& name);

    std::map<QString, Scenario> m_scenarios;
};

void TestRecordedIncidents::addScenarios()
{
    QTest::addColumn<QString>("name");
    for (const auto& name : QDir{incidents}.entryList({QStringLiteral("S*")}, QDir::Dirs))
        QTest::addRow("%s", qPrintable(name)) << name;
}

const Scenario& TestRecordedIncidents::scenario(const QString& name)
{
    const auto it = m_scenarios.find(name);
    return it != m_scenarios.end() ? it->second : m_scenarios.emplace(name, readScenario(name)).first->second;
}

void TestRecordedIncidents::everyFailedAttemptHasTheVerdictsConnection_data()
{
    addScenarios();
}

void TestRecordedIncidents::everyFailedAttemptHasTheVerdictsConnection()
{
    QFETCH(QString, name);
    const auto& recorded = scenario(name);
    const auto failed = recorded.verdict[u"failed_attempts"].toArray();
    for (const auto& selection : selections) {
        const auto correlation = correlated(recorded, selection);
        qsizetype listed = 0;
        qsizetype linked = 0;
        for (const auto& attempt : failed) {
            const auto* link = linkOf(recorded, correlation, attempt.toObject());
            if (!link)
                continue;
            ++listed;
            if (!link->connection) {
                QVERIFY(link->whyNone != NoLinkReason::None);
                continue;
            }
            ++linked;
            const auto& connection = connectionOf(recorded, *link->connection);
            QVERIFY2(
                QString::fromStdString(toString(connection.client)) == attempt[u"client"].toString(), selection.name);
            if (attempt[u"new_connection"].isBool())
                QVERIFY2(link->isReusedConnection != attempt[u"new_connection"].toBool(), selection.name);
        }
        // no other attempt is taken for failed
        QVERIFY2(std::cmp_equal(correlation.links.size(), listed), selection.name);
        if (isSelected("logs/access.log", selection.logs))
            QVERIFY2(listed == failed.size(), selection.name);
        const bool hasCaptures = !recorded.captures.empty() && !recorded.logs.empty() && listed > 0;
        if (selection.findsAll && hasCaptures)
            QVERIFY2(linked == listed, selection.name);
    }
}

void TestRecordedIncidents::theErrorLogLineIsTheVerdicts_data()
{
    addScenarios();
}

void TestRecordedIncidents::theErrorLogLineIsTheVerdicts()
{
    QFETCH(QString, name);
    const auto& recorded = scenario(name);
    for (const auto& selection : selections) {
        if (!isSelected("logs/error.log", selection.logs) || !isSelected("logs/access.log", selection.logs))
            continue;
        const auto correlation = correlated(recorded, selection);
        for (const auto& attempt : recorded.verdict[u"failed_attempts"].toArray()) {
            const auto* link = linkOf(recorded, correlation, attempt.toObject());
            QVERIFY2(link, selection.name);
            QCOMPARE(link->errorEntry.has_value(), attempt[u"error_log"].isObject());
            if (!link->errorEntry)
                continue;
            const auto& log = *recorded.logs.at(recorded.paths.at(link->errorEntry->evidence));
            QCOMPARE(log.errors[link->errorEntry->index].line,
                static_cast<std::uint64_t>(attempt[u"error_log"][u"lines"].toArray().first().toInt()));
        }
    }
}

void TestRecordedIncidents::offsetsAreAsRecorded_data()
{
    addScenarios();
}

void TestRecordedIncidents::offsetsAreAsRecorded()
{
    QFETCH(QString, name);
    const auto& recorded = scenario(name);
    if (recorded.captures.empty())
        QSKIP("no capture");
    const double measured = recorded.verdict[u"clock_skew_measured_s"][u"median"].toDouble();
    const auto correlation = correlated(recorded, selections.front());
    for (const auto& estimate : correlation.estimates) {
        const auto path = recorded.paths.at(estimate.evidence);
        if (!path.contains("access"))
            continue;
        QVERIFY(estimate.isReliable);
        const double offset = offsetOf(recorded, correlation, path);
        const double uncertainty = static_cast<double>(estimate.uncertainty.count()) / 1e9;
        QVERIFY(std::abs(offset - measured) <= uncertainty);
        QVERIFY(uncertainty < (path.contains("json") ? 0.005 : 0.2));
        const bool isSkewed = std::abs(measured) > 0.1;
        QVERIFY((correlation.clocks.offsetOf(estimate.evidence).origin == ClockOffsetOrigin::Estimated) == isSkewed);
    }
}

void TestRecordedIncidents::aShiftedCaptureIsFound()
{
    const auto& recorded = scenario(QStringLiteral("S8-clock-skew"));
    const Selection all{"all", {"captures/"}, {"logs/"}, true};
    const auto correlation = correlated(recorded, all);
    QVERIFY(
        std::abs(offsetOf(recorded, correlation, "captures/pod-a-eth0.skew-minus-1.25s.derived.pcap") + 1.25) < 0.001);
    QVERIFY(std::abs(offsetOf(recorded, correlation, "captures/pod-a-eth0.pcap")) < 0.001);
    // written in +08:00 without saying so
    QVERIFY(std::abs(offsetOf(recorded, correlation, "logs/error.log") - (8 * 3600 + 7.3)) < 0.02);
}

void TestRecordedIncidents::failedConnectionsAreThoseNeverAcknowledged_data()
{
    addScenarios();
}

void TestRecordedIncidents::failedConnectionsAreThoseNeverAcknowledged()
{
    QFETCH(QString, name);
    const auto& recorded = scenario(name);
    if (recorded.captures.empty())
        QSKIP("no capture");
    const auto correlation = correlated(recorded, selections.front());
    const auto& statistics = correlation.statistics;
    QCOMPARE(statistics.requests, static_cast<std::uint64_t>(recorded.verdict[u"requests"].toInt()));
    QCOMPARE(statistics.upstreamAttempts, static_cast<std::uint64_t>(recorded.verdict[u"attempts"].toInt()));
    QCOMPARE(statistics.connections, static_cast<std::uint64_t>(recorded.verdict[u"new_connections"].toInt()));
}

QTEST_GUILESS_MAIN(TestRecordedIncidents)
#include "tst_recordedincidents.moc"
