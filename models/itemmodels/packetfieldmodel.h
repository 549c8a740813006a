// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/packetdetails.h"

#include <QAbstractItemModel>

#include <cstdint>
#include <vector>

namespace halfshake {

/// The decoded headers of one packet as a tree: layers, and their fields below them.
class PacketFieldModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, ColumnCount };
    enum Role {
        OffsetRole = Qt::UserRole, ///< quint32, of the field's first byte in the packet
        LengthRole, ///< quint32
    };

    using QAbstractItemModel::QAbstractItemModel;

    void setPacket(PacketDetails details);
    [[nodiscard]] const PacketDetails& packet() const { return m_details; }

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// The innermost field that holds the byte at \a offset.
    [[nodiscard]] QModelIndex fieldAt(std::uint32_t offset) const;

private:
    /// One line of the tree, in the order of a walk from top to bottom.
    struct Node
    {
        const PacketField* field = nullptr;
        int parent = -1; ///< Into m_nodes; -1 for a layer.
        int row = 0;
        std::vector<int> children;
    };

    int addNode(const PacketField& field, int parent, int row);
    [[nodiscard]] const std::vector<int>& childrenOf(const QModelIndex& parent) const;

    PacketDetails m_details;
    std::vector<Node> m_nodes;
    std::vector<int> m_layers;
};

} // namespace halfshake
