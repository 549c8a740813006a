// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QAbstractTableModel>

#include <memory>

namespace halfshake {

/// The upstream attempts of one request, in nginx's order.
class UpstreamAttemptModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        IndexColumn,
        UpstreamColumn,
        StatusColumn,
        DurationColumn,
        ClassColumn,
        StartColumn,
        ConnectionColumn, ///< That carried it, or why it is not known.
        ColumnCount
    };
    enum Role {
        ObjectRole = Qt::UserRole, ///< ObjectRef
        EventClassRole, ///< int(EventClass)
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// \a request names a Request; anything else empties the model.
    void setRequest(std::shared_ptr<const IncidentSnapshot> snapshot, ObjectRef request);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    [[nodiscard]] QModelIndex indexOf(ObjectRef attempt) const;

private:
    [[nodiscard]] ObjectRef attemptAt(int row) const;
    [[nodiscard]] QString text(ObjectRef object, int column) const;

    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    ObjectRef m_request;
};

} // namespace halfshake
