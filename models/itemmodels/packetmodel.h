// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QString>

#include <cstdint>
#include <memory>
#include <vector>

namespace halfshake {

/// The packets of one connection, copies that the capture holds twice included.
///
/// The summary of a packet is read from the capture when a view asks for it, so that only rows on screen cost anything.
class PacketModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NumberColumn, TimeColumn, SummaryColumn, LengthColumn, ColumnCount };
    enum Role {
        ObjectRole = Qt::UserRole, ///< ObjectRef
        IsDuplicateRole, ///< bool: a copy of an earlier packet
        IsHandshakeRole, ///< bool: a step of the ladder
    };

    /// More packets of one connection than these are not listed.
    static constexpr std::size_t mostPackets = 10'000;

    using QAbstractTableModel::QAbstractTableModel;

    /// \a connection names a Connection; anything else empties the model.
    void setConnection(std::shared_ptr<const IncidentSnapshot> snapshot, ObjectRef connection);
    /// Of the connection, without copies; more than rowCount() where there are too many to list.
    [[nodiscard]] std::uint64_t totalCount() const { return m_total; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    [[nodiscard]] QModelIndex indexOf(std::uint64_t packetNumber) const;

private:
    struct Packet
    {
        std::uint32_t number = 0; ///< Counted from 1.
        bool isDuplicate = false;
        bool isHandshake = false;
    };

    void findPackets(const Capture& capture, const ConnectionAttempt& attempt, std::uint32_t index);
    [[nodiscard]] QString text(const Packet& packet, int column) const;
    [[nodiscard]] QString summary(std::uint64_t number) const; ///< With an arrow in the place of both ends.

    std::shared_ptr<const IncidentSnapshot> m_snapshot;
    ObjectRef m_connection;
    std::vector<Packet> m_packets;
    std::uint64_t m_total = 0;
    mutable QCache<std::uint64_t, QString> m_summaries{500};
};

} // namespace halfshake
