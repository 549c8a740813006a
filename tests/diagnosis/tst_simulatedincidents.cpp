// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/load.h"
#include "tests/support/simulation.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <format>
#include <map>
#include <set>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

struct Scene
{
    const char* name;
    SimulationOptions options;
    Duration clockGrain; ///< How well the log's clock can be known.
};

/// Hosts, clocks and formats as they are found.
std::vector<Scene> scenes()
{
    return {
        {"whole seconds", {.seed = 11, .logAhead = 400us}, 600ms},
        {"milliseconds in a zone", {.seed = 12, .shape = LogShape::Milliseconds, .zone = 8h, .logAhead = -700us}, 3ms},
        {"hours ahead in whole seconds", {.seed = 13, .zone = -5h, .logAhead = 3h + 370ms}, 600ms},
        {"minutes behind on IPv6",
            {.seed = 14,
                .isV6 = true,
                .shape = LogShape::Json,
                .logAhead = -251s,
                .point = CapturePoint::EveryInterface},
            3ms},
        {"a forwarding node and kept connections",
            {.seed = 15, .logAhead = 7300ms, .point = CapturePoint::ForwardingNode, .keepsAlive = true}, 600ms},
        {"a drifting clock and captures at the servers",
            {.seed = 16,
                .shape = LogShape::Json,
                .logAhead = 90ms,
                .logDrift = 0.0002,
                .hasServerCaptures = true,
                .serversAhead = -2500ms},
            40ms},
        {"headers only, no request ids",
            {.seed = 17, .logAhead = 37s, .keepsAlive = true, .sendsRequestIds = false, .snapLength = 96}, 700ms},
        {"a clock that is set in the middle", {.seed = 18, .shape = LogShape::Json, .logAhead = 20ms, .logStep = -3s},
            3100ms},
        {"a clock set forward by a minute",
            {.seed = 21, .shape = LogShape::UpstreamInfo, .logAhead = -7s, .logStep = 61s}, 62s},
        {"a clock that loses a second in a minute",
            {.seed = 22, .requests = 3000, .span = 1800s, .shape = LogShape::Json, .logAhead = 5s, .logDrift = -0.0008},
            800ms},
        {"a short connect timeout",
            {.seed = 19, .shape = LogShape::Json, .zone = 330min, .logAhead = 62min, .connectTimeout = 5s}, 3ms},
        {"no error log", {.seed = 20, .shape = LogShape::Json, .logAhead = -8h, .isErrorLogGiven = false}, 3ms},
    };
}

struct Accusation
{
    Fault fault;
    const char* name;
    std::set<std::string> causes; ///< One of them is true.
};

std::vector<Accusation> accusations()
{
    return {
        {Fault::None, "nothing", {"healthy"}},
        {Fault::PortCollision, "port collision", {"nodeport-collision"}},
        {Fault::RepliesDropped, "replies dropped", {"host-drop", "unknown"}},
        {Fault::AcksIgnored, "acks ignored", {"accept-queue-overflow"}},
        {Fault::SynsIgnored, "syns ignored", {"host-drop", "unknown"}},
        {Fault::Blackhole, "black hole", {"syn-blackhole"}},
        {Fault::RepliesLost, "replies lost", {"asymmetric-path", "syn-blackhole"}},
        {Fault::Refused, "refused", {"connection-refused"}},
        {Fault::Unreachable, "unreachable", {"no-route"}},
        {Fault::Rejected, "rejected", {"no-route"}},
        {Fault::NoLocalPort, "no local port", {"port-exhaustion", "unknown"}},
        {Fault::IdleClosed, "idle closed", {"keepalive-race"}},
        {Fault::Loss, "loss", {"packet-loss"}},
        {Fault::LargeLost, "large lost", {"mtu-blackhole"}},
        {Fault::SlowAnswer, "slow answer", {"slow-application"}},
        {Fault::ErrorAnswer, "error answer", {"application-error"}},
        {Fault::ClientLeft, "client left", {"client-gave-up"}},
        {Fault::TlsStalled, "TLS stalled", {"tls-failure"}},
    };
}

std::shared_ptr<const IncidentSnapshot> analysed(const SimulatedIncident& incident)
{
    QTemporaryDir folder;
    std::vector<std::string> paths;
    for (const auto& file : incident.files) {
        paths.push_back(folder.filePath(QString::fromStdString(file.name)).toStdString());
        QFile out(QString::fromStdString(paths.back()));
        if (out.open(QIODevice::WriteOnly))
            out.write(file.bytes.data(), qsizetype(file.bytes.size()));
    }
    JobContext job;
    return loadIncident(paths, job).value();
}

struct Score
{
    int right = 0;
    int wrong = 0;
    int missing = 0;
    std::string text;
};

