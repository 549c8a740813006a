// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/attemptbuilder.h"
#include "models/logs/attemptclassifier.h"
#include "models/logs/attempttimes.h"

#include <QTest>

using namespace halfshake;
using namespace std::chrono_literals;

class TestAttempts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyItemBecomesAnAttempt();
    void groupsAreKept();
    void aGroupThatReachedNoPeerIsNoAttempt();
    void noListsMeanNoAttempts();
    void listsOfDifferentLengthAreNotZipped_data();
    void listsOfDifferentLengthAreNotZipped();
    void aSingleDashIsUnknownForAllAttempts();
    void withoutStatusesTheLastAttemptHasTheRequests();
    void startsFollowFromTheEndOfTheRequest();
    void wholeSecondsWidenTheUpperEnd();
    void slackWidensTheInterval();
    void roundingBelowZeroIsNormal();
    void aSteppedClockWidensBothEnds();
    void aMissingResponseTimeWidensOnly();
    void withoutRequestTimeNothingIsKnown();
    void failuresAreGuessedFromStatusAndTimes_data();
    void failuresAreGuessedFromStatusAndTimes();
    void synGiveUpTimesAreRecognised();
};

namespace {

struct Built
{
    StringPool strings;
    std::vector<UpstreamAttempt> attempts;
    ProxyRequest request;
};

struct Lists
{
    const char* addresses = nullptr;
    const char* statuses = nullptr;
    const char* times = nullptr;
    const char* connectTimes = nullptr;
    const char* headerTimes = nullptr;
    const char* lengths = nullptr;
};

void set(AccessFields& fields, LogField field, const char* text)
{
    if (text != nullptr)
        fields.set(field, text);
}

Built build(const Lists& lists, std::uint16_t status = 200, const char* method = "GET")
{
    Built built;
    built.request.loggedAt = EvidenceTime{1'000s};
    built.request.resolution = 1ms;
    built.request.requestTime = 40s;
    built.request.status = status;
    built.request.method = built.strings.intern(method);
    AccessFields fields;
    set(fields, LogField::UpstreamAddr, lists.addresses);
    set(fields, LogField::UpstreamStatus, lists.statuses);
    set(fields, LogField::UpstreamResponseTime, lists.times);
    set(fields, LogField::UpstreamConnectTime, lists.connectTimes);
    set(fields, LogField::UpstreamHeaderTime, lists.headerTimes);
    set(fields, LogField::UpstreamResponseLength, lists.lengths);
    AttemptBuilder{built.strings, built.attempts}.append(fields, built.request, 0);
    return built;
}

/// Attempts with these response times, of a request that ended at 1000 s.
std::vector<UpstreamAttempt> timed(
    std::vector<std::optional<Duration>> responseTimes, std::optional<Duration> requestTime, Duration resolution = 1ms)
{
    std::vector<UpstreamAttempt> attempts(responseTimes.size());
    for (std::size_t i = 0; i < attempts.size(); ++i)
        attempts[i].responseTime = responseTimes[i];
    ProxyRequest request;
    request.loggedAt = EvidenceTime{1'000s};
    request.resolution = resolution;
    request.requestTime = requestTime;
    setStartIntervals(attempts, request);
    return attempts;
}

} // namespace

void TestAttempts::everyItemBecomesAnAttempt()
{
    const auto built = build({.addresses = "10.0.0.1:80, [2001:db8::2]:80, unix:/run/a",
        .statuses = "502, 504, 200",
        .times = "31.624, 5.001, 0.002",
        .connectTimes = "-, -, 0.000",
        .headerTimes = "-, -, 0.002",
        .lengths = "0, 0, 17"});
    QCOMPARE(built.request.attemptCount, 3u);
    QVERIFY(!built.request.areListsMisaligned);
    QCOMPARE(built.attempts.size(), std::size_t{3});
    QCOMPARE(built.attempts[0].endpoint, Endpoint::parse("10.0.0.1:80"));
    QCOMPARE(built.attempts[0].status, std::uint16_t{502});
    QCOMPARE(built.attempts[0].responseTime, Duration{31'624ms});
    QVERIFY(!built.attempts[0].connectTime);
    QCOMPARE(built.attempts[1].index, std::uint16_t{1});
    QCOMPARE(built.attempts[1].endpoint, Endpoint::parse("[2001:db8::2]:80"));
    QCOMPARE(built.strings.view(built.attempts[2].upstream), "unix:/run/a");
    QVERIFY(!built.attempts[2].endpoint);
    QCOMPARE(built.attempts[2].connectTime, Duration{0});
    QVERIFY(built.attempts[1].hasFailed());
    QVERIFY(!built.attempts[2].hasFailed());
}

void TestAttempts::groupsAreKept()
{
    const auto built = build({.addresses = "a:1, b:2 : c:3", .statuses = "502, 504 : 200", .times = "0.1, 0.2 : 0.3"});
    QCOMPARE(built.attempts.size(), std::size_t{3});
    QCOMPARE(built.attempts[1].group, std::uint16_t{0});
    QCOMPARE(built.attempts[2].group, std::uint16_t{1});
    QCOMPARE(built.attempts[2].index, std::uint16_t{2});
}

void TestAttempts::aGroupThatReachedNoPeerIsNoAttempt()
{
    // recorded: X-Accel-Redirect to a name that was not resolved
    const auto last = build({.addresses = "10.99.0.11:8091 : ", .statuses = "200 : ", .times = "0.000 : "}, 502);
    QCOMPARE(last.attempts.size(), std::size_t{1});
    QVERIFY(!last.request.areListsMisaligned);
    // what nginx's loops write when the first group was the unresolved one
    const auto first = build({.addresses = ", 10.0.0.1:80", .statuses = "-, 200", .times = "-, 0.001"});
    QCOMPARE(first.attempts.size(), std::size_t{1});
    QCOMPARE(first.attempts[0].index, std::uint16_t{1});
    QCOMPARE(first.attempts[0].status, std::uint16_t{200});
}

void TestAttempts::noListsMeanNoAttempts()
{
    QCOMPARE(build({}).request.attemptCount, 0u);
    QCOMPARE(build({.addresses = "-", .statuses = "-", .times = "-"}).request.attemptCount, 0u);
    QCOMPARE(build({.addresses = "", .statuses = "", .times = ""}).request.attemptCount, 0u);
}

void TestAttempts::listsOfDifferentLengthAreNotZipped_data()
{
    QTest::addColumn<QByteArray>("addresses");
    QTest::addColumn<QByteArray>("statuses");
    QTest::addColumn<QByteArray>("times");
    QTest::newRow("only the last status") << QByteArray{"a:1, b:2"} << QByteArray{"200"} << QByteArray{"31.7, 0.01"};
    QTest::newRow("a time is missing") << QByteArray{"a:1, b:2"} << QByteArray{"502, 200"} << QByteArray{"31.7"};
    QTest::newRow("other groups") << QByteArray{"a:1 : b:2"} << QByteArray{"502, 200"} << QByteArray{"31.7, 0.01"};
    QTest::newRow("a damaged status") << QByteArray{"a:1, b:2"} << QByteArray{"50, 200"} << QByteArray{"31.7, 0.01"};
}

void TestAttempts::listsOfDifferentLengthAreNotZipped()
{
    QFETCH(QByteArray, addresses);
    QFETCH(QByteArray, statuses);
    QFETCH(QByteArray, times);
    const auto built =
        build({.addresses = addresses.constData(), .statuses = statuses.constData(), .times = times.constData()});
    QVERIFY(built.request.areListsMisaligned);
    QCOMPARE(built.attempts.size(), std::size_t{1});
    QVERIFY(!built.attempts[0].isListAligned);
    QVERIFY(!built.attempts[0].isStartKnown);
    QVERIFY(!built.attempts[0].responseTime);
    QCOMPARE(built.strings.view(built.attempts[0].upstream), "b:2");
    QCOMPARE(built.attempts[0].status, std::uint16_t{200});
}

void TestAttempts::aSingleDashIsUnknownForAllAttempts()
{
    const auto built = build({.addresses = "a:1, b:2", .statuses = "502, 200", .times = "1.0, 0.1", .lengths = "-"});
    QVERIFY(!built.request.areListsMisaligned);
    QCOMPARE(built.attempts.size(), std::size_t{2});
    const auto unfinished = build({.addresses = "a:1", .statuses = "-", .times = "0.503"}, 499);
    QCOMPARE(unfinished.attempts.size(), std::size_t{1});
    QVERIFY(!unfinished.attempts[0].status);
    QVERIFY(unfinished.attempts[0].hasFailed());
}

void TestAttempts::withoutStatusesTheLastAttemptHasTheRequests()
{
    const auto built = build({.addresses = "a:1, b:2", .times = "31.0, 0.1"});
    QCOMPARE(built.attempts.size(), std::size_t{2});
    QVERIFY(!built.attempts[0].status); // nginx went on, so it failed
    QCOMPARE(built.attempts[1].status, std::uint16_t{200});
    const auto redirected = build({.addresses = "a:1 : b:2", .times = "31.0 : 0.1"});
    QVERIFY(redirected.request.areListsMisaligned);
}

void TestAttempts::startsFollowFromTheEndOfTheRequest()
{
    const auto attempts = timed({31s, 5s, 4s}, 40s);
    QCOMPARE(attempts[0].startEarliest, EvidenceTime{960s});
    QCOMPARE(attempts[0].startLatest, EvidenceTime{960s} + 3ms);
    QCOMPARE(attempts[1].startEarliest, EvidenceTime{991s} - 1ms);
    QCOMPARE(attempts[2].startEarliest, EvidenceTime{996s} - 1ms);
    QVERIFY(attempts[2].isStartKnown);
}

void TestAttempts::wholeSecondsWidenTheUpperEnd()
{
    const auto attempts = timed({31s}, 31s, 1s);
    QCOMPARE(attempts[0].startEarliest, EvidenceTime{969s});
    QCOMPARE(attempts[0].startLatest, EvidenceTime{970s} + 2ms);
}

void TestAttempts::slackWidensTheInterval()
{
    // one second went by somewhere outside the attempts
    const auto attempts = timed({2s, 3s}, 6s);
    QCOMPARE(attempts[0].startEarliest, EvidenceTime{994s});
    QCOMPARE(attempts[0].startLatest, EvidenceTime{995s} + 3ms);
    QCOMPARE(attempts[1].startEarliest, EvidenceTime{996s} - 1ms);
    QCOMPARE(attempts[1].startLatest, EvidenceTime{997s} + 3ms);
}

void TestAttempts::roundingBelowZeroIsNormal()
{
    const auto attempts = timed({1ms}, Duration{0});
    QCOMPARE(attempts[0].startEarliest, EvidenceTime{1'000s} - 1ms);
    QCOMPARE(attempts[0].startLatest, EvidenceTime{1'000s} + 3ms);
}

void TestAttempts::aSteppedClockWidensBothEnds()
{
    const auto attempts = timed({5s}, 3s);
    QCOMPARE(attempts[0].startEarliest, EvidenceTime{993s});
    QCOMPARE(attempts[0].startLatest, EvidenceTime{999s} + 3ms);
}

void TestAttempts::aMissingResponseTimeWidensOnly()
{
    const auto attempts = timed({std::nullopt, 2s}, 10s);
    QCOMPARE(attempts[0].startEarliest, EvidenceTime{990s});
    QCOMPARE(attempts[0].startLatest, EvidenceTime{998s} + 3ms);
    QCOMPARE(attempts[1].startEarliest, EvidenceTime{990s} - 1ms);
    QCOMPARE(attempts[1].startLatest, EvidenceTime{998s} + 3ms);
}

void TestAttempts::withoutRequestTimeNothingIsKnown()
{
    QVERIFY(!timed({2s}, std::nullopt)[0].isStartKnown);
    QVERIFY(!build({.addresses = "a:1", .statuses = "200"}).attempts[0].isStartKnown);
}

void TestAttempts::failuresAreGuessedFromStatusAndTimes_data()
{
    QTest::addColumn<QByteArray>("lists"); // address|status|time|connect|header|length, "" for absent
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* name, const char* lists, int status, const char* expected,
                         const char* method = "GET") {
        QTest::newRow(name) << QByteArray{lists} << status << QByteArray{method} << QByteArray{expected};
    };
    add("kernel gave up", "10.0.0.1:80|502|31.624|-|-|0", 502, "syn_exhausted");
    add("kernel gave up, no connect time", "10.0.0.1:80|502|31.624|||0", 502, "syn_exhausted");
    add("refused", "10.0.0.1:80|502|0.000|-|-|0", 502, "conn_refused");
    add("no neighbour", "10.0.0.1:80|502|3.052|-|-|0", 502, "host_unreach");
    add("proxy_connect_timeout", "10.0.0.1:80|504|5.001|-|-|0", 504, "connect_timeout");
    add("proxy_read_timeout", "10.0.0.1:80|504|60.001|0.000|-|0", 504, "read_timeout");
    add("one of the two timeouts", "10.0.0.1:80|504|5.001|||0", 504, "other");
    add("connected, then nothing", "10.0.0.1:80|502|0.001|0.000|-|0", 502, "rst_before_header");
    add("the application's own 502", "10.0.0.1:80|502|0.010|0.000|0.010|23", 502, "upstream_status");
    add("a body came with the 502", "10.0.0.1:80|502|0.010|||23", 502, "upstream_status");
    add("nothing tells", "10.0.0.1:80|502|0.001|||0", 502, "other");
    add("no live upstreams", "default-web-80|502|0.000|-|-|0", 502, "no_live");
    add("no endpoint", "0.0.0.1:80|502|0.000|-|-|0", 502, "no_endpoint");
    add("unix socket", "unix:/run/a|502|0.000|-|-|0", 502, "conn_refused");
    add("only applications answer 503", "10.0.0.1:80|503|0.001|||0", 503, "upstream_status");
    add("client left while connecting", "10.0.0.1:80|-|0.502|-|-|0", 499, "abort_in_connect");
    add("client left while waiting", "10.0.0.1:80|-|0.502|0.000|-|0", 499, "client_abort");
    add("client left, no connect time", "10.0.0.1:80|-|0.502|||0", 499, "client_abort");
    add("success", "10.0.0.1:80|200|0.502|0.000|0.5|10", 200, "none");
    add("not found is an answer", "10.0.0.1:80|404|0.502|||10", 404, "none");
    add("POST went on: nothing was sent", "10.0.0.1:80, 10.0.0.2:80|504, 200|5.001, 0.1|||0, 3", 200, "connect_timeout",
        "POST");
    add("POST went on after a refusal", "10.0.0.1:80, 10.0.0.2:80|502, 200|0.000, 0.1|||0, 3", 200, "conn_refused",
        "POST");
}

void TestAttempts::failuresAreGuessedFromStatusAndTimes()
{
    QFETCH(QByteArray, lists);
    QFETCH(int, status);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, expected);
    const auto parts = lists.split('|');
    const auto part = [&](int i) { return parts[i].isEmpty() ? nullptr : parts[i].constData(); };
    const auto built = build({.addresses = part(0),
                                 .statuses = part(1),
                                 .times = part(2),
                                 .connectTimes = part(3),
                                 .headerTimes = part(4),
                                 .lengths = part(5)},
        static_cast<std::uint16_t>(status), method.constData());
    QCOMPARE(toString(built.attempts.at(0).errorClass), std::string_view{expected.constData()});
}

void TestAttempts::synGiveUpTimesAreRecognised()
{
    // measured on Linux 6.18: tcp_syn_retries 4 without and with linear timeouts; the field report's 31.7 s
    QVERIFY(isSynGiveUpTime(31'377ms));
    QVERIFY(isSynGiveUpTime(35'706ms));
    QVERIFY(isSynGiveUpTime(31'700ms));
    QVERIFY(isSynGiveUpTime(127'200ms));
    QVERIFY(!isSynGiveUpTime(30'000ms));
    QVERIFY(!isSynGiveUpTime(5'001ms));
    QVERIFY(!isSynGiveUpTime(60'001ms));
    QVERIFY(!isSynGiveUpTime(33'000ms));
}

QTEST_APPLESS_MAIN(TestAttempts)

#include "tst_attempts.moc"
