// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/common/rowview.h"

#include <QAbstractTableModel>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace halfshake;
using namespace Qt::StringLiterals;

namespace {

/// Any number of rows; counts how many cells are asked for.
class CountingModel final : public QAbstractTableModel
{
public:
    explicit CountingModel(int rows) : m_rows(rows) { }

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 2; }
    QVariant data(const QModelIndex& index, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        ++cellsAsked;
        return u"%1/%2"_s.arg(index.row()).arg(index.column());
    }
    void sort(int column, Qt::SortOrder order) override { sorted = {column, order}; }
    void clear()
    {
        beginResetModel();
        m_rows = 0;
        endResetModel();
    }

    mutable int cellsAsked = 0;
    std::pair<int, Qt::SortOrder> sorted{-1, Qt::AscendingOrder};

private:
    int m_rows;
};

struct Table
{
    explicit Table(int rows) : model(rows)
    {
        view.resize(400, 300);
        view.setModel(&model);
        view.show();
    }

    CountingModel model;
    RowView view;
};

} // namespace

class TestRowView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyVisibleRowsAreAskedFor();
    void theLastOfTwoBillionRowsCanBeReached();
    void clickingARowActivatesIt();
    void keysMoveTheCurrentRow();
    void makingARowCurrentScrollsAndDoesNotActivate();
    void aResetForgetsTheCurrentRow();
    void clickingTheHeaderSorts();
    void copyTakesTheRow();
    void noRowsShowTheEmptyText();
};

void TestRowView::onlyVisibleRowsAreAskedFor()
{
    Table table(10'000'000);
    table.model.cellsAsked = 0;
    (void)table.view.grab();
    QVERIFY2(table.model.cellsAsked < 100, qPrintable(QString::number(table.model.cellsAsked)));
    table.view.scrollToRow(7'000'000);
    table.model.cellsAsked = 0;
    (void)table.view.grab();
    QVERIFY(table.model.cellsAsked < 100);
}

/// 2^31 / 30 rows are where QTableView hangs.
void TestRowView::theLastOfTwoBillionRowsCanBeReached()
{
    Table table(std::numeric_limits<int>::max());
    QTest::keyClick(&table.view, Qt::Key_End);
    const int last = std::numeric_limits<int>::max() - 1;
    QCOMPARE(table.view.currentRow(), last);
    QVERIFY(table.view.rowRect(last).isValid());
    QCOMPARE(table.view.rowAt(table.view.rowRect(last).center()), last);
    (void)table.view.grab();
}

void TestRowView::clickingARowActivatesIt()
{
    Table table(1000);
    QSignalSpy activated(&table.view, &RowView::rowActivated);
    QTest::mouseClick(table.view.viewport(), Qt::LeftButton, Qt::NoModifier, table.view.rowRect(3).center());
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].toModelIndex().row(), 3);
    QCOMPARE(table.view.currentRow(), 3);
}

void TestRowView::keysMoveTheCurrentRow()
{
    Table table(1000);
    QSignalSpy activated(&table.view, &RowView::rowActivated);
    QTest::keyClick(&table.view, Qt::Key_Down);
    QCOMPARE(table.view.currentRow(), 0);
    QTest::keyClick(&table.view, Qt::Key_Down);
    QCOMPARE(table.view.currentRow(), 1);
    QTest::keyClick(&table.view, Qt::Key_PageDown);
    QVERIFY(table.view.currentRow() > 5);
    QTest::keyClick(&table.view, Qt::Key_Home);
    QCOMPARE(table.view.currentRow(), 0);
    QTest::keyClick(&table.view, Qt::Key_Up);
    QCOMPARE(table.view.currentRow(), 0);
    QTest::keyClick(&table.view, Qt::Key_End);
    QCOMPARE(table.view.currentRow(), 999);
    QVERIFY(table.view.rowRect(999).isValid());
    QCOMPARE(activated.count(), 6);
}

void TestRowView::makingARowCurrentScrollsAndDoesNotActivate()
{
    Table table(1000);
    QSignalSpy activated(&table.view, &RowView::rowActivated);
    table.view.setCurrentRow(500);
    QVERIFY(table.view.viewport()->rect().contains(table.view.rowRect(500).center()));
    QCOMPARE(activated.count(), 0);
    const int scrolledTo = table.view.verticalScrollBar()->value();
    table.view.setCurrentRow(501);
    QCOMPARE(table.view.verticalScrollBar()->value(), scrolledTo);
    table.view.setCurrentRow(-1);
    QCOMPARE(table.view.currentRow(), -1);
}

void TestRowView::aResetForgetsTheCurrentRow()
{
    Table table(10);
    table.view.setCurrentRow(5);
    table.model.clear();
    QCOMPARE(table.view.currentRow(), -1);
    QTest::keyClick(&table.view, Qt::Key_Down);
    QCOMPARE(table.view.currentRow(), -1);
}

void TestRowView::clickingTheHeaderSorts()
{
    Table table(10);
    QHeaderView& header = *table.view.header();
    const QPoint second(header.sectionViewportPosition(1) + header.sectionSize(1) / 2, header.height() / 2);
    QTest::mouseClick(header.viewport(), Qt::LeftButton, Qt::NoModifier, second);
    QCOMPARE(table.model.sorted.first, 1);
    QVERIFY(header.isSortIndicatorShown());
    const Qt::SortOrder before = table.model.sorted.second;
    QTest::mouseClick(header.viewport(), Qt::LeftButton, Qt::NoModifier, second);
    QVERIFY(table.model.sorted.second != before);
}

void TestRowView::copyTakesTheRow()
{
    Table table(10);
    table.view.setCurrentRow(4);
    QTest::keyClick(&table.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"4/0\t4/1"_s);
}

void TestRowView::noRowsShowTheEmptyText()
{
    Table table(0);
    const QImage without = table.view.grab().toImage();
    table.view.setEmptyText(u"Nothing here, and this is why."_s);
    QVERIFY(table.view.grab().toImage() != without);
}

QTEST_MAIN(TestRowView)
#include "tst_rowview.moc"