Score scoreLinks(const IncidentSnapshot& snapshot, const SimulatedIncident& incident)
{
    std::map<std::pair<std::uint64_t, int>, const SimulatedFailure*> truth;
    for (const auto& failure : incident.failures)
        truth[{failure.line, failure.index}] = &failure;
    Score score;
    for (const auto& link : snapshot.correlation->links) {
        const auto& attempt = *snapshot.upstreamAttempt(link.attempt);
        const auto line = snapshot.log(link.attempt.evidence)->requests[attempt.request].line;
        const auto it = truth.find({line, attempt.index});
        if (it == truth.end()) {
            ++score.wrong;
            score.text += std::format("line {} did not fail\n", line);
            continue;
        }
        const auto expected = it->second->client;
        const auto* const connection = link.connection ? snapshot.connection(*link.connection) : nullptr;
        const auto client = connection ? toString(connection->client) : std::string();
        truth.erase(it);
        if (client == expected)
            ++score.right;
        else if (client.empty())
            ++score.missing;
        else
            ++score.wrong;
        if (client != expected)
            score.text += std::format("line {}#{} {} is {} not {} {}\n", line, attempt.index, toString(link.errorClass),
                client, expected, toString(link.whyNone));
    }
    score.missing += int(truth.size());
    return score;
}

std::optional<Duration> clockError(const IncidentSnapshot& snapshot, const SimulatedIncident& incident)
{
    for (const auto& evidence : snapshot.evidence) {
        if (evidence && evidence->name == "access.log") {
            const auto offset = snapshot.correlation->clocks.offsetOf(evidence->id);
            return offset.offset - incident.logAhead;
        }
    }
    return {};
}

std::string claims(const IncidentSnapshot& snapshot)
{
    std::string text;
    for (const auto& cause : snapshot.causes) {
        if (cause.certainty <= Certainty::Possible)
            text += std::format(" {} {} {}/{};", cause.id, toString(cause.certainty), cause.explained, cause.outOf);
    }
    return text;
}

} // namespace

/// Incidents whose truth is known, because it was made.
class TestSimulatedIncidents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTrueCauseComesOut_data();
    void theTrueCauseComesOut();
    void twoCausesAreBothFound_data();
    void twoCausesAreBothFound();
    void withLessEvidenceNothingFalseIsClaimed_data();
    void withLessEvidenceNothingFalseIsClaimed();
    void countersTellWhatDropsPackets_data();
    void countersTellWhatDropsPackets();
    void everyNumberOfAnExplanationIsAReference();
    void theTimeoutThatEndedAttemptsIsNamed();
};

void TestSimulatedIncidents::theTrueCauseComesOut_data()
{
    QTest::addColumn<int>("accusation");
    QTest::addColumn<int>("scene");
    const auto allScenes = scenes();
    const auto all = accusations();
    for (int a = 0; a < int(all.size()); ++a) {
        for (int s = 0; s < int(allScenes.size()); ++s)
            QTest::addRow("%s, %s", all[a].name, allScenes[s].name) << a << s;
    }
}

void TestSimulatedIncidents::theTrueCauseComesOut()
{
    QFETCH(const int, accusation);
    QFETCH(const int, scene);
    const auto accused = accusations()[accusation];
    auto [name, options, clockGrain] = scenes()[scene];
    options.faults = {accused.fault};
    options.seed += std::uint32_t(accusation) * 100;
    options.firstPort = accused.fault == Fault::PortCollision ? 1024 : options.firstPort;
    options.keepsAlive = options.keepsAlive || accused.fault == Fault::IdleClosed;
    const auto incident = simulate(options);
    const auto snapshot = analysed(incident);

    const auto score = scoreLinks(*snapshot, incident);
    const auto error = clockError(*snapshot, incident).value_or(Duration::max());
    const auto& top = snapshot->causes.at(0);
    std::string wrong;
    for (const auto& cause : snapshot->causes) {
        if (cause.certainty <= Certainty::Likely && !accused.causes.contains(cause.id) && cause.id != "unknown")
            wrong += cause.id + ' ';
    }
    const bool isTop = accused.causes.contains(top.id);
    const bool isClockRight = std::chrono::abs(error) <= clockGrain;
    qInfo("%s | links %d right %d wrong %d missing | clock %s %lld us | %s%s |%s", isTop ? "TOP" : "top-", score.right,
        score.wrong, score.missing, isClockRight ? "ok" : "BAD", static_cast<long long>(error.count() / 1000),
        wrong.empty() ? "" : "FALSE ", wrong.c_str(), claims(*snapshot).c_str());
    QVERIFY2(score.wrong == 0, score.text.c_str());
    // two alike in one second cannot be told apart without their text
    const bool canBeAlike = options.snapLength < 200;
    QVERIFY2(score.missing * (canBeAlike ? 5 : 15) <= score.right, score.text.c_str());
    QVERIFY(isClockRight);
    QVERIFY2(wrong.empty(), wrong.c_str());
    QVERIFY(isTop);
}

