// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/proxylog.h"
#include "tests/logs/evidence.h"
#include "tests/logs/readtext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <map>

using namespace halfshake;
using namespace Qt::StringLiterals;

// The recorded incidents against their verdict.json.
class TestIncidentLogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyLineIsAnEntry_data() { addIncidents(); }
    void everyLineIsAnEntry();
    void failedAttemptsAreThoseOfTheVerdict_data() { addIncidents(); }
    void failedAttemptsAreThoseOfTheVerdict();
    void startIntervalsContainTheFirstPacket_data() { addIncidents(); }
    void startIntervalsContainTheFirstPacket();
    void errorEntriesHaveTheClassOfTheOutcome_data() { addIncidents(); }
    void errorEntriesHaveTheClassOfTheOutcome();

private:
    void addIncidents();
    const ProxyLog& log(const QString& incident, const QString& file);

    std::map<QString, QJsonObject> m_verdicts;
    std::map<QString, std::shared_ptr<const ProxyLog>> m_logs;
};

namespace {

/// The attempt that a place of the verdict names; none where the log has no such row.
const UpstreamAttempt* attemptAt(const ProxyLog& log, std::uint64_t line, int index)
{
    const auto request = std::ranges::find(log.requests, line, &ProxyRequest::line);
    if (request == log.requests.end() || index >= static_cast<int>(request->attemptCount))
        return nullptr;
    return &log.upstreamAttempts[request->firstAttempt + static_cast<std::size_t>(index)];
}

/// Whether a line of the error log about this outcome may have this class.
bool isClassOf(const QString& outcome, ErrorClass errorClass)
{
    static const std::multimap<QString, ErrorClass> classes{
        {u"connect-timeout-kernel"_s, ErrorClass::SynExhausted},
        {u"connect-timeout-proxy"_s, ErrorClass::ConnectTimeout},
        {u"connection-refused"_s, ErrorClass::ConnRefused},
        {u"no-route-to-host"_s, ErrorClass::HostUnreach},
        {u"read-timeout"_s, ErrorClass::ReadTimeout},
        {u"reset-while-reading"_s, ErrorClass::RstBeforeHeader},
        {u"premature-close"_s, ErrorClass::FinBeforeHeader},
        {u"client-gave-up"_s, ErrorClass::AbortInConnect},
        {u"client-gave-up"_s, ErrorClass::ClientAbort},
    };
    const auto [first, last] = classes.equal_range(outcome);
    return std::any_of(first, last, [&](const auto& entry) { return entry.second == errorClass; });
}

EvidenceTime instant(const QJsonValue& nanoseconds)
{
    return EvidenceTime{Duration{nanoseconds.toInteger()}};
}

} // namespace

void TestIncidentLogs::initTestCase()
{
    const QDir incidents{test::evidencePath(u"incidents"_s)};
    for (const auto& name : incidents.entryList({u"S*"_s}, QDir::Dirs)) {
        const auto verdict = test::evidenceFile(u"incidents/"_s + name + u"/verdict.json"_s);
        m_verdicts[name] = QJsonDocument::fromJson(verdict).object();
        QVERIFY(!m_verdicts[name].isEmpty());
    }
    QCOMPARE(m_verdicts.size(), std::size_t{19});
}

void TestIncidentLogs::addIncidents()
{
    QTest::addColumn<QString>("incident");
    for (const auto& [name, verdict] : m_verdicts)
        QTest::newRow(qPrintable(name)) << name;
}

const ProxyLog& TestIncidentLogs::log(const QString& incident, const QString& file)
{
    static const ProxyLog none;
    auto& log = m_logs[incident + u'/' + file];
    if (!log) {
        // the lab's error logs of this incident are in the zone that its access log states
        ProxyLogOptions options;
        if (m_verdicts[incident]["log_time_zone"_L1].toString() == u"Asia/Shanghai")
            options.zone = std::chrono::hours{8};
        const auto result = test::readEvidence(u"incidents/"_s + incident + u'/' + file, options);
        if (!result)
            return none;
        log = *result;
    }
    return *log;
}

void TestIncidentLogs::everyLineIsAnEntry()
{
    QFETCH(QString, incident);
    for (const auto& value : m_verdicts[incident]["log_files"_L1].toArray()) {
        const auto file = value.toObject();
        const auto& read = log(incident, file["file"_L1].toString());
        const auto entries = static_cast<std::uint64_t>(file["entries"_L1].toInteger());
        const auto lines = static_cast<std::uint64_t>(file["physical_lines"_L1].toInteger());
        QCOMPARE(read.counts.requests + read.counts.errorEntries, entries);
        QCOMPARE(read.counts.lines, lines);
        QCOMPARE(read.counts.unparsedLines + read.counts.partlyParsedRequests + read.counts.misalignedRequests, 0u);
        QVERIFY(test::isEveryLineCounted(read));
        QVERIFY(file["kind"_L1].toString() == u"access" ? read.errors.empty() : read.requests.empty());
    }
}

