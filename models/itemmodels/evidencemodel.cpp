// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/evidencemodel.h"

#include "models/itemmodels/texts.h"

#include <algorithm>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

int worstLevel(const Evidence& evidence)
{
    int worst = evidence.error ? static_cast<int>(describe(evidence.error->code).level) : -1;
    for (const auto& [code, count] : evidence.diagnostics.counts())
        worst = std::max(worst, static_cast<int>(describe(code).level));
    return worst;
}

QString parameterRecords(const ParameterFile& file)
{
    QStringList parts;
    if (!file.workloads.empty())
        parts << texts::numbered(
            file.workloads.size(), EvidenceModel::tr("1 workload"), EvidenceModel::tr("%1 workloads"));
    if (!file.nodePorts.empty())
        parts << texts::numbered(
            file.nodePorts.size(), EvidenceModel::tr("1 NodePort"), EvidenceModel::tr("%1 NodePorts"));
    if (!file.parameters.empty() || parts.isEmpty())
        parts << texts::numbered(
            file.parameters.size(), EvidenceModel::tr("1 setting"), EvidenceModel::tr("%1 settings"));
    return parts.join(u", "_s);
}

QString records(const Evidence& evidence)
{
    if (evidence.state != EvidenceState::Read)
        return {};
    if (evidence.parameters)
        return parameterRecords(*evidence.parameters);
    switch (evidence.kind) {
    case EvidenceKind::Capture:
        return texts::numbered(evidence.records, EvidenceModel::tr("1 packet"), EvidenceModel::tr("%1 packets"));
    case EvidenceKind::ProxyLog:
    case EvidenceKind::Text:
        return texts::numbered(evidence.records, EvidenceModel::tr("1 line"), EvidenceModel::tr("%1 lines"));
    case EvidenceKind::Parameters:
    case EvidenceKind::Unknown:
        return {};
    }
    Q_UNREACHABLE_RETURN({});
}

QString timeSpan(const IncidentSnapshot& snapshot, const Evidence& evidence)
{
    if (!evidence.range)
        return {};
    const ClockAlignment& clocks = snapshot.correlation->clocks;
    const QString start = texts::time(clocks.toIncident(evidence.id, evidence.range->start)).first(19);
    const QString end = texts::time(clocks.toIncident(evidence.id, evidence.range->end)).first(19);
    const bool isSameDay = start.first(10) == end.first(10);
    return start + u" – "_s + (isSameDay ? end.sliced(11) : end);
}

} // namespace

EvidenceModel::EvidenceModel(const Incident& incident, QObject* parent)
    : QAbstractTableModel(parent), m_incident(incident)
{
    connect(&incident, &Incident::snapshotChanged, this, &EvidenceModel::followSnapshot);
    connect(&incident, &Incident::progressChanged, this, [this](EvidenceId id) {
        if (const QModelIndex index = indexOf(id); index.isValid())
            Q_EMIT dataChanged(index.siblingAtColumn(StateColumn), index.siblingAtColumn(StateColumn), {ProgressRole});
    });
    followSnapshot();
}

void EvidenceModel::followSnapshot()
{
    std::vector<std::shared_ptr<const Evidence>> rows;
    for (const auto& evidence : m_incident.snapshot()->evidence) {
        if (evidence)
            rows.push_back(evidence);
    }
    const auto isSame = [](const auto& left, const auto& right) { return left->id == right->id; };
    const auto common = std::min(rows.size(), m_rows.size());
    const auto count = static_cast<int>(rows.size());
    // evidence is appended while it is added: the selection and the scroll position stay as they are
    if (rows.size() < m_rows.size() || !std::equal(m_rows.begin(), m_rows.end(), rows.begin(), isSame)) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    if (rows.size() > m_rows.size()) {
        beginInsertRows({}, static_cast<int>(common), count - 1);
        m_rows = std::move(rows);
        endInsertRows();
    } else {
        m_rows = std::move(rows);
    }
    if (common > 0)
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(common) - 1, ColumnCount - 1));
}

int EvidenceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EvidenceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EvidenceModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Evidence& evidence = *m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case NameColumn:
            return QString::fromStdString(evidence.name);
        case KindColumn:
            return texts::evidenceKind(evidence);
        case RecordsColumn:
            return records(evidence);
        case TimeColumn:
            return timeSpan(*m_incident.snapshot(), evidence);
        case StateColumn:
            return texts::evidenceState(evidence);
        default:
            return {};
        }
    case Qt::ToolTipRole:
        return QString::fromStdString(evidence.path);
    case ObjectRole:
        return QVariant::fromValue(ObjectRef{ObjectKind::Evidence, evidence.id, 0});
    case EvidenceIdRole:
        return evidence.id.value();
    case KindRole:
        return static_cast<int>(evidence.kind);
    case StateRole:
        return static_cast<int>(evidence.state);
    case LevelRole:
        return worstLevel(evidence);
    case ProgressRole:
        return m_incident.progress(evidence.id);
    default:
        return {};
    }
}

QVariant EvidenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case KindColumn:
        return tr("Kind");
    case RecordsColumn:
        return tr("Content");
    case TimeColumn:
        return tr("Time (UTC)");
    case StateColumn:
        return tr("State");
    default:
        return {};
    }
}

QModelIndex EvidenceModel::indexOf(EvidenceId id) const
{
    const auto row = std::ranges::find(m_rows, id, [](const auto& evidence) { return evidence->id; });
    return row != m_rows.end() ? index(static_cast<int>(row - m_rows.begin()), 0) : QModelIndex();
}

} // namespace halfshake
