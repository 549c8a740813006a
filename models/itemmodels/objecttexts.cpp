// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/objecttexts.h"

#include "models/itemmodels/texts.h"

#include <QCoreApplication>

namespace halfshake::texts {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ObjectTexts", text);
}

QString requestLine(const ProxyLog& log, const ProxyRequest& request)
{
    return QString::fromUtf8(log.text(request.method)) + u' ' + QString::fromUtf8(log.text(request.target));
}

QString attemptText(const IncidentSnapshot& snapshot, ObjectRef object)
{
    const auto* attempt = snapshot.upstreamAttempt(object);
    if (!attempt)
        return {};
    const auto& log = *snapshot.log(object.evidence);
    const auto status = attempt->status ? QString::number(*attempt->status) : QStringLiteral("-");
    QString text = tr("%1 → %2: %3")
                       .arg(requestLine(log, log.requests[attempt->request]),
                           QString::fromUtf8(log.text(attempt->upstream)), status);
    if (attempt->responseTime)
        text += tr(" after %1").arg(duration(*attempt->responseTime));
    const auto* link = snapshot.correlation->linkOfAttempt(object);
    const auto errorClass = link ? link->errorClass : attempt->errorClass;
    if (errorClass != ErrorClass::None)
        text += QStringLiteral(" (") + texts::errorClass(errorClass) + u')';
    return text;
}

QString requestText(const IncidentSnapshot& snapshot, ObjectRef object)
{
    const auto* request = snapshot.request(object);
    if (!request)
        return {};
    QString text =
        requestLine(*snapshot.log(object.evidence), *request) + QStringLiteral(": ") + QString::number(request->status);
    if (request->requestTime)
        text += tr(" after %1").arg(duration(*request->requestTime));
    return text;
}

QString connectionText(const IncidentSnapshot& snapshot, ObjectRef object)
{
    const auto* connection = snapshot.connection(object);
    if (!connection)
        return {};
    return tr("%1 → %2: %3")
        .arg(QString::fromStdString(toString(connection->client)), QString::fromStdString(toString(connection->server)),
            outcome(*connection));
}

QString evidenceText(const IncidentSnapshot& snapshot, EvidenceId id)
{
    const auto* evidence = snapshot.find(id);
    return evidence ? QString::fromStdString(evidence->name) : QString();
}

} // namespace

QString object(const IncidentSnapshot& snapshot, ObjectRef object)
{
    switch (object.kind) {
    case ObjectKind::UpstreamAttempt:
        return attemptText(snapshot, object);
    case ObjectKind::Request:
        return requestText(snapshot, object);
    case ObjectKind::Connection:
        return connectionText(snapshot, object);
    case ObjectKind::ErrorEntry:
        if (const auto* entry = snapshot.errorEntry(object))
            return QString::fromUtf8(snapshot.log(object.evidence)->text(entry->message));
        return {};
    case ObjectKind::Packet:
        return tr("packet %1 of %2").arg(std::uint64_t{object.index} + 1).arg(evidenceText(snapshot, object.evidence));
    case ObjectKind::Line:
        return tr("line %1 of %2").arg(std::uint64_t{object.index} + 1).arg(evidenceText(snapshot, object.evidence));
    case ObjectKind::Evidence:
        return evidenceText(snapshot, object.evidence);
    case ObjectKind::Parameter:
        if (const auto& parameters = snapshot.parameters->parameters(); object.index < parameters.size()) {
            const auto& parameter = parameters[object.index];
            return QString::fromStdString(parameter.key + " = " + parameter.value);
        }
        return {};
    case ObjectKind::Finding:
        if (object.index < snapshot.findings.size()) {
            const auto& finding = snapshot.findings[object.index];
            return QString::fromStdString(finding.rule + ' ' + finding.title);
        }
        return {};
    case ObjectKind::Cause:
        return object.index < snapshot.causes.size() ? QString::fromStdString(snapshot.causes[object.index].title)
                                                     : QString();
    case ObjectKind::None:
        break;
    }
    return {};
}

} // namespace halfshake::texts
