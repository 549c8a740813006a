// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace halfshake {

/// All parameters of all evidence; those that findings cite first.
class ParameterModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { KeyColumn, ValueColumn, SubjectColumn, PlaceColumn, RulesColumn, ColumnCount };
    enum Role {
        ObjectRole = Qt::UserRole, ///< ObjectRef
        IsCitedRole, ///< bool: a rule that fires rests on it
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    void setFilterText(const QString& text);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    [[nodiscard]] QModelIndex indexOf(ObjectRef parameter) const;
    [[nodiscard]] int totalCount() const;

private:
    void findRows();
    [[nodiscard]] bool matches(std::uint32_t row) const;

    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    std::vector<std::uint32_t> m_rows; ///< Into ParameterStore::parameters().
    std::vector<QStringList> m_rulesOf; ///< By parameter row: rules that used it.
    std::vector<bool> m_isCited;
    QString m_filterText;
};

} // namespace halfshake
