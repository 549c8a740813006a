// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/common/levelicon.h"

#include <QAbstractItemModel>
#include <QAbstractScrollArea>
#include <QPointer>

#include <functional>
#include <map>
#include <vector>

class QHeaderView;

namespace halfshake {

/// A table for any number of rows: paints the visible ones, keeps nothing per row, and scrolls by rows, so that
/// neither memory nor a pixel coordinate limits it. Rows are as the model has them; sorting is the model's.
class RowView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit RowView(QWidget* parent = nullptr);
    ~RowView() override;
    Q_DISABLE_COPY_MOVE(RowView)

    void setModel(QAbstractItemModel* model); ///< Does not own it.
    [[nodiscard]] QAbstractItemModel* model() const { return m_model; }
    [[nodiscard]] QHeaderView* header() const { return m_header; }

    void setAlignment(int column, Qt::Alignment alignment) { m_alignments[column] = alignment; }
    void setFixedPitch(int column) { m_fixedPitchColumns.push_back(column); } ///< Digits and addresses line up.
    /// Drawn before the text of \a column.
    void setIcon(int column, std::function<LevelIcon(const QModelIndex&)> icon) { m_icons[column] = std::move(icon); }
    /// Bold rows.
    void setEmphasis(std::function<bool(const QModelIndex&)> is) { m_isEmphasized = std::move(is); }
    void setEmptyText(const QString& text); ///< Shown where there are no rows.

    [[nodiscard]] int currentRow() const { return m_current.row(); } ///< -1 for none.
    /// Makes \a row current without activating it, and scrolls to it; -1 for none.
    void setCurrentRow(int row);
    void scrollToRow(int row);
    [[nodiscard]] QRect rowRect(int row) const; ///< In the viewport; empty where it is scrolled away.
    [[nodiscard]] int rowAt(const QPoint& position) const; ///< -1 beside the rows.
    [[nodiscard]] QString rowText(int row) const; ///< Cells separated by tabs.

    /// That shows \a rows of them, with header and scroll bar.
    [[nodiscard]] int heightOfRows(int rows) const;

    /// Column widths after the first rows and the headers, once.
    void fitColumns();

Q_SIGNALS:
    /// The user chose a row: by click, or by moving with the keyboard.
    void rowActivated(const QModelIndex& index);
    void menuRequested(const QPoint& globalPosition, const QModelIndex& index);

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int visibleRows() const;
    [[nodiscard]] QFont fontOf(const QModelIndex& index) const;
    void paintRow(QPainter& painter, int row, int y);
    void paintCell(QPainter& painter, const QModelIndex& index, QRect cell, const QColor& textColor);
    void placeHeader();
    void updateScrollBars();
    void activate(int row);
    void rowsChanged();

    QPointer<QAbstractItemModel> m_model;
    QHeaderView* m_header;
    QPersistentModelIndex m_current;
    std::map<int, Qt::Alignment> m_alignments;
    std::vector<int> m_fixedPitchColumns;
    std::map<int, std::function<LevelIcon(const QModelIndex&)>> m_icons;
    std::function<bool(const QModelIndex&)> m_isEmphasized;
    QString m_emptyText;
    int m_hoveredRow = -1;
    bool m_hasFittedColumns = false;
};

} // namespace halfshake
