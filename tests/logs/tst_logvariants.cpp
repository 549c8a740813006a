// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/nginxlogformats.h"
#include "models/logs/proxylog.h"
#include "tests/logs/evidence.h"
#include "tests/logs/readtext.h"

#include <QTest>

#include <algorithm>
#include <chrono>
#include <map>

using namespace halfshake;
using namespace Qt::StringLiterals;

// One nginx run in many log shapes, against what nginx itself wrote as the truth.
class TestLogVariants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void countsAreThoseOfTheOracle_data() { addFiles(); }
    void countsAreThoseOfTheOracle();
    void attemptsAreThoseOfTheTruth_data() { addFiles(); }
    void attemptsAreThoseOfTheTruth();
    void theTruthItselfIsReadByItsFormat();
    void rotatedFilesHoldAllRequestsTogether();
    void errorLinesHaveTheClassOfTheirRequest();

private:
    void addFiles();

    struct Truth
    {
        QList<QByteArray> columns;
    };
    std::map<std::string, Truth> m_truth; ///< By request id.
    std::map<QString, QList<QByteArray>> m_oracle;
};

namespace {

// columns of truth.psv
constexpr int endColumn = 0;
constexpr int methodColumn = 5;
constexpr int statusColumn = 6;
constexpr int requestTimeColumn = 7;
constexpr int addressColumn = 8;
constexpr int upstreamStatusColumn = 9;
constexpr int responseTimeColumn = 12;

/// Splits as a person reads it: groups at " : ", tries at ", ".
QList<QByteArray> items(const QByteArray& list)
{
    QList<QByteArray> result;
    for (const auto& group : QString::fromUtf8(list).split(u" : "_s)) {
        for (const auto& item : group.split(u", "_s)) {
            if (!item.isEmpty())
                result << item.toUtf8();
        }
    }
    return result;
}

EvidenceTime endOf(const QList<QByteArray>& truth)
{
    auto milliseconds = truth[endColumn];
    return EvidenceTime{std::chrono::milliseconds{milliseconds.replace('.', "").toLongLong()}};
}

Duration seconds(const QByteArray& text)
{
    return std::chrono::round<std::chrono::milliseconds>(std::chrono::duration<double>{text.toDouble()});
}

std::uint64_t number(const QByteArray& text)
{
    return text.toULongLong();
}

} // namespace

void TestLogVariants::initTestCase()
{
    for (const auto& line : test::evidenceFile(u"proxy-log-variants/truth.psv"_s).split('\n')) {
        const auto columns = line.split('|');
        if (columns.size() > responseTimeColumn)
            m_truth[columns[4].toStdString()] = {columns};
    }
    QCOMPARE(m_truth.size(), std::size_t{77});
    for (const auto& line : test::evidenceFile(u"proxy-log-variants/oracle.tsv"_s).split('\n')) {
        const auto columns = line.split('\t');
        if (columns.size() > 9)
            m_oracle[QString::fromUtf8(columns[0])] = columns;
    }
}

void TestLogVariants::addFiles()
{
    QTest::addColumn<QString>("file");
    for (const auto& [file, columns] : m_oracle) {
        if (file != u"file" && !file.contains(u'('))
            QTest::newRow(qPrintable(file)) << file;
    }
}

