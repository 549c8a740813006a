// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packettable.h"

#include <QTest>

#include <random>
#include <vector>

using namespace halfshake;

namespace {

using Rows = std::vector<PacketTable::Row>;

PacketTable tableOf(const Rows& rows)
{
    PacketTable table;
    for (const auto& row : rows)
        table.append(row);
    return table;
}

bool isSame(const PacketTable::Row& a, const PacketTable::Row& b)
{
    return a.time == b.time && a.location.offset == b.location.offset
        && a.location.capturedLength == b.location.capturedLength
        && a.location.originalLength == b.location.originalLength
        && a.location.interface == b.location.interface && a.attempt == b.attempt && a.tcpFlags == b.tcpFlags
        && a.isDuplicate == b.isDuplicate;
}

bool holds(const PacketTable& table, const Rows& rows)
{
    bool isRight = table.size() == rows.size();
    for (std::size_t i = 0; isRight && i < rows.size(); ++i) {
        isRight = isSame(table.row(i), rows[i]) && table.time(i) == rows[i].time && table.attempt(i) == rows[i].attempt
            && table.tcpFlags(i) == rows[i].tcpFlags;
    }
    return isRight;
}

/// Packets of a few connections as they follow each other in a file.
Rows usualRows(std::size_t count)
{
    std::mt19937_64 random(20'261'125);
    Rows rows;
    EvidenceTime time{std::chrono::seconds{1'700'000'000}};
    std::uint64_t offset = 24;
    for (std::size_t i = 0; i < count; ++i) {
        time += Duration{static_cast<std::int64_t>(random() % 100'000)};
        const auto length = static_cast<std::uint32_t>(54 + random() % 200);
        rows.push_back({.time = time,
            .location = {offset + 16, length, length, 0},
            .attempt = static_cast<std::uint32_t>(1000 + random() % 50),
            .tcpFlags = static_cast<std::uint8_t>(random()),
            .isDuplicate = false});
        offset += 16 + length;
    }
    return rows;
}

} // namespace

class TestPacketTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsComeBackAsTheyWere_data()
    {
        QTest::addColumn<qulonglong>("count");
        for (const qulonglong count : {0, 1, 127, 128, 129, 10'000})
            QTest::addRow("%llu rows", count) << count;
    }
    void rowsComeBackAsTheyWere()
    {
        QFETCH(qulonglong, count);
        const Rows rows = usualRows(count);
        QVERIFY(holds(tableOf(rows), rows));
    }

    void anyNumbersComeBack()
    {
        std::mt19937_64 random(4712);
        Rows rows;
        for (int i = 0; i < 2000; ++i) {
            rows.push_back({.time = EvidenceTime{Duration{static_cast<std::int64_t>(random())}},
                .location = {random(), static_cast<std::uint32_t>(random()), static_cast<std::uint32_t>(random()),
                    static_cast<std::uint16_t>(random())},
                .attempt = i % 3 == 0 ? PacketTable::noAttempt : static_cast<std::uint32_t>(random()),
                .tcpFlags = static_cast<std::uint8_t>(random()),
                .isDuplicate = i % 2 == 0});
        }
        QVERIFY(holds(tableOf(rows), rows));
    }

    void usualRowsTakeTenBytes()
    {
        const Rows rows = usualRows(500'000);
        QCOMPARE_LE(tableOf(rows).bytes(), rows.size() * 10);
    }

    void attemptsGetOtherNumbers()
    {
        Rows rows = usualRows(1000);
        rows[5].attempt = PacketTable::noAttempt;
        PacketTable table = tableOf(rows);
        std::vector<std::uint32_t> newNumbers(2000);
        for (std::uint32_t i = 0; i < newNumbers.size(); ++i)
            newNumbers[i] = 1999 - i;
        table.renumberAttempts(newNumbers);
        for (auto& row : rows)
            row.attempt = row.attempt == PacketTable::noAttempt ? row.attempt : newNumbers[row.attempt];
        QVERIFY(holds(table, rows));
    }

    void copyKeepsItsRows()
    {
        const Rows rows = usualRows(300);
        PacketTable table = tableOf(rows);
        const PacketTable copy = table;
        for (const auto& row : usualRows(200))
            table.append(row);
        QVERIFY(holds(copy, rows));
    }
};

QTEST_APPLESS_MAIN(TestPacketTable)
#include "tst_packettable.moc"
