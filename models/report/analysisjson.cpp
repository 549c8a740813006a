// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/analysisjson.h"

#include "models/itemmodels/texts.h"
#include "models/report/analysisids.h"
#include "models/report/evidencejson.h"
#include "models/report/factsjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace halfshake {

namespace {

template<typename Range, typename Function>
QJsonArray arrayOf(const Range& range, Function toJson)
{
    QJsonArray array;
    for (const auto& item : range)
        array.append(toJson(item));
    return array;
}

QJsonObject linkJson(const IncidentSnapshot& snapshot, const Link& link)
{
    const auto id = [&snapshot](ObjectRef object) { return objectId(snapshot, object); };
    const bool isLinked = link.connection.has_value();
    return {
        {QStringLiteral("attempt"), id(link.attempt)},
        {QStringLiteral("also_logged"), arrayOf(link.alsoLogged, id)},
        {QStringLiteral("connection"), isLinked ? QJsonValue(id(*link.connection)) : QJsonValue()},
        {QStringLiteral("same_connection"), arrayOf(link.sameConnection, id)},
        {QStringLiteral("is_reused_connection"), link.isReusedConnection},
        {QStringLiteral("error_entry"), link.errorEntry ? QJsonValue(id(*link.errorEntry)) : QJsonValue()},
        {QStringLiteral("confidence"), link.confidence},
        {QStringLiteral("reasons"), arrayOf(link.reasons, texts::linkReason)},
        {QStringLiteral("rivals"), arrayOf(link.rivals, id)},
        {QStringLiteral("why_none"), isLinked ? QJsonValue() : QJsonValue(QString::fromUtf8(toString(link.whyNone)))},
    };
}

QJsonObject knotJson(const ClockKnot& knot)
{
    return {
        {QStringLiteral("at_ns"), static_cast<qint64>(knot.at.time_since_epoch().count())},
        {QStringLiteral("offset_ns"), static_cast<qint64>(knot.offset.count())},
    };
}

QJsonObject clockJson(const ClockEstimate& estimate)
{
    return {
        {QStringLiteral("evidence"), QString::fromUtf8(toString(estimate.evidence))},
        {QStringLiteral("against"), QString::fromUtf8(toString(estimate.against))},
        {QStringLiteral("offset_ns"), static_cast<qint64>(estimate.offset.count())},
        {QStringLiteral("uncertainty_ns"), static_cast<qint64>(estimate.uncertainty.count())},
        {QStringLiteral("pairs"), static_cast<qint64>(estimate.pairs)},
        {QStringLiteral("is_reliable"), estimate.isReliable},
        {QStringLiteral("residual_ns"), static_cast<qint64>(estimate.residual.count())},
        {QStringLiteral("knots"), arrayOf(estimate.knots, knotJson)},
    };
}

QString layerName(ParameterLayer layer)
{
    switch (layer) {
    case ParameterLayer::Kernel:
        return QStringLiteral("kernel");
    case ParameterLayer::Proxy:
        return QStringLiteral("proxy");
    case ParameterLayer::Orchestrator:
        return QStringLiteral("orchestrator");
    case ParameterLayer::Application:
        return QStringLiteral("application");
    }
    return {};
}

QJsonObject parameterJson(const ParameterStore& store, const Parameter& parameter)
{
    const auto scope = store.scopeOf(parameter.place.evidence);
    const auto orScope = [](const std::string& own, const std::string& ofEvidence) {
        return QString::fromUtf8(own.empty() ? ofEvidence : own);
    };
    return {
        {QStringLiteral("key"), QString::fromUtf8(parameter.key)},
        {QStringLiteral("value"), parameter.isReadable ? QJsonValue(QString::fromUtf8(parameter.value)) : QJsonValue()},
        {QStringLiteral("host"), orScope(parameter.host, scope.host)},
        {QStringLiteral("namespace"), orScope(parameter.networkNamespace, scope.networkNamespace)},
        {QStringLiteral("layer"), layerName(parameter.layer)},
        {QStringLiteral("at"), QString::fromUtf8(toString(parameter.place))},
    };
}

QJsonObject findingJson(const Finding& finding)
{
    QJsonArray places;
    for (const auto& value : finding.values) {
        if (value.place.evidence.isValid())
            places.append(QString::fromUtf8(toString(value.place)));
    }
    return {
        {QStringLiteral("rule"), QString::fromUtf8(finding.rule)},
        {QStringLiteral("severity"), QString::fromUtf8(toString(finding.severity))},
        {QStringLiteral("verdict"), QString::fromUtf8(toString(finding.verdict))},
        {QStringLiteral("subject"), QString::fromUtf8(finding.subject)},
        {QStringLiteral("title"), QString::fromUtf8(finding.title)},
        {QStringLiteral("at"), places},
        {QStringLiteral("missing"),
            arrayOf(finding.missing, [](const MissingInput& input) { return QString::fromUtf8(input.name); })},
    };
}

QJsonObject causeJson(const IncidentSnapshot& snapshot, const Cause& cause, int rank)
{
    const auto text = [](const CauseStatement& statement) { return QString::fromUtf8(statement.text); };
    return {
        {QStringLiteral("cause"), QString::fromUtf8(cause.id)},
        {QStringLiteral("rank"), rank},
        {QStringLiteral("certainty"), QString::fromUtf8(toString(cause.certainty))},
        {QStringLiteral("explains"), static_cast<qint64>(cause.explained)},
        {QStringLiteral("of"), static_cast<qint64>(cause.outOf)},
        {QStringLiteral("explanation"), textPartsJson(snapshot, cause.explanationParts)},
        {QStringLiteral("supports"), arrayOf(cause.supports, text)},
        {QStringLiteral("contradicts"), arrayOf(cause.contradicts, text)},
        {QStringLiteral("missing"),
            arrayOf(cause.missing, [](const CauseTest& test) { return QString::fromUtf8(test.text); })},
    };
}

} // namespace

QByteArray analysisJson(const IncidentSnapshot& snapshot, AnalysisDetail detail)
{
    const auto& correlation = *snapshot.correlation;
    const auto& store = *snapshot.parameters;
    int rank = 0;
    const QJsonObject document{
        {QStringLiteral("schema"), QStringLiteral("halfshake.analysis/1")},
        {QStringLiteral("version"), QCoreApplication::applicationVersion()},
        {QStringLiteral("evidence"), evidenceJson(snapshot)},
        {QStringLiteral("captures"), capturesJson(snapshot)},
        {QStringLiteral("connection_attempts"), connectionAttemptsJson(snapshot, detail)},
        {QStringLiteral("logs"), logsJson(snapshot)},
        {QStringLiteral("upstream_attempts"), upstreamAttemptsJson(snapshot, detail)},
        {QStringLiteral("links"),
            arrayOf(correlation.links, [&](const Link& link) { return linkJson(snapshot, link); })},
        {QStringLiteral("clock"), arrayOf(correlation.estimates, clockJson)},
        {QStringLiteral("parameters"),
            arrayOf(store.parameters(), [&](const Parameter& parameter) { return parameterJson(store, parameter); })},
        {QStringLiteral("findings"), arrayOf(snapshot.findings, findingJson)},
        {QStringLiteral("causes"),
            arrayOf(snapshot.causes, [&](const Cause& cause) { return causeJson(snapshot, cause, ++rank); })},
        {QStringLiteral("failure_facts"), factsJson(snapshot)},
    };
    return QJsonDocument(document).toJson(QJsonDocument::Indented);
}

} // namespace halfshake
