// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/clockmodel.h"

#include "models/itemmodels/clocktexts.h"
#include "models/itemmodels/texts.h"

#include <algorithm>

namespace halfshake {

void ClockModel::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    beginResetModel();
    m_snapshot = std::move(snapshot);
    m_rows.clear();
    for (const auto& evidence : m_snapshot->evidence) {
        if (evidence && (evidence->capture || evidence->log))
            m_rows.push_back(evidence->id);
    }
    endResetModel();
}

EvidenceId ClockModel::evidenceOf(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)] : EvidenceId();
}

int ClockModel::rowOf(EvidenceId evidence) const
{
    const auto row = std::ranges::find(m_rows, evidence);
    return row != m_rows.end() ? static_cast<int>(row - m_rows.begin()) : -1;
}

int ClockModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ClockModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClockModel::data(const QModelIndex& index, int role) const
{
    const bool isShown = role == Qt::DisplayRole || role == Qt::ToolTipRole;
    if (!isShown || !checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const EvidenceId id = evidenceOf(index.row());
    const ClockOffset offset = m_snapshot->correlation->clocks.offsetOf(id);
    switch (index.column()) {
    case EvidenceColumn:
        return QString::fromStdString(m_snapshot->find(id)->name);
    case OffsetColumn:
        return texts::clockOffset(offset.offset);
    case UncertaintyColumn:
        return offset.uncertainty == Duration{0} ? QString() : QChar(u'±') + texts::duration(offset.uncertainty);
    case OriginColumn:
        return texts::clockOrigin(*m_snapshot, id);
    case EstimateColumn:
        return texts::clockEstimate(*m_snapshot, id);
    default:
        return {};
    }
}

QVariant ClockModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case EvidenceColumn:
        return tr("Evidence");
    case OffsetColumn:
        return tr("Ahead by");
    case UncertaintyColumn:
        return tr("Uncertain");
    case OriginColumn:
        return tr("In use because");
    case EstimateColumn:
        return tr("What the data say");
    default:
        return {};
    }
}

} // namespace halfshake
