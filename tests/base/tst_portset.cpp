// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/portset.h"

#include <QTest>

#include <bitset>
#include <random>

using namespace halfshake;

namespace {

using Ports = std::bitset<65536>;

Ports bitsOf(const PortSet& set)
{
    Ports bits;
    for (std::uint32_t port = 0; port < bits.size(); ++port)
        bits[port] = set.contains(static_cast<std::uint16_t>(port));
    return bits;
}

PortSet randomSet(std::mt19937& random)
{
    std::vector<PortRange> ranges;
    for (auto count = random() % 6; count > 0; --count) {
        const auto first = static_cast<std::uint16_t>(random() % 4 == 0 ? 65'500 + random() % 36 : random() % 300);
        const auto last = static_cast<std::uint16_t>(std::min<std::uint32_t>(first + random() % 40, 65'535));
        ranges.push_back({first, last});
    }
    return PortSet{ranges};
}

} // namespace

class TestPortSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rangesAreSortedAndMerged();
    void reservedPortListsAreReadAsTheKernelWritesThem_data();
    void reservedPortListsAreReadAsTheKernelWritesThem();
    void whatIsNoListIsRefused_data();
    void whatIsNoListIsRefused();
    void rangesAreReadInEachNotation_data();
    void rangesAreReadInEachNotation();
    void whatIsNoRangeIsRefused_data();
    void whatIsNoRangeIsRefused();
    void theWholePortSpaceHas65536Ports();
    void nodePortsOverlapAWidenedLocalRange();
    void parityIsCountedPerRange();
    void setOperationsAgreeWithBitSets();
};

void TestPortSet::rangesAreSortedAndMerged()
{
    const PortSet set{{{90, 100}, {10, 20}, {15, 30}, {31, 31}, {50, 40}, {33, 33}}};
    QCOMPARE(toString(set), std::string("10-31, 33, 90-100"));
    QVERIFY(set == PortSet({{10, 31}, {33, 33}, {90, 100}}));
    QVERIFY(PortSet({{65535, 65535}, {65534, 65534}}) == PortSet({{65534, 65535}}));
    QVERIFY(PortSet{}.isEmpty());
    QCOMPARE(toString(PortSet{}), std::string{});
}

void TestPortSet::reservedPortListsAreReadAsTheKernelWritesThem_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("ports");

    QTest::newRow("none") << QByteArray("") << QByteArray("");
    QTest::newRow("only a newline") << QByteArray("\n") << QByteArray("");
    QTest::newRow("one port") << QByteArray("8080") << QByteArray("8080");
    QTest::newRow("ports and ranges") << QByteArray("8080,9148-9150") << QByteArray("8080, 9148-9150");
    QTest::newRow("blanks") << QByteArray(" 8080, 9148 - 9150\n") << QByteArray("8080, 9148-9150");
    QTest::newRow("a comma at the end") << QByteArray("8080,") << QByteArray("8080");
    QTest::newRow("node ports") << QByteArray("30000-32767") << QByteArray("30000-32767");
    QTest::newRow("unsorted") << QByteArray("9000,80,81") << QByteArray("80-81, 9000");
}

void TestPortSet::reservedPortListsAreReadAsTheKernelWritesThem()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, ports);

    const auto set = PortSet::parseList(text.toStdString());
    QVERIFY(set.has_value());
    QCOMPARE(QByteArray::fromStdString(toString(*set)), ports);
}

void TestPortSet::whatIsNoListIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");

    for (const char* text :
        {"32768 60999", "a", "1-", "-1", "1--2", "9150-9148", "65536", "1,,2", ",1", "1;2", "1-2-3", "0x50", "1-70000"})
        QTest::newRow(text) << QByteArray(text);
}

void TestPortSet::whatIsNoListIsRefused()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!PortSet::parseList(text.toStdString()));
}

void TestPortSet::rangesAreReadInEachNotation_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("range");

    QTest::newRow("sysctl -a") << QByteArray("32768\t60999") << QByteArray("32768-60999");
    QTest::newRow("sysctl.conf") << QByteArray("1024 65535") << QByteArray("1024-65535");
    QTest::newRow("several blanks") << QByteArray("  1024 \t 65535\n") << QByteArray("1024-65535");
    QTest::newRow("kube-apiserver") << QByteArray("30000-32767") << QByteArray("30000-32767");
    QTest::newRow("one port") << QByteArray("5000 5000") << QByteArray("5000");
}

void TestPortSet::rangesAreReadInEachNotation()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, range);

    const auto set = PortSet::parseRange(text.toStdString());
    QVERIFY(set.has_value());
    QCOMPARE(QByteArray::fromStdString(toString(*set)), range);
}

void TestPortSet::whatIsNoRangeIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");

    for (const char* text :
        {"", "1024", "60999 32768", "1024 65536", "1 2 3", "a b", "1024,65535", "-1 5", "32767-30000"})
        QTest::newRow(text) << QByteArray(text);
}

void TestPortSet::whatIsNoRangeIsRefused()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!PortSet::parseRange(text.toStdString()));
}

void TestPortSet::theWholePortSpaceHas65536Ports()
{
    const PortSet all{{{0, 65535}}};
    QCOMPARE(all.size(), 65536u);
    QVERIFY(all.contains(0) && all.contains(65535));
    QVERIFY(all.minus(all).isEmpty());
    QCOMPARE(all.countWithParityOf(1), 32768u);
    QVERIFY(all.minus(PortSet{{{65535, 65535}}}) == PortSet({{0, 65534}}));
}

void TestPortSet::nodePortsOverlapAWidenedLocalRange()
{
    // DESIGN.md: "1024-65535 without nothing, overlapping 30000-32767 = 2768 ports"
    const auto local = PortSet::parseRange("1024 65535");
    const auto nodePorts = PortSet::parseRange("30000-32767");
    QCOMPARE(local->minus({}).overlap(*nodePorts).size(), 2768u);
    QVERIFY(local->minus(*PortSet::parseList("30000-32767")).overlap(*nodePorts).isEmpty());
    QVERIFY(PortSet::parseRange("32768 60999")->overlap(*nodePorts).isEmpty());
}

void TestPortSet::parityIsCountedPerRange()
{
    const PortSet set{{{10, 14}, {21, 21}, {30, 31}}};
    QCOMPARE(set.countWithParityOf(0), 4u); // 10 12 14 30
    QCOMPARE(set.countWithParityOf(32769), 4u); // 11 13 21 31
}

void TestPortSet::setOperationsAgreeWithBitSets()
{
    std::mt19937 random{2768};
    for (int i = 0; i < 300; ++i) {
        const auto left = randomSet(random);
        const auto right = randomSet(random);
        const auto leftBits = bitsOf(left);
        const auto rightBits = bitsOf(right);
        QCOMPARE(left.size(), leftBits.count());
        QVERIFY(bitsOf(left.minus(right)) == (leftBits & ~rightBits));
        QVERIFY(bitsOf(left.overlap(right)) == (leftBits & rightBits));
        QVERIFY(bitsOf(left.unite(right)) == (leftBits | rightBits));
        QVERIFY(PortSet{left.minus(right).ranges()} == left.minus(right)); // merged and sorted already
        QVERIFY(PortSet{left.overlap(right).ranges()} == left.overlap(right));
        QVERIFY(PortSet::parseList(toString(left)) == left);
    }
}

QTEST_APPLESS_MAIN(TestPortSet)

#include "tst_portset.moc"