void TestLogVariants::countsAreThoseOfTheOracle()
{
    QFETCH(QString, file);
    const auto result = test::readEvidence(u"proxy-log-variants/"_s + file);
    QVERIFY(result);
    const auto& log = **result;
    const auto& oracle = m_oracle[file];
    QVERIFY(test::isEveryLineCounted(log));
    const bool isDocument = file.endsWith(u"es_hits.json");
    QCOMPARE(log.counts.lines, isDocument ? 181u : number(oracle[2]));
    if (oracle[1] == "nginx_error") {
        QCOMPARE(log.counts.errorEntries, number(oracle[3]));
        QCOMPARE(std::ranges::count_if(log.errors, [](const auto& entry) { return entry.upstream.isValid(); }), 62);
        return;
    }
    QCOMPARE(log.counts.requests, number(oracle[3]));
    const auto countOf = [&](int status) {
        return static_cast<std::uint64_t>(std::ranges::count(log.requests, status, &ProxyRequest::status));
    };
    QCOMPARE(countOf(502), number(oracle[4]));
    QCOMPARE(countOf(504), number(oracle[5]));
    QCOMPARE(countOf(499), number(oracle[6]));
    QCOMPARE(countOf(503), number(oracle[7]));
    const auto retried =
        std::ranges::count_if(log.requests, [](const auto& request) { return request.attemptCount > 1; });
    // the oracle also counts the list whose second group reached no peer
    if (!oracle[8].isEmpty())
        QVERIFY(static_cast<std::uint64_t>(retried) + 1 >= number(oracle[8]));
    QCOMPARE(log.upstreamAttempts.size(), number(oracle[9]));
    QCOMPARE(log.counts.errorEntries, file.startsWith(u"wrapped/"_s) && !file.contains(u"/access"_s) ? 104u : 0u);
    QCOMPARE(log.counts.misalignedRequests, 0u);
}

void TestLogVariants::attemptsAreThoseOfTheTruth()
{
    QFETCH(QString, file);
    const auto result = test::readEvidence(u"proxy-log-variants/"_s + file);
    QVERIFY(result);
    const auto& log = **result;
    for (const auto& request : log.requests) {
        if (!request.requestId.isValid()) // combined has none
            continue;
        const auto found = m_truth.find(std::string{log.text(request.requestId)});
        QVERIFY(found != m_truth.end());
        const auto& truth = found->second.columns;
        QCOMPARE(QByteArray::number(request.status), truth[statusColumn]);
        if (truth[methodColumn] != "-")
            QCOMPARE(log.text(request.method), truth[methodColumn].toStdString());
        const auto end = endOf(truth);
        QVERIFY(request.loggedAt <= end && end < request.loggedAt + request.resolution);

        const auto addresses = truth[addressColumn] == "-" ? QList<QByteArray>{} : items(truth[addressColumn]);
        const auto statuses = items(truth[upstreamStatusColumn]);
        const auto times = items(truth[responseTimeColumn]);
        QCOMPARE(static_cast<qsizetype>(request.attemptCount), addresses.size());
        auto start = end - seconds(truth[requestTimeColumn]);
        for (std::uint32_t i = 0; i < request.attemptCount; ++i) {
            const auto& attempt = log.upstreamAttempts[request.firstAttempt + i];
            QCOMPARE(log.text(attempt.upstream), addresses[i].toStdString());
            QCOMPARE(attempt.status ? QByteArray::number(*attempt.status) : QByteArray{"-"}, statuses[i]);
            QCOMPARE(attempt.responseTime, seconds(times[i]));
            QCOMPARE(attempt.endpoint.has_value(), addresses[i].contains(':'));
            if (attempt.isStartKnown) // the default-escape JSON has no request time
                QVERIFY(attempt.startEarliest <= start && start <= attempt.startLatest);
            start += seconds(times[i]);
        }
    }
}

void TestLogVariants::theTruthItselfIsReadByItsFormat()
{
    const auto configuration = test::evidenceFile(u"proxy-log-variants/nginx.conf"_s).toStdString();
    ProxyLogOptions options{.formats = logFormatsIn(configuration)};
    QCOMPARE(options.formats.size(), std::size_t{7});
    const auto result = test::readEvidence(u"proxy-log-variants/truth.psv"_s, options);
    QVERIFY(result);
    QCOMPARE((*result)->format, "truth");
    QCOMPARE((*result)->counts.requests, 77u);
    QCOMPARE((*result)->upstreamAttempts.size(), std::size_t{102});
    QCOMPARE((*result)->requests[0].resolution, Duration{std::chrono::milliseconds{1}});
    const auto json = test::readEvidence(u"proxy-log-variants/access_json_bare.log"_s, options);
    QCOMPARE((*json)->format, "json_bare");
    QCOMPARE((*json)->counts.requests, 77u);
    QCOMPARE((*json)->upstreamAttempts.size(), std::size_t{102});
}