void TestSimulatedIncidents::twoCausesAreBothFound_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("second");
    const auto all = accusations();
    for (int first = 1; first < int(all.size()); ++first) {
        for (int second = first + 1; second < int(all.size()); ++second)
            QTest::addRow("%s and %s", all[first].name, all[second].name) << first << second;
    }
}

void TestSimulatedIncidents::twoCausesAreBothFound()
{
    QFETCH(const int, first);
    QFETCH(const int, second);
    const auto all = accusations();
    SimulationOptions options{.seed = std::uint32_t(first * 37 + second),
        .faults = {all[first].fault, all[second].fault},
        .requests = 600,
        .span = 400s,
        .shape = LogShape::Json,
        .logAhead = 1234ms};
    options.firstPort = all[first].fault == Fault::PortCollision ? 1024 : options.firstPort;
    options.keepsAlive = std::ranges::contains(options.faults, Fault::IdleClosed);
    const auto incident = simulate(options);
    const auto snapshot = analysed(incident);
    const auto score = scoreLinks(*snapshot, incident);
    QVERIFY2(score.wrong == 0, score.text.c_str());
    std::set<std::string> claimed;
    for (const auto& cause : snapshot->causes) {
        if (cause.certainty <= Certainty::Likely)
            claimed.insert(cause.id);
    }
    const auto isNamed = [&claimed](const Accusation& accused) {
        // a fault that cannot be named from this evidence need not be
        return accused.causes.contains("unknown")
            || std::ranges::any_of(accused.causes, [&](const auto& cause) { return claimed.contains(cause); });
    };
    const auto isTrue = [&](const std::string& cause) {
        return all[first].causes.contains(cause) || all[second].causes.contains(cause) || cause == "unknown";
    };
    const auto text = claims(*snapshot);
    QVERIFY2(std::ranges::all_of(claimed, isTrue), text.c_str());
    QVERIFY2(isNamed(all[first]) && isNamed(all[second]), text.c_str());
}

void TestSimulatedIncidents::withLessEvidenceNothingFalseIsClaimed_data()
{
    QTest::addColumn<int>("accusation");
    const auto all = accusations();
    for (int a = 0; a < int(all.size()); ++a)
        QTest::newRow(all[a].name) << a;
}

void TestSimulatedIncidents::withLessEvidenceNothingFalseIsClaimed()
{
    QFETCH(const int, accusation);
    const auto accused = accusations()[accusation];
    SimulationOptions options{.seed = std::uint32_t(accusation + 500),
        .faults = {accused.fault},
        .shape = LogShape::UpstreamInfo,
        .logAhead = -3s,
        .hasServerCaptures = true};
    options.firstPort = accused.fault == Fault::PortCollision ? 1024 : options.firstPort;
    options.keepsAlive = accused.fault == Fault::IdleClosed;
    const auto whole = simulate(options);
    const auto kindOf = [](const std::string& name) {
        if (name.ends_with(".pcap"))
            return name.starts_with("pod") ? 1u : 2u;
        return name == "access.log" ? 4u : name == "error.log" ? 8u : 16u;
    };
    std::string wrong;
    for (unsigned kinds = 1; kinds < 32; ++kinds) {
        auto part = whole;
        std::erase_if(part.files, [&](const SimulatedFile& file) { return (kindOf(file.name) & kinds) == 0; });
        if (part.files.empty())
            continue;
        const auto snapshot = analysed(part);
        for (const auto& cause : snapshot->causes) {
            // without its log a failure between proxy and application that left no failed handshake does not show
            const bool looksHealthy = cause.id == "healthy" && ((kinds & 4u) == 0 || accused.fault == Fault::Loss);
            const bool isClaim = cause.certainty <= Certainty::Likely && cause.id != "unknown" && !looksHealthy;
            if (isClaim && !accused.causes.contains(cause.id))
                wrong += std::format("{}: {} {}/{}\n", kinds, cause.id, cause.explained, cause.outOf);
        }
    }
    QVERIFY2(wrong.empty(), wrong.c_str());
}

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// Two samples of one host's counters: the second \a after, and of a later moment.
void addSamples(
    SimulatedIncident& incident, const std::string& name, const std::string& before, const std::string& after)
{
    // the same bytes twice would be one piece of evidence
    const auto later = replaced(replaced(after, "Retrans 10", "Retrans 25"), "restart=3", "restart=9");
    incident.files.push_back({name + "-before.txt", before});
    incident.files.push_back({name + "-after.txt", later});
}

} // namespace

