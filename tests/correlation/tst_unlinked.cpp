// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/correlation/incidents.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

constexpr EvidenceId errorLogId{2};

/// A healthy minute, so that the clocks are known.
struct Base
{
    BuiltCapture captured{captureId};
    BuiltLog logged{logId, 1ms};
    BuiltLog errors{errorLogId, 1s};

    Base()
    {
        for (int i = 0; i < 60; ++i) {
            const Duration at = i * 1s + i * 17ms;
            const auto target = "/healthy/" + std::to_string(i);
            const auto connection = captured.add(BuiltConnection{
                .client = proxyEnd(static_cast<std::uint16_t>(40000 + i)), .server = pods[0], .at = at});
            captured.add(BuiltMark{.connection = connection, .at = at, .target = target, .requestId = {}});
            logged.add(BuiltRequest{.at = at, .attempts = {{.upstream = pods[0]}}, .target = target});
        }
    }

    [[nodiscard]] Correlation correlated()
    {
        return test::correlated(
            {.captures = {captured.build()}, .logs = {logged.build(), errors.build()}, .typedOffsets = {}});
    }
};

BuiltRequest failing(Duration at, ErrorClass errorClass)
{
    return {.at = at,
        .attempts = {{.upstream = pods[0], .length = 5s, .status = 504, .errorClass = errorClass}},
        .target = "/failing",
        .status = 504};
}

} // namespace

class TestUnlinked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutACapture();
    void outsideTheCapture();
    void atAnUpstreamNobodyCaptured();
    void whereNothingWasSent();
    void whereNoConnectionFits();
    void whereTwoFitEqually();
    void ofAHealthCheckIsNoConnection();
    void whereTheLogDoesNotSayWhenItBegan();
    void whereClocksCannotBeCompared();

private:
    static void compare(const Correlation& correlation, NoLinkReason reason);
};

void TestUnlinked::compare(const Correlation& correlation, NoLinkReason reason)
{
    QCOMPARE(correlation.links.size(), std::size_t{1});
    QVERIFY(!correlation.links.front().connection);
    QCOMPARE(toString(correlation.links.front().whyNone), toString(reason));
}

void TestUnlinked::withoutACapture()
{
    BuiltLog logged{logId, 1ms};
    logged.add(failing(0s, ErrorClass::ConnectTimeout));
    compare(test::correlated({.captures = {}, .logs = {logged.build()}, .typedOffsets = {}}), NoLinkReason::NoCapture);
}

void TestUnlinked::outsideTheCapture()
{
    Base base;
    base.logged.add(failing(10min, ErrorClass::ConnectTimeout));
    compare(base.correlated(), NoLinkReason::OutsideCaptureWindow);
}

void TestUnlinked::atAnUpstreamNobodyCaptured()
{
    Base base;
    auto request = failing(10s, ErrorClass::ConnectTimeout);
    request.attempts.front().upstream = pods[2];
    base.logged.add(request);
    compare(base.correlated(), NoLinkReason::UpstreamNotCaptured);
}

void TestUnlinked::whereNothingWasSent()
{
    Base base;
    auto request = failing(10s, ErrorClass::Other);
    request.attempts.front().status = 502;
    base.logged.add(request);
    base.errors.add(
        BuiltError{.at = 15s, .errorClass = ErrorClass::NoLocalPort, .upstream = pods[0], .target = "/failing"});
    // a refused connection at that very moment is somebody else's
    base.captured.add(BuiltConnection{
        .client = proxyEnd(50000), .server = pods[0], .at = 10s, .outcome = HandshakeOutcome::SynUnanswered});
    compare(base.correlated(), NoLinkReason::NothingOnWire);
}

void TestUnlinked::whereNoConnectionFits()
{
    Base base;
    base.logged.add(failing(10s + 500ms, ErrorClass::ConnectTimeout));
    compare(base.correlated(), NoLinkReason::NoCandidate);
}

void TestUnlinked::whereTwoFitEqually()
{
    Base base;
    base.logged.add(failing(10s + 500ms, ErrorClass::ConnectTimeout));
    for (const std::uint16_t port : {50000, 50001})
        base.captured.add(BuiltConnection{.client = proxyEnd(port),
            .server = pods[0],
            .at = 10s + 500ms,
            .length = 3s,
            .outcome = HandshakeOutcome::SynUnanswered,
            .synRepeats = {1s, 3s}});
    const auto correlation = base.correlated();
    compare(correlation, NoLinkReason::Ambiguous);
    QCOMPARE(correlation.links.front().rivals.size(), std::size_t{2});
}

void TestUnlinked::ofAHealthCheckIsNoConnection()
{
    Base base;
    const auto kubelet = endpoint("10.244.0.1:51000");
    const auto check = base.captured.add(BuiltConnection{.client = kubelet, .server = pods[0], .at = 4s});
    base.captured.add(BuiltMark{.connection = check, .at = 4s, .target = "/healthz", .requestId = {}});
    base.captured.add(BuiltConnection{.client = {kubelet.address, 51001},
        .server = pods[0],
        .at = 10s + 500ms,
        .length = 3s,
        .outcome = HandshakeOutcome::SynUnanswered,
        .synRepeats = {1s, 3s}});
    base.logged.add(failing(10s + 500ms, ErrorClass::ConnectTimeout));
    const auto correlation = base.correlated();
    compare(correlation, NoLinkReason::NoCandidate);
    QCOMPARE(correlation.statistics.failedConnections, 0u);
}

void TestUnlinked::whereTheLogDoesNotSayWhenItBegan()
{
    Base base;
    base.logged.add(failing(10s, ErrorClass::ConnectTimeout));
    auto log = *base.logged.build();
    log.upstreamAttempts.back().isStartKnown = false;
    const auto correlation = test::correlated({.captures = {base.captured.build()},
        .logs = {std::make_shared<const ProxyLog>(std::move(log))},
        .typedOffsets = {}});
    compare(correlation, NoLinkReason::StartUnknown);
}

void TestUnlinked::whereClocksCannotBeCompared()
{
    BuiltCapture captured{captureId};
    captured.add(BuiltConnection{.client = proxyEnd(40000), .server = pods[0], .at = 0s});
    captured.add(BuiltConnection{.client = proxyEnd(40001), .server = pods[0], .at = 60s});
    BuiltLog logged{logId, 1ms};
    logged.add(failing(30s, ErrorClass::ConnectTimeout));
    compare(test::correlated({.captures = {captured.build()}, .logs = {logged.build()}, .typedOffsets = {}}),
        NoLinkReason::ClockUnknown);
}

QTEST_GUILESS_MAIN(TestUnlinked)
#include "tst_unlinked.moc"
