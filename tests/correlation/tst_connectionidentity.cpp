// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/captureclock.h"
#include "models/correlation/connectionidentity.h"
#include "tests/support/incidentbuilder.h"

#include <QTest>

using namespace halfshake;
using namespace halfshake::test;
using namespace std::chrono_literals;

namespace {

const Endpoint pod = endpoint("10.244.0.11:8080");
const Endpoint service = endpoint("10.96.0.10:80");

std::vector<RankedCapture> ranked(const std::vector<std::shared_ptr<const Capture>>& captures)
{
    std::vector<RankedCapture> result;
    for (const auto& capture : captures)
        result.push_back({.capture = capture.get()});
    return result;
}

Endpoint client(int number)
{
    return {endpoint("192.168.0.11:1").address, static_cast<std::uint16_t>(30000 + number)};
}

} // namespace

class TestConnectionIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameEndsAndNumberAreOneConnection();
    void theCaptureNearestTheProxyComesFirst();
    void translatedAddressesAreOneConnection();
    void aScanWithOneNumberIsManyConnections();
    void portReuseIsAnotherConnection();
    void aConnectionBegunBeforeTheCaptureIsFoundAgain();
    void twoClocksAreComparedByHandshakes();
    void skewBeyondTheTimeOfAHandshakeDoesNotSeparate();
};

void TestConnectionIdentity::theSameEndsAndNumberAreOneConnection()
{
    BuiltCapture near{EvidenceId{0}};
    BuiltCapture far{EvidenceId{1}};
    for (int i = 0; i < 5; ++i) {
        const BuiltConnection connection{
            .client = client(i), .server = pod, .at = i * 100ms, .initialSequenceNumber = 1000u + i};
        near.add(connection);
        if (i % 2 == 0)
            far.add(connection);
    }
    const std::vector captures{near.build(), far.build()};
    const auto identity = identifyConnections(ranked(captures), {}, {});
    QCOMPARE(identity.size(), std::size_t{5});
    QCOMPARE(identity.sightings.size(), std::size_t{8});
}

void TestConnectionIdentity::theCaptureNearestTheProxyComesFirst()
{
    BuiltCapture near{EvidenceId{7}};
    BuiltCapture far{EvidenceId{3}};
    const BuiltConnection connection{.client = client(0), .server = pod, .initialSequenceNumber = 1000};
    near.add(connection);
    far.add(connection);
    const std::vector captures{near.build(), far.build()};
    const auto identity = identifyConnections(ranked(captures), {}, {});
    QCOMPARE(identity.sightingsOf(0).size(), std::size_t{2});
    QCOMPARE(identity.sightingsOf(0).front().capture, 0u);
}

void TestConnectionIdentity::translatedAddressesAreOneConnection()
{
    BuiltCapture proxy{EvidenceId{0}};
    BuiltCapture backend{EvidenceId{1}};
    proxy.add(BuiltConnection{.client = client(1), .server = service, .at = 5s, .initialSequenceNumber = 77});
    backend.add(
        BuiltConnection{.client = endpoint("10.0.0.1:61000"), .server = pod, .at = 5s, .initialSequenceNumber = 77});
    const std::vector captures{proxy.build(), backend.build()};
    QCOMPARE(identifyConnections(ranked(captures), {}, {}).size(), std::size_t{1});
}

void TestConnectionIdentity::aScanWithOneNumberIsManyConnections()
{
    BuiltCapture near{EvidenceId{0}};
    BuiltCapture far{EvidenceId{1}};
    for (std::uint16_t port = 1; port <= 20; ++port) {
        const BuiltConnection probe{.client = client(0), .server = {pod.address, port}, .initialSequenceNumber = 99};
        near.add(probe);
        far.add(probe);
    }
    const std::vector captures{near.build(), far.build()};
    QCOMPARE(identifyConnections(ranked(captures), {}, {}).size(), std::size_t{20});
}

void TestConnectionIdentity::portReuseIsAnotherConnection()
{
    BuiltCapture near{EvidenceId{0}};
    near.add(BuiltConnection{.client = client(0), .server = pod, .at = 0s});
    near.add(BuiltConnection{.client = client(0), .server = pod, .at = 20s});
    const std::vector captures{near.build()};
    QCOMPARE(identifyConnections(ranked(captures), {}, {}).size(), std::size_t{2});
}

void TestConnectionIdentity::aConnectionBegunBeforeTheCaptureIsFoundAgain()
{
    BuiltCapture near{EvidenceId{0}};
    BuiltCapture late{EvidenceId{1}};
    near.add(BuiltConnection{.client = client(0), .server = pod, .at = 0s, .length = 60s});
    near.add(BuiltConnection{.client = client(1), .server = pod, .at = 1s, .length = 60s});
    late.add(BuiltConnection{
        .client = client(0), .server = pod, .at = 30s, .length = 30s, .outcome = HandshakeOutcome::Midstream});
    const std::vector captures{near.build(), late.build()};
    const auto identity = identifyConnections(ranked(captures), {}, {});
    QCOMPARE(identity.size(), std::size_t{2});
    QCOMPARE(identity.sightingsOf(0).size(), std::size_t{2});
}

void TestConnectionIdentity::twoClocksAreComparedByHandshakes()
{
    BuiltCapture near{EvidenceId{0}};
    BuiltCapture far{EvidenceId{1}, -1250ms};
    far.setPathDelay(3ms);
    for (int i = 0; i < 20; ++i) {
        const BuiltConnection connection{
            .client = client(i), .server = pod, .at = i * 70ms, .initialSequenceNumber = 4000u + i, .synAcks = {8ms}};
        near.add(connection);
        far.add(connection);
    }
    const auto nearCapture = near.build();
    const auto farCapture = far.build();
    const auto estimate = estimateCaptureClock(
        *farCapture, initialSequenceNumbers(*farCapture), *nearCapture, initialSequenceNumbers(*nearCapture));
    QVERIFY(estimate.isReliable);
    QCOMPARE(estimate.pairs, 20u);
    QCOMPARE(estimate.offset, Duration{-1250ms});
    QVERIFY(estimate.uncertainty >= 3ms && estimate.uncertainty < 4ms);
}

void TestConnectionIdentity::skewBeyondTheTimeOfAHandshakeDoesNotSeparate()
{
    BuiltCapture near{EvidenceId{0}};
    BuiltCapture far{EvidenceId{1}, 5h};
    for (int i = 0; i < 4; ++i) {
        const BuiltConnection connection{
            .client = client(i), .server = pod, .at = i * 1s, .initialSequenceNumber = 4000u + i};
        near.add(connection);
        far.add(connection);
    }
    const std::vector captures{near.build(), far.build()};
    ClockAlignment clocks;
    clocks.set({.evidence = EvidenceId{1}, .offset = 5h});
    QCOMPARE(identifyConnections(ranked(captures), clocks, {}).size(), std::size_t{4});
}

QTEST_GUILESS_MAIN(TestConnectionIdentity)
#include "tst_connectionidentity.moc"