void TestSimulatedIncidents::countersTellWhatDropsPackets_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<std::string>("counter"); ///< That grows to 900.
    QTest::addColumn<int>("reversePath");
    QTest::addColumn<std::string>("cause");
    QTest::newRow("reverse path filtering")
        << Fault::RepliesDropped << std::string("TcpExtIPReversePathFilter 7") << 1 << std::string("rp-filter-drop");
    QTest::newRow("connection tracking") << Fault::RepliesDropped << std::string("invalid=3") << 0
                                         << std::string("conntrack-drop");
    QTest::newRow("a packet filter") << Fault::RepliesDropped << std::string() << 0 << std::string("firewall-drop");
    QTest::newRow("a full queue when the SYN arrives")
        << Fault::SynsIgnored << std::string("TcpExtListenOverflows 4") << 0 << std::string("accept-queue-overflow");
    QTest::newRow("a packet filter at the upstream")
        << Fault::SynsIgnored << std::string() << 0 << std::string("firewall-drop");
}

void TestSimulatedIncidents::countersTellWhatDropsPackets()
{
    QFETCH(const Fault, fault);
    QFETCH(const std::string, counter);
    QFETCH(const int, reversePath);
    QFETCH(const std::string, cause);
    SimulationOptions options{.seed = 950, .faults = {fault}, .shape = LogShape::Json};
    options.hasServerCaptures = fault == Fault::SynsIgnored;
    auto incident = simulate(options);
    for (auto& file : incident.files)
        file.bytes = replaced(file.bytes, "rp_filter = 0", "rp_filter = " + std::to_string(reversePath));
    const std::string kernel = "#kernel\nTcpExtTCPSynRetrans 10 0.0\nTcpExtListenOverflows 4 0.0\n"
                               "TcpExtListenDrops 4 0.0\nTcpExtIPReversePathFilter 7 0.0\n";
    const std::string tracking =
        "cpu=0 found=0 invalid=3 insert=0 insert_failed=0 drop=0 early_drop=0 error=0 search_restart=3\n";
    const auto grown = counter.substr(0, counter.find_last_of(" =") + 1) + "900";
    const auto after = [&](const std::string& text) { return counter.empty() ? text : replaced(text, counter, grown); };
    addSamples(incident, "host-nstat", kernel, after(kernel));
    addSamples(incident, "host-conntrack", tracking, after(tracking));
    const auto snapshot = analysed(incident);
    const auto text = claims(*snapshot);
    QVERIFY2(snapshot->causes.at(0).id == cause, text.c_str());
    QVERIFY2(snapshot->causes.at(0).certainty <= Certainty::Likely, text.c_str());
}

void TestSimulatedIncidents::everyNumberOfAnExplanationIsAReference()
{
    const auto incident = simulate({.seed = 900, .faults = {Fault::Refused}});
    const auto snapshot = analysed(incident);
    const auto& cause = snapshot->causes.at(0);
    std::string joined;
    bool hasCounted = false;
    for (const auto& part : cause.explanationParts) {
        joined += part.text;
        hasCounted = hasCounted || (part.text.contains("failures fit") && part.objects.size() > 1);
    }
    QCOMPARE(joined, cause.explanation);
    QVERIFY(hasCounted);
    for (const auto& statement : cause.supports) {
        std::string text;
        for (const auto& part : statement.parts)
            text += part.text;
        QCOMPARE(text, statement.text);
    }
}

void TestSimulatedIncidents::theTimeoutThatEndedAttemptsIsNamed()
{
    const auto incident = simulate({.seed = 901,
        .faults = {Fault::PortCollision},
        .shape = LogShape::Milliseconds,
        .firstPort = 1024,
        .connectTimeout = 5s});
    const auto snapshot = analysed(incident);
    const auto& timeouts = snapshot->facts->timeouts;
    const auto connect = std::ranges::find_if(
        timeouts, [](const TimeoutLimit& limit) { return limit.name.ends_with("proxy_connect_timeout"); });
    QVERIFY(connect != timeouts.end());
    QCOMPARE(connect->fitting, incident.failures.size());
    QVERIFY(connect->place.evidence.isValid());
    QCOMPARE(snapshot->facts->unexplainedLengths, std::uint64_t{0});
    QVERIFY(snapshot->facts->load.dependence == LoadDependence::Independent);
    QCOMPARE(snapshot->facts->parity.failedEven, snapshot->facts->parity.failed);
    std::uint64_t failed = 0;
    for (const auto& bin : snapshot->facts->overTime)
        failed += bin.failed;
    QCOMPARE(failed, incident.failures.size());
}

QTEST_GUILESS_MAIN(TestSimulatedIncidents)
#include "tst_simulatedincidents.moc"
