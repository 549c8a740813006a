// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"
#include "models/incident/job.h"
#include "models/itemmodels/connectionrows.h"

#include <QAbstractTableModel>
#include <QFutureWatcher>

#include <cstddef>
#include <memory>

namespace halfshake {

/// All connection attempts of all captures, a connection seen by several captures once (at the capture point nearest
/// the proxy where that is known). Rows are a permutation of (capture, attempt) pairs; sorting and filtering replace
/// it, on a worker where there are many.
class ConnectionModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        StartColumn,
        ClientColumn,
        OutcomeColumn,
        ServerColumn,
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

    explicit ConnectionModel(QObject* parent = nullptr);
    ~ConnectionModel() override;

    void setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot);
    /// Only failed or repeated attempts, and those a link names.
    void setOnlyNotable(bool onlyNotable);
    /// Shows rows whose client, server or outcome contains \a text.
    void setFilterText(const QString& text);
    [[nodiscard]] std::size_t totalCount() const { return m_rows.total; } ///< Before filtering.

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    [[nodiscard]] QModelIndex indexOf(ObjectRef connection) const;

private:
    void rebuild();
    void takeResult();
    void setRows(std::shared_ptr<const IncidentSnapshot> snapshot, ConnectionRows rows);
    [[nodiscard]] QString text(const ConnectionRow& row, const ConnectionAttempt& attempt, int column) const;

    std::shared_ptr<const IncidentSnapshot> m_wanted; ///< The latest.
    std::shared_ptr<const IncidentSnapshot> m_working; ///< That m_job looks at.
    std::shared_ptr<const IncidentSnapshot> m_snapshot; ///< That m_rows point into.
    ConnectionRows m_rows;
    ConnectionOrder m_order;
    Job<ConnectionRows> m_job;
    QFutureWatcher<Expected<ConnectionRows>> m_watcher;
};

} // namespace halfshake
