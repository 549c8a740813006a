// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/logcomparison.h"
#include "models/correlation/requestidentity.h"
#include "tests/support/incidentbuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

const Endpoint podA = endpoint("10.244.0.11:8080");
const Endpoint podB = endpoint("10.244.0.12:8080");

BuiltRequest request(int number)
{
    return {.at = number * 130ms,
        .attempts = {{.upstream = podA}},
        .target = "/orders/" + std::to_string(number),
        .requestId = "id" + std::to_string(number)};
}

RequestIdentity identified(const std::vector<std::shared_ptr<const ProxyLog>>& logs)
{
    return identifyRequests(indexLogs(logs), {});
}

} // namespace

class TestRequestIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRequestInTwoLogsCountsOnceAndTheMilliseconds();
    void withoutRequestIdsTargetAndTimeTell();
    void theSameTargetAskedTwiceStaysTwoRequests();
    void anEdgeProxysEntryOfTheSameIdIsAnotherRequest();
    void theSameIdADayLaterIsAnotherRequest();
    void aLogInAWrongZoneIsComparedByItsRequests();
};

void TestRequestIdentity::aRequestInTwoLogsCountsOnceAndTheMilliseconds()
{
    BuiltLog text{EvidenceId{0}, 1s};
    BuiltLog json{EvidenceId{1}, 1ms};
    for (int i = 0; i < 20; ++i) {
        text.add(request(i));
        json.add(request(i));
    }
    const std::vector logs{text.build(), json.build()};
    const auto identity = identified(logs);
    QCOMPARE(identity.requests.size(), std::size_t{20});
    QCOMPARE(identity.attempts.size(), std::size_t{20});
    for (const auto& distinct : identity.requests) {
        QCOMPARE(distinct.loggedCount, 2u);
        QCOMPARE(identity.row(identity.loggedOf(distinct).front()).resolution, Duration{1ms});
    }
}

void TestRequestIdentity::withoutRequestIdsTargetAndTimeTell()
{
    BuiltLog text{EvidenceId{0}, 1s};
    BuiltLog json{EvidenceId{1}, 1ms};
    for (int i = 0; i < 20; ++i) {
        auto logged = request(i);
        json.add(logged);
        logged.requestId.clear();
        text.add(logged);
    }
    const std::vector logs{text.build(), json.build()};
    QCOMPARE(identified(logs).requests.size(), std::size_t{20});
}

void TestRequestIdentity::theSameTargetAskedTwiceStaysTwoRequests()
{
    BuiltLog text{EvidenceId{0}, 1s};
    BuiltLog json{EvidenceId{1}, 1ms};
    for (const auto at : {0ms, 100ms}) {
        const BuiltRequest hot{.at = at, .attempts = {{.upstream = podA}}, .target = "/"};
        text.add(hot);
        json.add(hot);
    }
    const std::vector logs{text.build(), json.build()};
    QCOMPARE(identified(logs).requests.size(), std::size_t{2});
}

void TestRequestIdentity::anEdgeProxysEntryOfTheSameIdIsAnotherRequest()
{
    BuiltLog edge{EvidenceId{0}, 1ms};
    BuiltLog ingress{EvidenceId{1}, 1ms};
    auto logged = request(1);
    ingress.add(logged);
    logged.attempts = {{.upstream = podB}};
    edge.add(logged);
    const std::vector logs{edge.build(), ingress.build()};
    QCOMPARE(identified(logs).requests.size(), std::size_t{2});
}

void TestRequestIdentity::theSameIdADayLaterIsAnotherRequest()
{
    BuiltLog monday{EvidenceId{0}, 1s};
    BuiltLog tuesday{EvidenceId{1}, 1s, 24h};
    for (int i = 0; i < 20; ++i) {
        monday.add(request(i));
        tuesday.add(request(i));
    }
    const std::vector logs{monday.build(), tuesday.build()};
    QVERIFY(compareLogClocks(indexLogs(logs)).empty());
    QCOMPARE(identified(logs).requests.size(), std::size_t{40});
}

void TestRequestIdentity::aLogInAWrongZoneIsComparedByItsRequests()
{
    BuiltLog json{EvidenceId{0}, 1ms};
    BuiltLog text{EvidenceId{1}, 1s, 8h};
    for (int i = 0; i < 50; ++i) {
        json.add(request(i));
        text.add(request(i));
    }
    const std::vector logs{json.build(), text.build()};
    const auto clocks = compareLogClocks(indexLogs(logs));
    QCOMPARE(clocks.size(), std::size_t{1});
    QVERIFY(clocks.front().evidence == EvidenceId{1} && clocks.front().against == EvidenceId{0});
    QVERIFY(abs(clocks.front().offset - 8h) <= clocks.front().uncertainty);
    QVERIFY(clocks.front().uncertainty < 50ms);
}

QTEST_GUILESS_MAIN(TestRequestIdentity)
#include "tst_requestidentity.moc"
