// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/packetmodel.h"
#include "tests/support/capturebuilder.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const IncidentSnapshot> snapshotOf(const std::string& file)
{
    JobContext job;
    auto evidence = std::make_shared<Evidence>();
    evidence->id = EvidenceId{0};
    evidence->kind = EvidenceKind::Capture;
    evidence->capture = readCapture(memorySource(file), EvidenceId{0}, job).value();
    auto snapshot = std::make_shared<IncidentSnapshot>();
    snapshot->evidence.push_back(evidence);
    return snapshot;
}

} // namespace

class TestPacketModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyPacketsOfTheConnectionAreListed();
    void noConnectionMeansNoPackets();
};

void TestPacketModel::onlyPacketsOfTheConnectionAreListed()
{
    // packets 1 to 3 are of another connection; 4 and 5 are SYN and SYN/ACK, 6 to 8 the repeats
    const std::string file = test::CaptureBuilder()
                                 .connection("10.0.0.5:40000", "10.0.0.9:8080")
                                 .handshake()
                                 .connection("10.0.0.5:30256", "10.0.0.9:8080")
                                 .syn()
                                 .synAck()
                                 .repeatSynAck({1s, 3s, 7s})
                                 .pcap();
    const auto snapshot = snapshotOf(file);
    const auto& attempts = snapshot->capture(EvidenceId{0})->attempts;
    std::uint32_t index = 0;
    while (attempts[index].client.port != 30256)
        ++index;

    PacketModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setConnection(snapshot, {ObjectKind::Connection, EvidenceId{0}, index});
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.totalCount(), std::uint64_t{5});
    QCOMPARE(model.index(0, PacketModel::NumberColumn).data().toString(), u"4"_s);
    QCOMPARE(model.index(0, PacketModel::TimeColumn).data().toString(), u"+0.000000"_s);
    QVERIFY(model.index(4, PacketModel::TimeColumn).data().toString().startsWith(u"+7.0"_s));
    QVERIFY(model.index(0, PacketModel::SummaryColumn).data().toString().contains(u"[SYN]"_s));
    QVERIFY(model.index(0, 0).data(PacketModel::IsHandshakeRole).toBool());
    QVERIFY(model.index(0, 0).data(PacketModel::ObjectRole).value<ObjectRef>()
        == (ObjectRef{ObjectKind::Packet, EvidenceId{0}, 3}));
    QCOMPARE(model.indexOf(8).row(), 4);
    QVERIFY(!model.indexOf(1).isValid());
}

void TestPacketModel::noConnectionMeansNoPackets()
{
    PacketModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setConnection(std::make_shared<const IncidentSnapshot>(), {});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.totalCount(), std::uint64_t{0});
}

QTEST_GUILESS_MAIN(TestPacketModel)
#include "tst_packetmodel.moc"
