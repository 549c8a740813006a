// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/packetfieldmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace halfshake;
using namespace Qt::StringLiterals;

namespace {

PacketField field(const char* name, const char* value, std::uint32_t offset, std::uint32_t length)
{
    PacketField result;
    result.name = name;
    result.value = value;
    result.offset = offset;
    result.length = length;
    return result;
}

/// Ethernet (14 bytes), then IPv4 with a source address and nested flags.
PacketDetails packet()
{
    PacketField flags = field("Flags", "0x40", 20, 1);
    flags.fields.push_back(field("Don't fragment", "set", 20, 1));
    PacketField ip = field("Internet Protocol", "", 14, 20);
    ip.fields = {flags, field("Source", "10.0.0.5", 26, 4)};
    PacketDetails details;
    details.layers = {field("Ethernet", "", 0, 14), ip};
    return details;
}

} // namespace

class TestPacketFieldModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTreeFollowsTheLayers();
    void aByteLeadsToItsInnermostField();
};

void TestPacketFieldModel::theTreeFollowsTheLayers()
{
    PacketFieldModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setPacket(packet());
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex ip = model.index(1, 0);
    QCOMPARE(ip.data().toString(), u"Internet Protocol"_s);
    QCOMPARE(model.rowCount(ip), 2);
    const QModelIndex source = model.index(1, PacketFieldModel::ValueColumn, ip);
    QCOMPARE(source.data().toString(), u"10.0.0.5"_s);
    QCOMPARE(source.data(PacketFieldModel::OffsetRole).toUInt(), 26u);
    QCOMPARE(source.data(PacketFieldModel::LengthRole).toUInt(), 4u);
    model.setPacket({});
    QCOMPARE(model.rowCount(), 0);
}

void TestPacketFieldModel::aByteLeadsToItsInnermostField()
{
    PacketFieldModel model;
    model.setPacket(packet());
    QCOMPARE(model.fieldAt(3).data().toString(), u"Ethernet"_s);
    QCOMPARE(model.fieldAt(20).data().toString(), u"Don't fragment"_s);
    QCOMPARE(model.fieldAt(29).data().toString(), u"Source"_s);
    QCOMPARE(model.fieldAt(15).data().toString(), u"Internet Protocol"_s);
    QVERIFY(!model.fieldAt(34).isValid());
}

QTEST_GUILESS_MAIN(TestPacketFieldModel)
#include "tst_packetfieldmodel.moc"
