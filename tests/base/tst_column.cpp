// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/column.h"

#include <QTest>

using namespace halfshake;

class TestColumn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsComeBackAcrossChunks();
    void chunksCoverAllRowsInOrder();
    void aCopyDoesNotSeeWhatIsAppendedLater();
};

void TestColumn::rowsComeBackAcrossChunks()
{
    constexpr auto rows = Column<std::uint32_t>::chunkRows * 2 + 3;
    Column<std::uint32_t> column;
    QCOMPARE(column.size(), std::size_t{0});
    for (std::uint32_t row = 0; row < rows; ++row)
        column.append(row * 7);
    QCOMPARE(column.size(), rows);
    QCOMPARE(column.chunkCount(), std::size_t{3});
    for (const std::size_t row : {std::size_t{0}, column.chunkRows - 1, column.chunkRows, rows - 1})
        QCOMPARE(column[row], static_cast<std::uint32_t>(row * 7));
}

void TestColumn::chunksCoverAllRowsInOrder()
{
    Column<int> column;
    for (int row = 0; row < 100'000; ++row)
        column.append(row);
    int next = 0;
    for (std::size_t chunk = 0; chunk < column.chunkCount(); ++chunk) {
        for (const int value : column.chunk(chunk))
            QCOMPARE(value, next++);
    }
    QCOMPARE(next, 100'000);
}

void TestColumn::aCopyDoesNotSeeWhatIsAppendedLater()
{
    Column<int> column;
    column.append(1);
    const auto snapshot = column;
    column.append(2);
    QCOMPARE(snapshot.size(), std::size_t{1});
    QCOMPARE(snapshot[0], 1);
    QCOMPARE(column[1], 2);
}

QTEST_APPLESS_MAIN(TestColumn)

#include "tst_column.moc"
