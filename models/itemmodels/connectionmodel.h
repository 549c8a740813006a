// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <memory>
#include <vector>

namespace halfshake {

/// All connection attempts of all captures, a connection seen by several captures once (at the capture point nearest
/// the proxy where that is known). Rows are a permutation of (capture, attempt) pairs; sorting and filtering replace
/// it.
class ConnectionModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        StartColumn,
        ClientColumn,
        ServerColumn,
        OutcomeColumn,
        SynRetransmissionsColumn,
        SynAckRetransmissionsColumn,
        DurationColumn,
        BytesColumn,
        LinkColumn, ///< The log line that travelled on it.
        ColumnCount
    };
    enum Role {
        ObjectRole = Qt::UserRole, ///< ObjectRef
        EventClassRole, ///< int(EventClass): how it is coloured
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    /// Only failed or repeated attempts, and those a link names.
    void setOnlyNotable(bool onlyNotable);
    /// Shows rows whose client, server or outcome contains \a text.
    void setFilterText(const QString& text);
    [[nodiscard]] std::size_t totalCount() const { return m_total; } ///< Before filtering.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    [[nodiscard]] QModelIndex indexOf(ObjectRef connection) const;

private:
    struct Row
    {
        EvidenceId capture;
        std::uint32_t attempt = 0;
    };

    void rebuild();
    void sortRows();

    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    std::vector<Row> m_rows;
    std::size_t m_total = 0;
    QString m_filterText;
    bool m_onlyNotable = true;
    int m_sortColumn = StartColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace halfshake
