// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/incident/load.h"
#include "models/incident/related.h"

#include <QTest>

#include <algorithm>

using namespace halfshake;

/// From every object of the sample incident to the others, and back.
class TestRelated : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anAttemptLeadsToItsConnectionLineAndPacket();
    void theConnectionLeadsBackToTheAttempt();
    void theErrorLineLeadsToTheSameAttempt();
    void thePacketLeadsToTheSameAttempt();
    void theLogLineLeadsToTheSameConnection();
    void aParameterLeadsToItsLineAndTheRulesThatUseIt();
    void anObjectThatIsNotThereHasNoRelations();

private:
    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    Link m_link;
};

void TestRelated::initTestCase()
{
    JobContext job;
    m_snapshot = loadIncident({HALFSHAKE_SOURCE_DIR "/resources/samples"}, job).value();
    QVERIFY(!m_snapshot->correlation->links.empty());
    m_link = m_snapshot->correlation->links.front();
    QVERIFY(m_link.connection);
    QVERIFY(m_link.errorEntry);
}

void TestRelated::anAttemptLeadsToItsConnectionLineAndPacket()
{
    const auto related = relatedTo(*m_snapshot, m_link.attempt);
    QVERIFY(related.connection == *m_link.connection);
    QVERIFY(related.errorEntry == *m_link.errorEntry);
    QCOMPARE(related.line.line, m_snapshot->request(related.request)->line);
    QCOMPARE(related.packet.packet, m_snapshot->connection(related.connection)->firstPacket);
    QVERIFY(related.range);
    QVERIFY(!related.causes.empty());
    QVERIFY(!related.findings.empty());
}

void TestRelated::theConnectionLeadsBackToTheAttempt()
{
    const auto related = relatedTo(*m_snapshot, *m_link.connection);
    QVERIFY(related.upstreamAttempt == m_link.attempt);
    QCOMPARE(related.line.line, relatedTo(*m_snapshot, m_link.attempt).line.line);
}

void TestRelated::theErrorLineLeadsToTheSameAttempt()
{
    const auto related = relatedTo(*m_snapshot, *m_link.errorEntry);
    QVERIFY(related.upstreamAttempt == m_link.attempt);
    QVERIFY(related.connection == *m_link.connection);
}

void TestRelated::thePacketLeadsToTheSameAttempt()
{
    const auto packet = m_snapshot->connection(*m_link.connection)->firstPacket;
    const auto related = relatedTo(*m_snapshot, {ObjectKind::Packet, m_link.connection->evidence, packet - 1});
    QVERIFY(related.connection == *m_link.connection);
    QVERIFY(related.upstreamAttempt == m_link.attempt);
    QCOMPARE(related.packet.packet, std::uint64_t{packet});
}

void TestRelated::theLogLineLeadsToTheSameConnection()
{
    const auto line = relatedTo(*m_snapshot, m_link.attempt).line;
    const auto related =
        relatedTo(*m_snapshot, {ObjectKind::Line, line.evidence, static_cast<std::uint32_t>(line.line - 1)});
    QVERIFY(related.connection == *m_link.connection);
}

void TestRelated::aParameterLeadsToItsLineAndTheRulesThatUseIt()
{
    const auto& parameters = m_snapshot->parameters->parameters();
    const auto range = std::ranges::find(parameters, "net.ipv4.ip_local_port_range", &Parameter::key);
    QVERIFY(range != parameters.end());
    const auto related =
        relatedTo(*m_snapshot, {ObjectKind::Parameter, {}, static_cast<std::uint32_t>(range - parameters.begin())});
    QCOMPARE(related.line.line, range->place.line);
    const bool isCited = std::ranges::any_of(
        related.findings, [this](auto row) { return m_snapshot->findings[row].rule == "PORT-001"; });
    QVERIFY(isCited);
}

void TestRelated::anObjectThatIsNotThereHasNoRelations()
{
    for (const auto kind :
        {ObjectKind::Connection, ObjectKind::Packet, ObjectKind::Request, ObjectKind::UpstreamAttempt,
            ObjectKind::ErrorEntry, ObjectKind::Line, ObjectKind::Parameter, ObjectKind::Finding, ObjectKind::Cause}) {
        const auto related = relatedTo(*m_snapshot, {kind, EvidenceId{99}, 4'000'000'000});
        QVERIFY(!related.link);
        QVERIFY(!related.range);
    }
}

QTEST_GUILESS_MAIN(TestRelated)

#include "tst_related.moc"