void TestLogVariants::rotatedFilesHoldAllRequestsTogether()
{
    std::size_t requests = 0;
    std::size_t attempts = 0;
    for (const auto& file : {u"access.log"_s, u"access.log.1"_s, u"access.log.2.gz"_s}) {
        const auto log = test::readEvidence(u"proxy-log-variants/wrapped/"_s + file);
        QVERIFY(log);
        requests += (*log)->requests.size();
        attempts += (*log)->upstreamAttempts.size();
    }
    QCOMPARE(requests, std::size_t{77});
    QCOMPARE(attempts, std::size_t{102});
}

void TestLogVariants::errorLinesHaveTheClassOfTheirRequest()
{
    // README of the evidence: class of the failing attempt by request id, a '*' for the rest of an id
    const std::vector<std::pair<const char*, const char*>> classes{{"refused_*", "conn_refused"},
        {"accel_dead", "conn_refused"}, {"ep_alldead", "conn_refused"}, {"alldead1", "conn_refused"},
        {"alldead3", "no_live"}, {"rst_*", "rst_before_header"}, {"ep_ok", "rst_before_header"},
        {"ka_race_get_single", "rst_before_header"}, {"kaok_race_*", "rst_before_header"},
        {"ka_2", "rst_before_header"}, {"fin_*", "fin_before_header"}, {"kafin_3", "fin_before_header"},
        {"kafin_race_post", "fin_before_header"}, {"hang_*", "read_timeout"}, {"addr_0", "read_timeout"},
        {"addr_1", "read_timeout"}, {"bh_*", "connect_timeout"}, {"bh3_*", "connect_timeout"},
        {"ep_bh3", "connect_timeout"}, {"long_bh_*", "syn_exhausted"}, {"noarp_*", "host_unreach"},
        {"noroute_*", "host_unreach"}, {"addr_2", "no_local_port"}, {"addr_3", "no_local_port"},
        {"addr_4", "no_local_port"}, {"partfin", "truncated"}, {"partrst", "truncated"}, {"parthang", "truncated"},
        {"garbage*", "bad_response"}, {"big", "bad_response"}, {"ssl_*", "tls_timeout"}, {"nores", "dns"},
        {"accel_noresolve", "dns"}, {"abort_hang", "client_abort"}, {"abort_bh", "abort_in_connect"}};
    const auto log = test::readEvidence(u"proxy-log-variants/error.log"_s);
    QVERIFY(log);
    std::size_t checked = 0;
    for (const auto& [id, truth] : m_truth) {
        const auto known = std::ranges::find_if(classes, [&](const auto& entry) {
            const std::string_view pattern{entry.first};
            return pattern.ends_with('*') ? id.starts_with(pattern.substr(0, pattern.size() - 1)) : id == pattern;
        });
        if (known == classes.end())
            continue;
        const auto connection = truth.columns[2].toULongLong();
        bool isFound = false;
        for (const auto& entry : (*log)->errors) {
            const bool isCompanion =
                entry.errorClass == ErrorClass::PeerEjected || entry.errorClass == ErrorClass::None;
            if (entry.connection != connection || isCompanion)
                continue;
            QCOMPARE(toString(entry.errorClass), std::string_view{known->second});
            isFound = true;
        }
        QVERIFY2(isFound, id.c_str());
        ++checked;
    }
    QVERIFY(checked >= 45);
}

QTEST_APPLESS_MAIN(TestLogVariants)

#include "tst_logvariants.moc"
