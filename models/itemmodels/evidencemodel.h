// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incident.h"

#include <QAbstractTableModel>

namespace halfshake {

/// The evidence list. Rows follow the snapshot; removed evidence is left out.
class EvidenceModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, KindColumn, RecordsColumn, TimeColumn, StateColumn, ColumnCount };
    enum Role {
        ObjectRole = Qt::UserRole, ///< ObjectRef
        EvidenceIdRole, ///< quint32
        KindRole, ///< int(EvidenceKind)
        StateRole, ///< int(EvidenceState)
        LevelRole, ///< int(DiagnosticLevel) of the worst diagnostic, -1 for none
        ProgressRole, ///< Promille while being read
    };

    explicit EvidenceModel(const Incident& incident, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    [[nodiscard]] QModelIndex indexOf(EvidenceId id) const;

private:
    void followSnapshot();

    const Incident& m_incident;
    std::vector<std::shared_ptr<const Evidence>> m_rows;
};

} // namespace halfshake
