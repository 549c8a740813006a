// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/errorjoin.h"
#include "tests/support/incidentbuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

const Endpoint podA = endpoint("10.244.0.11:8080");
const Endpoint podB = endpoint("10.244.0.12:8080");

/// Fails at pod A after \a length, then succeeds at pod B.
BuiltRequest retried(Duration at, Duration length, std::string target)
{
    return {.at = at,
        .attempts = {{.upstream = podA, .length = length, .status = 502}, {.upstream = podB}},
        .target = std::move(target)};
}

ErrorJoin joined(const std::vector<std::shared_ptr<const ProxyLog>>& logs, RequestIdentity& requests)
{
    requests = identifyRequests(indexLogs(logs), {});
    return joinErrors(requests, {});
}

} // namespace

class TestErrorJoin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEntryBelongsToTheAttemptThatEndedThen();
    void twoAttemptsWithOneKeyGetTheirEntriesInOrder();
    void theWarningThatEjectsAPeerGoesWithTheFailure();
    void anEntryAtAnotherTimeIsNotJoined();
    void aTimeoutDoesNotExplainA502();
    void theZoneOfTheErrorLogIsFound_data();
    void theZoneOfTheErrorLogIsFound();
    void oneEntryIsTooLittleForAZone();
};

void TestErrorJoin::anEntryBelongsToTheAttemptThatEndedThen()
{
    BuiltLog access{EvidenceId{0}, 1ms};
    BuiltLog errors{EvidenceId{1}, 1s};
    access.add(retried(0s, 31s, "/a"));
    access.add(retried(2s, 31s, "/b"));
    errors.add(BuiltError{.at = 33s, .upstream = podA, .target = "/b"});
    errors.add(BuiltError{.at = 31s, .upstream = podA, .target = "/a"});
    const std::vector logs{access.build(), errors.build()};
    RequestIdentity requests;
    const auto join = joined(logs, requests);
    QCOMPARE(join.joined.size(), std::size_t{2});
    QCOMPARE(join.of(0).size(), std::size_t{1});
    QCOMPARE(join.of(0).front().entry, 1u);
    QCOMPARE(join.of(2).front().entry, 0u);
    QVERIFY(join.of(1).empty());
    QCOMPARE(join.clocks.size(), std::size_t{1});
    QVERIFY(join.clocks.front().isReliable);
}

void TestErrorJoin::twoAttemptsWithOneKeyGetTheirEntriesInOrder()
{
    BuiltLog access{EvidenceId{0}, 1ms};
    BuiltLog errors{EvidenceId{1}, 1s};
    for (const auto at : {0ms, 300ms}) {
        access.add(retried(at, 5s, "/"));
        errors.add(BuiltError{.at = at + 5s, .upstream = podA, .target = "/"});
    }
    const std::vector logs{access.build(), errors.build()};
    RequestIdentity requests;
    const auto join = joined(logs, requests);
    QCOMPARE(join.joined.size(), std::size_t{2});
    QCOMPARE(join.of(0).front().entry, 0u);
    QCOMPARE(join.of(2).front().entry, 1u);
}

void TestErrorJoin::theWarningThatEjectsAPeerGoesWithTheFailure()
{
    BuiltLog access{EvidenceId{0}, 1ms};
    BuiltLog errors{EvidenceId{1}, 1s};
    access.add(retried(0s, 5s, "/a"));
    errors.add(BuiltError{.at = 5s, .errorClass = ErrorClass::PeerEjected, .upstream = podA, .target = "/a"});
    errors.add(BuiltError{.at = 5s, .errorClass = ErrorClass::SynExhausted, .upstream = podA, .target = "/a"});
    const std::vector logs{access.build(), errors.build()};
    RequestIdentity requests;
    const auto join = joined(logs, requests);
    QCOMPARE(join.of(0).size(), std::size_t{2});
    QCOMPARE(join.of(0).front().entry, 1u);
}

void TestErrorJoin::anEntryAtAnotherTimeIsNotJoined()
{
    BuiltLog access{EvidenceId{0}, 1ms};
    BuiltLog errors{EvidenceId{1}, 1s};
    access.add(retried(0s, 5s, "/a"));
    errors.add(BuiltError{.at = 20s, .upstream = podA, .target = "/a"});
    const std::vector logs{access.build(), errors.build()};
    RequestIdentity requests;
    QVERIFY(joined(logs, requests).joined.empty());
}

void TestErrorJoin::aTimeoutDoesNotExplainA502()
{
    BuiltLog access{EvidenceId{0}, 1ms};
    BuiltLog errors{EvidenceId{1}, 1s};
    access.add(retried(0s, 5s, "/a"));
    errors.add(BuiltError{.at = 5s, .errorClass = ErrorClass::ConnectTimeout, .upstream = podA, .target = "/a"});
    const std::vector logs{access.build(), errors.build()};
    RequestIdentity requests;
    QVERIFY(joined(logs, requests).joined.empty());
}

void TestErrorJoin::theZoneOfTheErrorLogIsFound_data()
{
    QTest::addColumn<int>("quarters");
    for (const int quarters : {-56, -13, 0, 22, 32, 56})
        QTest::addRow("%d quarter-hours", quarters) << quarters;
}

void TestErrorJoin::theZoneOfTheErrorLogIsFound()
{
    QFETCH(int, quarters);
    const Duration zone = quarters * 15min;
    BuiltLog access{EvidenceId{0}, 1s};
    BuiltLog errors{EvidenceId{1}, 1s, zone};
    for (int i = 0; i < 6; ++i) {
        const auto target = "/" + std::to_string(i);
        access.add(retried(i * 7s, 5s, target));
        errors.add(BuiltError{.at = i * 7s + 5s, .upstream = podA, .target = target});
    }
    const std::vector logs{access.build(), errors.build()};
    RequestIdentity requests;
    const auto join = joined(logs, requests);
    QCOMPARE(join.zoneErrors[1], zone);
    QCOMPARE(join.joined.size(), std::size_t{6});
    QCOMPARE(join.clocks.front().offset, zone);
}

void TestErrorJoin::oneEntryIsTooLittleForAZone()
{
    BuiltLog access{EvidenceId{0}, 1s};
    BuiltLog errors{EvidenceId{1}, 1s, 8h};
    access.add(retried(0s, 5s, "/a"));
    errors.add(BuiltError{.at = 5s, .upstream = podA, .target = "/a"});
    const std::vector logs{access.build(), errors.build()};
    RequestIdentity requests;
    QVERIFY(joined(logs, requests).joined.empty());
}

QTEST_GUILESS_MAIN(TestErrorJoin)
#include "tst_errorjoin.moc"
