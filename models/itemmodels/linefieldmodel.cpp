// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/linefieldmodel.h"

#include <algorithm>

namespace halfshake {

void LineFieldModel::setFields(std::vector<LineField> fields)
{
    beginResetModel();
    m_fields = std::move(fields);
    endResetModel();
}

QString LineFieldModel::valueOf(const QString& name) const
{
    const auto field = std::ranges::find(m_fields, name, &LineField::name);
    return field != m_fields.end() ? field->value : QString();
}

int LineFieldModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_fields.size());
}

int LineFieldModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LineFieldModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const LineField& field = m_fields[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return index.column() == NameColumn ? field.name : field.value;
    case ObjectRole:
        return QVariant::fromValue(field.object);
    default:
        return {};
    }
}

QVariant LineFieldModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Field") : tr("Value");
}

} // namespace halfshake
