// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/packetfieldmodel.h"

namespace halfshake {

void PacketFieldModel::setPacket(PacketDetails details)
{
    beginResetModel();
    m_details = std::move(details);
    m_nodes.clear();
    m_layers.clear();
    for (const PacketField& layer : m_details.layers)
        m_layers.push_back(addNode(layer, -1, static_cast<int>(m_layers.size())));
    endResetModel();
}

// as deep as the decoder nests, which is bounded there
int PacketFieldModel::addNode(const PacketField& field, int parent, int row)
{
    const int node = static_cast<int>(m_nodes.size());
    m_nodes.push_back({.field = &field, .parent = parent, .row = row, .children = {}});
    std::vector<int> children;
    for (const PacketField& child : field.fields)
        children.push_back(addNode(child, node, static_cast<int>(children.size())));
    m_nodes[static_cast<std::size_t>(node)].children = std::move(children);
    return node;
}

const std::vector<int>& PacketFieldModel::childrenOf(const QModelIndex& parent) const
{
    return parent.isValid() ? m_nodes[parent.internalId()].children : m_layers;
}

QModelIndex PacketFieldModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, static_cast<quintptr>(childrenOf(parent)[static_cast<std::size_t>(row)]));
}

QModelIndex PacketFieldModel::parent(const QModelIndex& child) const
{
    if (!child.isValid())
        return {};
    const int parent = m_nodes[child.internalId()].parent;
    if (parent < 0)
        return {};
    return createIndex(m_nodes[static_cast<std::size_t>(parent)].row, 0, static_cast<quintptr>(parent));
}

int PacketFieldModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(childrenOf(parent).size());
}

int PacketFieldModel::columnCount(const QModelIndex& /*parent*/) const
{
    return ColumnCount;
}

QVariant PacketFieldModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PacketField& field = *m_nodes[index.internalId()].field;
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(index.column() == NameColumn ? field.name : field.value);
    case OffsetRole:
        return field.offset;
    case LengthRole:
        return field.length;
    default:
        return {};
    }
}

QVariant PacketFieldModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Field") : tr("Value");
}

QModelIndex PacketFieldModel::fieldAt(std::uint32_t offset) const
{
    QModelIndex best;
    std::uint32_t bestLength = 0;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        const PacketField& field = *m_nodes[i].field;
        const bool holdsByte = field.length > 0 && offset >= field.offset && offset - field.offset < field.length;
        // of equal ones the deeper, which comes later
        if (holdsByte && (!best.isValid() || field.length <= bestLength)) {
            best = createIndex(m_nodes[i].row, 0, static_cast<quintptr>(i));
            bestLength = field.length;
        }
    }
    return best;
}

} // namespace halfshake
