// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace halfshake {

/// The clocks of an incident: one row per capture and log, with the offset in use and what the data say.
class ClockModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { EvidenceColumn, OffsetColumn, UncertaintyColumn, OriginColumn, EstimateColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    [[nodiscard]] EvidenceId evidenceOf(int row) const; ///< Invalid outside the rows.
    [[nodiscard]] int rowOf(EvidenceId evidence) const; ///< -1 where it has no clock.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    std::vector<EvidenceId> m_rows;
};

} // namespace halfshake
