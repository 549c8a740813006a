// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/itemmodels/linefields.h"

#include <QAbstractTableModel>

namespace halfshake {

/// The fields of the current line as a table.
class LineFieldModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, ColumnCount };
    enum Role {
        ObjectRole = Qt::UserRole, ///< ObjectRef; invalid where a click opens nothing
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setFields(std::vector<LineField> fields);
    [[nodiscard]] QString valueOf(const QString& name) const; ///< "" where there is no such field.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<LineField> m_fields;
};

} // namespace halfshake
