// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/upstreamattemptmodel.h"

#include "models/itemmodels/texts.h"

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

// a difference that only comes from rounding is not shown as doubt
constexpr Duration exactly = std::chrono::milliseconds{3};

ErrorClass errorClassOf(const IncidentSnapshot& snapshot, ObjectRef object, const UpstreamAttempt& attempt)
{
    const Link* const link = snapshot.correlation->linkOfAttempt(object);
    return link != nullptr ? link->errorClass : attempt.errorClass;
}

EventClass eventClassOf(const UpstreamAttempt& attempt, ErrorClass errorClass)
{
    if (!attempt.hasFailed())
        return EventClass::Completed;
    switch (errorClass) {
    case ErrorClass::ConnRefused:
    case ErrorClass::ConnResetEarly:
    case ErrorClass::RstBeforeHeader:
        return EventClass::Refused;
    case ErrorClass::FinBeforeHeader:
    case ErrorClass::WriteReset:
        return EventClass::ClosedEarly;
    case ErrorClass::ClientAbort:
    case ErrorClass::AbortInConnect:
        return EventClass::Unknown;
    default:
        return EventClass::Failed;
    }
}

QString startText(const IncidentSnapshot& snapshot, ObjectRef object, const UpstreamAttempt& attempt)
{
    if (!attempt.isStartKnown)
        return UpstreamAttemptModel::tr("not known");
    const ClockAlignment& clocks = snapshot.correlation->clocks;
    const QString earliest = texts::timeOfDay(clocks.toIncident(object.evidence, attempt.startEarliest)).first(12);
    const Duration width = attempt.startLatest - attempt.startEarliest;
    return width <= exactly
        ? earliest
        : UpstreamAttemptModel::tr("%1 or up to %2 later", "start of an attempt").arg(earliest, texts::duration(width));
}

QString connectionText(const IncidentSnapshot& snapshot, ObjectRef object, const UpstreamAttempt& attempt)
{
    const Link* const link = snapshot.correlation->linkOfAttempt(object);
    if (link == nullptr)
        return attempt.hasFailed() ? UpstreamAttemptModel::tr("not looked for yet") : QString();
    if (!link->connection)
        return texts::noLinkReason(link->whyNone);
    const ConnectionAttempt* const connection = snapshot.connection(*link->connection);
    if (connection == nullptr)
        return {};
    return QString::fromStdString(toString(connection->client)) + u" · "_s + texts::outcome(*connection);
}

} // namespace

void UpstreamAttemptModel::setRequest(std::shared_ptr<const IncidentSnapshot> snapshot, ObjectRef request)
{
    beginResetModel();
    m_snapshot = std::move(snapshot);
    m_request = m_snapshot->request(request) != nullptr ? request : ObjectRef{};
    endResetModel();
}

ObjectRef UpstreamAttemptModel::attemptAt(int row) const
{
    const ProxyRequest& request = *m_snapshot->request(m_request);
    return {ObjectKind::UpstreamAttempt, m_request.evidence, request.firstAttempt + static_cast<std::uint32_t>(row)};
}

int UpstreamAttemptModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid() || !m_request.isValid())
        return 0;
    return static_cast<int>(m_snapshot->request(m_request)->attemptCount);
}

int UpstreamAttemptModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant UpstreamAttemptModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ObjectRef object = attemptAt(index.row());
    const UpstreamAttempt& attempt = *m_snapshot->upstreamAttempt(object);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(object, index.column());
    case ObjectRole:
        return QVariant::fromValue(object);
    case EventClassRole:
        return static_cast<int>(eventClassOf(attempt, errorClassOf(*m_snapshot, object, attempt)));
    default:
        return {};
    }
}

QString UpstreamAttemptModel::text(ObjectRef object, int column) const
{
    const UpstreamAttempt& attempt = *m_snapshot->upstreamAttempt(object);
    switch (column) {
    case IndexColumn:
        return QString::number(attempt.index + 1);
    case UpstreamColumn:
        return QString::fromUtf8(m_snapshot->log(object.evidence)->text(attempt.upstream));
    case StatusColumn:
        return attempt.status ? QString::number(*attempt.status) : u"-"_s;
    case DurationColumn:
        return attempt.responseTime ? texts::duration(*attempt.responseTime) : u"-"_s;
    case ClassColumn:
        return texts::errorClass(errorClassOf(*m_snapshot, object, attempt));
    case StartColumn:
        return startText(*m_snapshot, object, attempt);
    case ConnectionColumn:
        return connectionText(*m_snapshot, object, attempt);
    default:
        return {};
    }
}

QVariant UpstreamAttemptModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case IndexColumn:
        return tr("Try");
    case UpstreamColumn:
        return tr("Upstream");
    case StatusColumn:
        return tr("Status");
    case DurationColumn:
        return tr("Duration");
    case ClassColumn:
        return tr("What failed");
    case StartColumn:
        return tr("Start");
    case ConnectionColumn:
        return tr("Connection");
    default:
        return {};
    }
}

QModelIndex UpstreamAttemptModel::indexOf(ObjectRef attempt) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (attemptAt(row) == attempt)
            return index(row, 0);
    }
    return {};
}

} // namespace halfshake