void TestIncidentLogs::failedAttemptsAreThoseOfTheVerdict()
{
    QFETCH(QString, incident);
    std::map<QString, std::size_t> named;
    for (const auto& value : m_verdicts[incident]["failed_attempts"_L1].toArray()) {
        const auto failed = value.toObject();
        for (const auto& place : failed["log"_L1].toArray()) {
            const auto file = place["file"_L1].toString();
            const auto line = static_cast<std::uint64_t>(place["lines"_L1].toArray().first().toInteger());
            const auto& read = log(incident, file);
            const auto* attempt = attemptAt(read, line, failed["attempt_index"_L1].toInt());
            QVERIFY2(attempt != nullptr, qPrintable(file + u':' + QString::number(line)));
            QVERIFY(attempt->hasFailed());
            const auto status = attempt->status ? QString::number(*attempt->status) : u"-"_s;
            QCOMPARE(status, failed["upstream_status"_L1].toString());
            QCOMPARE(read.text(attempt->upstream), failed["upstream_addr"_L1].toString().toStdString());
            const auto& request = read.requests[attempt->request];
            QCOMPARE(read.text(request.requestId), failed["request_id"_L1].toString().toStdString());
            QCOMPARE(read.text(request.method), failed["method"_L1].toString().toStdString());
            QCOMPARE(int{request.status}, failed["final_status"_L1].toInt());
            QCOMPARE(static_cast<int>(request.attemptCount), failed["attempts_of_request"_L1].toInt());
            ++named[file];
        }
    }
    for (const auto& value : m_verdicts[incident]["log_files"_L1].toArray()) {
        const auto file = value["file"_L1].toString();
        const auto failures = std::ranges::count_if(log(incident, file).upstreamAttempts, &UpstreamAttempt::hasFailed);
        QCOMPARE(static_cast<std::size_t>(failures), named[file]);
    }
}

void TestIncidentLogs::startIntervalsContainTheFirstPacket()
{
    QFETCH(QString, incident);
    const auto skew =
        std::chrono::round<Duration>(std::chrono::duration<double>{m_verdicts[incident]["clock_skew_s"_L1].toDouble()});
    for (const auto& value : m_verdicts[incident]["failed_attempts"_L1].toArray()) {
        const auto failed = value.toObject();
        for (const auto& place : failed["log"_L1].toArray()) {
            const auto line = static_cast<std::uint64_t>(place["lines"_L1].toArray().first().toInteger());
            const auto* attempt =
                attemptAt(log(incident, place["file"_L1].toString()), line, failed["attempt_index"_L1].toInt());
            QVERIFY(attempt != nullptr && attempt->isStartKnown);
            for (const auto& start : {failed["start_epoch_ns"_L1], failed["log_clock_start_epoch_ns"_L1]}) {
                if (!start.isDouble()) // no capture in this incident
                    continue;
                const bool isOnLogClock = start == failed["log_clock_start_epoch_ns"_L1];
                const auto time = instant(start) + (isOnLogClock ? Duration{0} : skew);
                QVERIFY(attempt->startEarliest <= time && time <= attempt->startLatest);
            }
        }
    }
}

void TestIncidentLogs::errorEntriesHaveTheClassOfTheOutcome()
{
    QFETCH(QString, incident);
    for (const auto& value : m_verdicts[incident]["failed_attempts"_L1].toArray()) {
        const auto failed = value.toObject();
        const auto place = failed["error_log"_L1].toObject();
        if (place.isEmpty())
            continue;
        const auto& read = log(incident, place["file"_L1].toString());
        const auto line = static_cast<std::uint64_t>(place["lines"_L1].toArray().first().toInteger());
        const auto entry = std::ranges::find(read.errors, line, &ErrorEntry::line);
        QVERIFY(entry != read.errors.end());
        const auto outcome = failed["outcome"_L1].toString();
        QVERIFY2(isClassOf(outcome, entry->errorClass), qPrintable(outcome));
        QVERIFY(entry->upstreamEndpoint);
        QCOMPARE(toString(*entry->upstreamEndpoint), failed["upstream_addr"_L1].toString().toStdString());
        QCOMPARE(read.text(entry->method), failed["method"_L1].toString().toStdString());
        const auto* attempt = attemptAt(log(incident, u"logs/access.log"_s),
            static_cast<std::uint64_t>(failed["log"_L1][0]["lines"_L1][0].toInteger()),
            failed["attempt_index"_L1].toInt());
        QVERIFY(attempt != nullptr);
        // written when the attempt ended, in whole seconds
        const auto duration = attempt->responseTime.value_or(Duration{0});
        QVERIFY(entry->loggedAt <= attempt->startLatest + duration);
        QVERIFY(entry->loggedAt + std::chrono::seconds{1} >= attempt->startEarliest + duration);
    }
}

QTEST_APPLESS_MAIN(TestIncidentLogs)

#include "tst_incidentlogs.moc"
