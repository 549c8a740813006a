// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStyledItemDelegate>

namespace halfshake {

/// Draws one piece of evidence in two lines: kind, name and state; below, what it holds or how far it is read, with a
/// button to stop reading.
class EvidenceDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// Of the row drawn in \a row; empty where there is nothing to cancel.
    [[nodiscard]] static QRect cancelRect(const QRect& row, const QModelIndex& index);

Q_SIGNALS:
    void cancelRequested(const QModelIndex& index);

protected:
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;
};

} // namespace halfshake
