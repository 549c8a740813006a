// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/connectionmodel.h"

#include "models/itemmodels/texts.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

// sorting fewer takes less than a frame
constexpr std::size_t mostConnectionsAtOnce = 20'000;

std::vector<const Capture*> capturesIn(const IncidentSnapshot& snapshot)
{
    std::vector<const Capture*> captures;
    for (const auto& evidence : snapshot.evidence) {
        if (evidence && evidence->capture)
            captures.push_back(evidence->capture.get());
    }
    return captures;
}

std::size_t connectionsIn(const IncidentSnapshot& snapshot)
{
    std::size_t count = 0;
    for (const Capture* capture : capturesIn(snapshot))
        count += capture->attempts.size();
    return count;
}

QString repeats(const ConnectionAttempt& attempt)
{
    if (attempt.synAckReissues == 0)
        return QString::number(attempt.synAckRetransmissions);
    return ConnectionModel::tr("%1 + %2 new").arg(attempt.synAckRetransmissions).arg(attempt.synAckReissues);
}

} // namespace

ConnectionModel::ConnectionModel(QObject* parent) : QAbstractTableModel(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ConnectionModel::takeResult);
}

ConnectionModel::~ConnectionModel() = default;

void ConnectionModel::setSnapshot(std::shared_ptr<const IncidentSnapshot> snapshot)
{
    const bool isSame =
        m_wanted && m_wanted->correlation == snapshot->correlation && capturesIn(*m_wanted) == capturesIn(*snapshot);
    if (isSame)
        return;
    m_wanted = std::move(snapshot);
    rebuild();
}

void ConnectionModel::setOnlyNotable(bool onlyNotable)
{
    if (std::exchange(m_order.onlyNotable, onlyNotable) != onlyNotable)
        rebuild();
}

void ConnectionModel::setFilterText(const QString& text)
{
    if (std::exchange(m_order.filterText, text) != text)
        rebuild();
}

void ConnectionModel::sort(int column, Qt::SortOrder order)
{
    m_order.sortColumn = column;
    m_order.sortOrder = order;
    rebuild();
}

void ConnectionModel::rebuild()
{
    if (!m_wanted)
        return;
    const auto work = [snapshot = m_wanted, order = m_order](
                          JobContext& job) { return connectionRows(*snapshot, order, job); };
    if (connectionsIn(*m_wanted) <= mostConnectionsAtOnce) {
        m_job = {};
        JobContext job;
        setRows(m_wanted, work(job).value_or(ConnectionRows{}));
        return;
    }
    m_working = m_wanted;
    m_job = runJob(*QThreadPool::globalInstance(), work);
    m_watcher.setFuture(m_job.future());
}

void ConnectionModel::takeResult()
{
    const auto future = m_watcher.future();
    if (future.isCanceled() || future.resultCount() == 0)
        return;
    if (auto result = future.result())
        setRows(std::exchange(m_working, nullptr), std::move(*result));
}

void ConnectionModel::setRows(std::shared_ptr<const IncidentSnapshot> snapshot, ConnectionRows rows)
{
    beginResetModel();
    m_snapshot = std::move(snapshot);
    m_rows = std::move(rows);
    endResetModel();
}

int ConnectionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.rows.size());
}

int ConnectionModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ConnectionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ConnectionRow& row = m_rows.rows[static_cast<std::size_t>(index.row())];
    const ConnectionAttempt& attempt = *m_snapshot->connection(row.object());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, attempt, index.column());
    case Qt::ToolTipRole:
        return index.column() == OutcomeColumn ? texts::outcomeExplanation(attempt.outcome) : QVariant();
    case ObjectRole:
        return QVariant::fromValue(row.object());
    case EventClassRole:
        return static_cast<int>(eventClassOf(attempt));
    default:
        return {};
    }
}

QString ConnectionModel::text(const ConnectionRow& row, const ConnectionAttempt& attempt, int column) const
{
    switch (column) {
    case StartColumn:
        return texts::timeOfDay(m_snapshot->correlation->clocks.toIncident(row.capture, attempt.start)).first(12);
    case ClientColumn:
        return QString::fromStdString(toString(attempt.client));
    case ServerColumn:
        return QString::fromStdString(toString(attempt.server));
    case OutcomeColumn:
        return texts::outcome(attempt);
    case SynRetransmissionsColumn:
        return QString::number(attempt.synRetransmissions);
    case SynAckRetransmissionsColumn:
        return repeats(attempt);
    case DurationColumn:
        return texts::duration(attempt.end - attempt.start);
    case BytesColumn:
        return texts::bytes(attempt.clientBytes + attempt.serverBytes);
    case LinkColumn:
        return linkedLine(*m_snapshot, row.object());
    default:
        return {};
    }
}

QVariant ConnectionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case SynRetransmissionsColumn:
            return tr("How often the client repeated its SYN");
        case SynAckRetransmissionsColumn:
            return tr("How often the server repeated its SYN/ACK");
        case BytesColumn:
            return tr("Payload of both directions");
        case LinkColumn:
            return tr("Log line of the failing request that travelled on it");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StartColumn:
        return tr("Start");
    case ClientColumn:
        return tr("Client");
    case ServerColumn:
        return tr("Server");
    case OutcomeColumn:
        return tr("Outcome");
    case SynRetransmissionsColumn:
        return tr("SYN rep.");
    case SynAckRetransmissionsColumn:
        return tr("SYN/ACK rep.");
    case DurationColumn:
        return tr("Duration");
    case BytesColumn:
        return tr("Bytes");
    case LinkColumn:
        return tr("Log line");
    default:
        return {};
    }
}

QModelIndex ConnectionModel::indexOf(ObjectRef connection) const
{
    auto row = std::ranges::find(m_rows.rows, connection, &ConnectionRow::object);
    if (row == m_rows.rows.end() && m_snapshot && m_snapshot->connection(connection) != nullptr) {
        // the row stands for the same connection in all captures
        const ConnectionAttempt& wanted = *m_snapshot->connection(connection);
        row = std::ranges::find_if(m_rows.rows, [&](const ConnectionRow& candidate) {
            return isSameConnection(*m_snapshot->connection(candidate.object()), wanted);
        });
    }
    return row != m_rows.rows.end() ? index(static_cast<int>(row - m_rows.rows.begin()), 0) : QModelIndex();
}

} // namespace halfshake
