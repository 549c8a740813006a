// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/parametermodel.h"

#include "models/itemmodels/texts.h"

#include <algorithm>
#include <numeric>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

QString subject(const ParameterStore& store, const Parameter& parameter)
{
    const ParameterScope scope = store.scopeOf(parameter.place.evidence);
    const std::string& host = parameter.host.empty() ? scope.host : parameter.host;
    const std::string& space = parameter.networkNamespace.empty() ? scope.networkNamespace : parameter.networkNamespace;
    const QString name = QString::fromStdString(host.empty() ? scope.label : host);
    return space.empty() ? name : name + u" / "_s + QString::fromStdString(space);
}

} // namespace

void ParameterModel::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    beginResetModel();
    m_snapshot = std::move(snapshot);
    const std::size_t count = m_snapshot->parameters->parameters().size();
    m_rulesOf.assign(count, {});
    m_isCited.assign(count, false);
    for (const Finding& finding : m_snapshot->findings) {
        for (const FindingValue& value : finding.values) {
            if (value.object.kind != ObjectKind::Parameter || value.object.index >= count)
                continue;
            QStringList& rules = m_rulesOf[value.object.index];
            const QString rule = QString::fromStdString(finding.rule);
            if (!rules.contains(rule))
                rules.append(rule);
            if (finding.verdict == Verdict::Fires && !finding.isContext)
                m_isCited[value.object.index] = true;
        }
    }
    findRows();
    endResetModel();
}

void ParameterModel::setFilterText(const QString& text)
{
    if (m_filterText == text)
        return;
    m_filterText = text;
    beginResetModel();
    findRows();
    endResetModel();
}

void ParameterModel::findRows()
{
    m_rows.clear();
    if (!m_snapshot)
        return;
    m_rows.resize(m_isCited.size());
    std::iota(m_rows.begin(), m_rows.end(), 0u);
    std::erase_if(m_rows, [this](std::uint32_t row) { return !matches(row); });
    std::ranges::stable_partition(m_rows, [this](std::uint32_t row) { return m_isCited[row]; });
}

bool ParameterModel::matches(std::uint32_t row) const
{
    if (m_filterText.isEmpty())
        return true;
    const Parameter& parameter = m_snapshot->parameters->parameters()[row];
    return QString::fromStdString(parameter.key).contains(m_filterText, Qt::CaseInsensitive)
        || QString::fromStdString(parameter.value).contains(m_filterText, Qt::CaseInsensitive)
        || subject(*m_snapshot->parameters, parameter).contains(m_filterText, Qt::CaseInsensitive)
        || m_rulesOf[row].join(u' ').contains(m_filterText, Qt::CaseInsensitive);
}

int ParameterModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ParameterModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ParameterModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const std::uint32_t row = m_rows[static_cast<std::size_t>(index.row())];
    const Parameter& parameter = m_snapshot->parameters->parameters()[row];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case KeyColumn:
            return QString::fromStdString(parameter.key);
        case ValueColumn:
            return parameter.isReadable ? QString::fromStdString(parameter.value).simplified() : tr("not readable");
        case SubjectColumn:
            return subject(*m_snapshot->parameters, parameter);
        case PlaceColumn:
            return texts::place(*m_snapshot, parameter.place);
        case RulesColumn:
            return m_rulesOf[row].join(u", "_s);
        default:
            return {};
        }
    case ObjectRole:
        return QVariant::fromValue(ObjectRef{ObjectKind::Parameter, {}, row});
    case IsCitedRole:
        return bool{m_isCited[row]};
    default:
        return {};
    }
}

QVariant ParameterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KeyColumn:
        return tr("Parameter");
    case ValueColumn:
        return tr("Value");
    case SubjectColumn:
        return tr("Of");
    case PlaceColumn:
        return tr("Read at");
    case RulesColumn:
        return tr("Rules");
    default:
        return {};
    }
}

QModelIndex ParameterModel::indexOf(ObjectRef parameter) const
{
    const auto row = std::ranges::find(m_rows, parameter.index);
    return parameter.kind == ObjectKind::Parameter && row != m_rows.end()
        ? index(static_cast<int>(row - m_rows.begin()), 0)
        : QModelIndex();
}

int ParameterModel::totalCount() const
{
    return static_cast<int>(m_isCited.size());
}

} // namespace halfshake
