// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/linefields.h"

#include "models/incident/requestthread.h"
#include "models/itemmodels/texts.h"
#include "models/logs/requestremark.h"

#include <QCoreApplication>

namespace halfshake {

using namespace Qt::StringLiterals;

namespace {

struct Fields
{
    Q_DECLARE_TR_FUNCTIONS(LineFields)

public:
    void add(const QString& name, const QString& value, ObjectRef object = {})
    {
        if (!value.isEmpty())
            list.push_back({name, value, object});
    }

    std::vector<LineField> list;
};

QString text(const ProxyLog& log, StringId id)
{
    return QString::fromUtf8(log.text(id));
}

ObjectRef lineObject(EvidenceId evidence, std::uint64_t line)
{
    return {ObjectKind::Line, evidence, static_cast<std::uint32_t>(line - 1)};
}

QString levelText(ErrorLevel level)
{
    switch (level) {
    case ErrorLevel::Debug:
        return u"debug"_s;
    case ErrorLevel::Info:
        return u"info"_s;
    case ErrorLevel::Notice:
        return u"notice"_s;
    case ErrorLevel::Warn:
        return u"warn"_s;
    case ErrorLevel::Error:
        return u"error"_s;
    case ErrorLevel::Crit:
        return u"crit"_s;
    case ErrorLevel::Alert:
        return u"alert"_s;
    case ErrorLevel::Emerg:
        return u"emerg"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

void addLink(Fields& fields, const IncidentSnapshot& snapshot, const Link& link)
{
    if (!link.connection) {
        fields.add(Fields::tr("Connection"), texts::noLinkReason(link.whyNone));
        return;
    }
    const ConnectionAttempt* const connection = snapshot.connection(*link.connection);
    if (connection == nullptr)
        return;
    fields.add(Fields::tr("Connection"),
        Fields::tr("%1 → %2, %3")
            .arg(QString::fromStdString(toString(connection->client)),
                QString::fromStdString(toString(connection->server)), texts::outcome(*connection)),
        *link.connection);
    QStringList reasons;
    for (const LinkReason& reason : link.reasons)
        reasons << texts::linkReason(reason);
    fields.add(Fields::tr("Tied to it because"), reasons.join(u"; "_s));
    const QString rivals = link.rivals.empty()
        ? Fields::tr("no other connection fits")
        : texts::numbered(link.rivals.size(), Fields::tr("one other connection would fit"),
              Fields::tr("%1 other connections would fit"));
    fields.add(Fields::tr("Confidence"),
        Fields::tr("%1 %, %2").arg(static_cast<int>(link.confidence * 100 + 0.5)).arg(rivals));
}

QString remarkText(RequestRemark remark)
{
    switch (remark) {
    case RequestRemark::RetriedUnsent:
        return Fields::tr("went to the next upstream although it is not idempotent: the connection never came up, "
                          "so nothing had been sent and nothing is done twice");
    case RequestRemark::RetriedAlthoughSent:
        return Fields::tr("repeated at the next upstream after it had been sent (non_idempotent): it may have been "
                          "done twice");
    case RequestRemark::RetriedIdempotent:
        return Fields::tr("repeated at the next upstream after it had been sent: nginx takes this method for "
                          "idempotent");
    case RequestRemark::RetriedStaleConnection:
        return Fields::tr("tried twice at the same upstream, the first time for no time: a kept connection that the "
                          "upstream had closed");
    case RequestRemark::HidesOutcome:
        return Fields::tr("the client left first: what the running attempt would have ended with, often a timeout, "
                          "is not known");
    case RequestRemark::TruncatedBody:
        return Fields::tr("the response ended before its body did, although the status does not say so");
    }
    Q_UNREACHABLE_RETURN({});
}

void addRemarks(Fields& fields, const IncidentSnapshot& snapshot, ObjectRef object)
{
    const ProxyRequest& request = *snapshot.request(object);
    const ProxyLog& log = *snapshot.log(object.evidence);
    std::vector<ErrorClass> classes;
    for (auto row = request.firstAttempt; row < request.firstAttempt + request.attemptCount; ++row) {
        const Link* const link =
            snapshot.correlation->linkOfAttempt({ObjectKind::UpstreamAttempt, object.evidence, row});
        classes.push_back(link != nullptr ? link->errorClass : log.upstreamAttempts[row].errorClass);
    }
    for (const RequestRemark remark : remarksOn(log, request, classes))
        fields.add(Fields::tr("Remark"), remarkText(remark));
}

void addThread(Fields& fields, const IncidentSnapshot& snapshot, ObjectRef object)
{
    const RequestThread thread = threadOf(snapshot, object);
    for (const SourceRef& place : thread.places)
        fields.add(Fields::tr("Also at"), texts::place(snapshot, place), lineObject(place.evidence, place.line));
    for (const EvidenceId evidence : thread.notSeenAt)
        fields.add(Fields::tr("Not seen at"),
            Fields::tr("%1, which covers the time and tells of other requests of this proxy")
                .arg(QString::fromStdString(snapshot.find(evidence)->name)),
            {ObjectKind::Evidence, evidence, 0});
}

void addRequest(Fields& fields, const IncidentSnapshot& snapshot, ObjectRef object)
{
    const ProxyRequest& request = *snapshot.request(object);
    const ProxyLog& log = *snapshot.log(object.evidence);
    fields.add(Fields::tr("Method"), text(log, request.method));
    fields.add(Fields::tr("Target"), text(log, request.target));
    fields.add(Fields::tr("Status"), QString::number(request.status));
    fields.add(Fields::tr("Duration"), request.requestTime ? texts::duration(*request.requestTime) : QString());
    const TimePoint end = snapshot.correlation->clocks.toIncident(object.evidence, request.loggedAt);
    fields.add(
        Fields::tr("Ended (UTC)"), texts::time(end).first(request.resolution < std::chrono::seconds{1} ? 23 : 19));
    fields.add(Fields::tr("Client"), text(log, request.clientAddress));
    fields.add(Fields::tr("Host"), text(log, request.host));
    fields.add(Fields::tr("Service"), text(log, request.upstreamName));
    fields.add(Fields::tr("Request id"), text(log, request.requestId));
    if (request.areListsMisaligned)
        fields.add(
            Fields::tr("Remark"), Fields::tr("the upstream lists differ in length; single attempts are not certain"));
    addRemarks(fields, snapshot, object);
    addThread(fields, snapshot, object);
}

void addErrorEntry(Fields& fields, const IncidentSnapshot& snapshot, ObjectRef object)
{
    const ErrorEntry& entry = *snapshot.errorEntry(object);
    const ProxyLog& log = *snapshot.log(object.evidence);
    fields.add(Fields::tr("Message"), text(log, entry.message));
    fields.add(Fields::tr("Level"), levelText(entry.level));
    fields.add(Fields::tr("Meaning"), texts::errorClass(entry.errorClass));
    fields.add(Fields::tr("Upstream"), text(log, entry.upstream));
    fields.add(Fields::tr("Method"), text(log, entry.method));
    fields.add(Fields::tr("Target"), text(log, entry.target));
    fields.add(Fields::tr("Client"), text(log, entry.clientAddress));
    fields.add(Fields::tr("Host"), text(log, entry.host));
}

void addParameters(Fields& fields, const IncidentSnapshot& snapshot, const SourceRef& line)
{
    const auto& parameters = snapshot.parameters->parameters();
    for (std::uint32_t row = 0; row < parameters.size(); ++row) {
        const Parameter& parameter = parameters[row];
        if (parameter.place.evidence != line.evidence || parameter.place.line != line.line)
            continue;
        fields.add(QString::fromStdString(parameter.key),
            parameter.isReadable ? QString::fromStdString(parameter.value).simplified() : Fields::tr("not readable"),
            {ObjectKind::Parameter, {}, row});
    }
}

} // namespace

std::vector<LineField> lineFields(const IncidentSnapshot& snapshot, const Related& related)
{
    Fields fields;
    const ProxyRequest* const request = snapshot.request(related.request);
    const ErrorEntry* const entry = snapshot.errorEntry(related.errorEntry);
    const bool isRequest =
        request != nullptr && related.request.evidence == related.line.evidence && request->line == related.line.line;
    const bool isEntry =
        entry != nullptr && related.errorEntry.evidence == related.line.evidence && entry->line == related.line.line;
    if (isRequest)
        addRequest(fields, snapshot, related.request);
    else if (isEntry)
        addErrorEntry(fields, snapshot, related.errorEntry);
    else
        addParameters(fields, snapshot, related.line);
    if (isRequest && entry != nullptr)
        fields.add(Fields::tr("Error log"),
            texts::place(snapshot, {.evidence = related.errorEntry.evidence, .line = entry->line}),
            lineObject(related.errorEntry.evidence, entry->line));
    if (isEntry && request != nullptr)
        fields.add(Fields::tr("Request"),
            texts::place(snapshot, {.evidence = related.request.evidence, .line = request->line}),
            lineObject(related.request.evidence, request->line));
    if ((isRequest || isEntry) && related.link != nullptr)
        addLink(fields, snapshot, *related.link);
    return std::move(fields.list);
}

} // namespace halfshake
