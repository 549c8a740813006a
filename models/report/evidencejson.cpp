// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/evidencejson.h"

#include "models/itemmodels/texts.h"
#include "models/logs/logstatistics.h"
#include "models/report/analysisids.h"

#include <QJsonObject>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace halfshake {

namespace {

qint64 toNanoseconds(EvidenceTime time)
{
    return time.time_since_epoch().count();
}

QJsonValue count(std::uint64_t number)
{
    return static_cast<qint64>(number);
}

void increment(QJsonObject& counts, const QString& key)
{
    counts[key] = counts[key].toInteger() + 1;
}

QString zoneName(const Evidence& evidence)
{
    if (!evidence.log)
        return QStringLiteral("UTC");
    if (evidence.log->zoneOrigin == ZoneOrigin::Written)
        return QStringLiteral("as written");
    const auto minutes = evidence.log->assumedZone.count() / 60;
    const auto absolute = std::abs(minutes);
    return QStringLiteral("UTC%1%2:%3")
        .arg(minutes < 0 ? u'-' : u'+')
        .arg(absolute / 60, 2, 10, QLatin1Char('0'))
        .arg(absolute % 60, 2, 10, QLatin1Char('0'));
}

QJsonArray skippedJson(const DiagnosticLog& diagnostics)
{
    QJsonArray skipped;
    for (const auto& [code, number] : diagnostics.counts()) {
        const auto first = std::ranges::find(diagnostics.entries(), code, &Diagnostic::code);
        const auto at = first != diagnostics.entries().end() ? toString(first->where) : std::string{};
        skipped.append(
            QJsonObject{{QStringLiteral("at"), QString::fromUtf8(at)}, {QStringLiteral("count"), count(number)},
                {QStringLiteral("reason"), QString::fromUtf8(describe(code).name)}});
    }
    return skipped;
}

QJsonObject oneEvidenceJson(const IncidentSnapshot& snapshot, const Evidence& evidence)
{
    const auto scope = snapshot.parameters->scopeOf(evidence.id);
    QJsonValue first;
    QJsonValue last;
    if (evidence.range) {
        first = toNanoseconds(evidence.range->start);
        last = toNanoseconds(evidence.range->end);
    }
    return {
        {QStringLiteral("id"), QString::fromUtf8(toString(evidence.id))},
        {QStringLiteral("path"), QString::fromUtf8(evidence.path)},
        {QStringLiteral("kind"), QString::fromUtf8(kindName(evidence))},
        {QStringLiteral("format"), QString::fromUtf8(evidence.format)},
        {QStringLiteral("sha256"), QString::fromUtf8(evidence.sha256)},
        {QStringLiteral("bytes"), count(evidence.size)},
        {QStringLiteral("records"), count(evidence.records)},
        {QStringLiteral("first_ns"), first},
        {QStringLiteral("last_ns"), last},
        {QStringLiteral("time_zone"), zoneName(evidence)},
        {QStringLiteral("clock_offset_ns"),
            static_cast<qint64>(snapshot.correlation->clocks.offsetOf(evidence.id).offset.count())},
        {QStringLiteral("host"), QString::fromUtf8(scope.host)},
        {QStringLiteral("namespace"), QString::fromUtf8(scope.networkNamespace)},
        {QStringLiteral("skipped"), skippedJson(evidence.diagnostics)},
        {QStringLiteral("error"), evidence.error ? QJsonValue(texts::diagnostic(*evidence.error)) : QJsonValue()},
    };
}

/// What the ladders on the wire say about the kernels that made them.
QJsonArray impliedSettingsJson(const Capture& capture)
{
    QJsonArray settings;
    for (const auto& setting : capture.impliedSettings) {
        settings.append(QJsonObject{
            {QStringLiteral("host"), QString::fromUtf8(toString(setting.host))},
            {QStringLiteral("parameter"), QString::fromUtf8(kernelParameterOf(setting.setting))},
            {QStringLiteral("least"), setting.least},
            {QStringLiteral("most"), setting.most ? QJsonValue(*setting.most) : QJsonValue()},
            {QStringLiteral("attempts"), static_cast<qint64>(setting.attempts)},
        });
    }
    return settings;
}

QJsonObject captureJson(const Capture& capture)
{
    QJsonObject outcomes;
    for (const auto& attempt : capture.attempts)
        increment(outcomes, QString::fromUtf8(toString(attempt.outcome)));
    const auto& counts = capture.counts;
    return {
        {QStringLiteral("evidence"), QString::fromUtf8(toString(capture.evidence))},
        {QStringLiteral("packets"), count(counts.packets)},
        {QStringLiteral("tcp_packets"), count(counts.tcpPackets)},
        {QStringLiteral("duplicate_packets"), count(counts.duplicatePackets)},
        {QStringLiteral("syn"), count(counts.syn)},
        {QStringLiteral("syn_ack"), count(counts.synAck)},
        {QStringLiteral("syn_retransmissions"), count(counts.synRetransmissions)},
        {QStringLiteral("syn_ack_retransmissions"), count(counts.synAckRetransmissions)},
        {QStringLiteral("syn_ack_reissues"), count(counts.synAckReissues)},
        {QStringLiteral("rst"), count(counts.rst)},
        {QStringLiteral("connection_attempts"), count(capture.attempts.size())},
        {QStringLiteral("outcomes"), outcomes},
        {QStringLiteral("vantage"), QString::fromUtf8(toString(capture.vantage))},
        {QStringLiteral("data_segments"), count(counts.dataSegments)},
        {QStringLiteral("data_retransmissions"), count(counts.dataRetransmissions)},
        {QStringLiteral("implied_settings"), impliedSettingsJson(capture)},
    };
}

QJsonObject connectionJson(const IncidentSnapshot& snapshot, const Capture& capture, std::uint32_t row)
{
    const auto& attempt = capture.attempts[row];
    QJsonArray packets;
    for (auto event = attempt.firstEvent; event < attempt.firstEvent + attempt.eventCount; ++event)
        packets.append(static_cast<qint64>(capture.events[event].packet));
    const bool isPlaceKnown = attempt.lost != PlaceOfLoss::Unknown;
    return {
        {QStringLiteral("id"), objectId(snapshot, {ObjectKind::Connection, capture.evidence, row})},
        {QStringLiteral("client"), QString::fromUtf8(toString(attempt.client))},
        {QStringLiteral("server"), QString::fromUtf8(toString(attempt.server))},
        {QStringLiteral("start_ns"), toNanoseconds(attempt.start)},
        {QStringLiteral("end_ns"), toNanoseconds(attempt.end)},
        {QStringLiteral("outcome"), QString::fromUtf8(toString(attempt.outcome))},
        {QStringLiteral("is_end_cut_off"), attempt.isEndCutOff},
        {QStringLiteral("syn_retransmissions"), attempt.synRetransmissions},
        {QStringLiteral("syn_ack_retransmissions"), attempt.synAckRetransmissions},
        {QStringLiteral("syn_ack_reissues"), attempt.synAckReissues},
        {QStringLiteral("lost"), isPlaceKnown ? QJsonValue(QString::fromUtf8(toString(attempt.lost))) : QJsonValue()},
        {QStringLiteral("packets"), packets},
    };
}

std::set<ObjectRef> linkedConnections(const Correlation& correlation)
{
    std::set<ObjectRef> linked;
    for (const auto& link : correlation.links) {
        if (link.connection)
            linked.insert(*link.connection);
    }
    return linked;
}

bool hasRepeats(const ConnectionAttempt& attempt)
{
    return attempt.synRetransmissions > 0 || attempt.synAckRetransmissions > 0 || attempt.synAckReissues > 0;
}

QJsonObject countsJson(const std::map<std::string, AttemptCounts>& counts)
{
    QJsonObject json;
    for (const auto& [name, one] : counts) {
        QJsonObject statuses;
        for (const auto& [status, number] : one.byStatus)
            statuses[status == 0 ? QStringLiteral("-") : QString::number(status)] = count(number);
        QJsonObject classes;
        for (const auto& [errorClass, number] : one.byClass)
            classes[QString::fromUtf8(toString(errorClass))] = count(number);
        json[QString::fromUtf8(name)] = QJsonObject{
            {QStringLiteral("attempts"), count(one.attempts)},
            {QStringLiteral("failed"), count(one.failed)},
            {QStringLiteral("status"), statuses},
            {QStringLiteral("error_classes"), classes},
        };
    }
    return json;
}

QJsonObject logJson(const ProxyLog& log)
{
    const auto statistics = statisticsOf(log);
    QJsonObject statusPairs;
    for (const auto& [statuses, number] : statistics.byStatuses)
        statusPairs[QString::fromUtf8(statuses)] = count(number);
    QJsonObject statuses;
    for (const auto& request : log.requests)
        increment(statuses, QString::number(request.status));
    QJsonObject upstreamStatuses;
    for (const auto& attempt : log.upstreamAttempts)
        increment(upstreamStatuses, attempt.status ? QString::number(*attempt.status) : QStringLiteral("-"));
    QJsonObject errors;
    for (const auto& entry : log.errors) {
        if (entry.errorClass != ErrorClass::None)
            increment(errors, QString::fromUtf8(toString(entry.errorClass)));
    }
    QJsonObject exceptions;
    for (const auto& entry : log.applicationEntries) {
        if (entry.exception.isValid())
            increment(
                exceptions, QString::fromUtf8(log.text(entry.rootCause.isValid() ? entry.rootCause : entry.exception)));
    }
    QJsonObject kernelMessages;
    for (const auto& entry : log.kernelEntries)
        increment(kernelMessages, QString::fromUtf8(toString(entry.kind)));
    return {
        {QStringLiteral("evidence"), QString::fromUtf8(toString(log.evidence))},
        {QStringLiteral("format"), QString::fromUtf8(log.format)},
        {QStringLiteral("lines"), count(log.counts.lines)},
        {QStringLiteral("requests"), count(log.counts.requests)},
        {QStringLiteral("error_entries"), count(log.counts.errorEntries)},
        {QStringLiteral("application_entries"), count(log.counts.applicationEntries)},
        {QStringLiteral("kernel_entries"), count(log.counts.kernelEntries)},
        {QStringLiteral("unparsed_lines"), count(log.counts.unparsedLines)},
        {QStringLiteral("upstream_attempts"), count(log.upstreamAttempts.size())},
        {QStringLiteral("misaligned"), count(log.counts.misalignedRequests)},
        {QStringLiteral("status"), statuses},
        {QStringLiteral("upstream_status"), upstreamStatuses},
        {QStringLiteral("errors"), errors},
        {QStringLiteral("upstreams"), countsJson(statistics.byUpstream)},
        {QStringLiteral("services"), countsJson(statistics.byService)},
        {QStringLiteral("several_attempts"), statusPairs},
        {QStringLiteral("exceptions"), exceptions},
        {QStringLiteral("kernel_messages"), kernelMessages},
    };
}

QJsonObject upstreamAttemptJson(const IncidentSnapshot& snapshot, const ProxyLog& log, std::uint32_t row)
{
    const ObjectRef object{ObjectKind::UpstreamAttempt, log.evidence, row};
    const auto& attempt = log.upstreamAttempts[row];
    const auto& request = log.requests[attempt.request];
    const auto* link = snapshot.correlation->linkOfAttempt(object);
    QJsonObject json{
        {QStringLiteral("id"), objectId(snapshot, object)},
        {QStringLiteral("line"), count(request.line)},
        {QStringLiteral("index"), attempt.index},
        {QStringLiteral("request_id"), QString::fromUtf8(log.text(request.requestId))},
        {QStringLiteral("method"), QString::fromUtf8(log.text(request.method))},
        {QStringLiteral("target"), QString::fromUtf8(log.text(request.target))},
        {QStringLiteral("upstream"), QString::fromUtf8(log.text(attempt.upstream))},
        {QStringLiteral("status"), attempt.status ? QJsonValue(*attempt.status) : QJsonValue()},
        {QStringLiteral("start_earliest_ns"), QJsonValue()},
        {QStringLiteral("start_latest_ns"), QJsonValue()},
        {QStringLiteral("duration_ns"), QJsonValue()},
        {QStringLiteral("error_class"), QString::fromUtf8(toString(link ? link->errorClass : attempt.errorClass))},
    };
    if (attempt.isStartKnown) {
        json[QStringLiteral("start_earliest_ns")] = toNanoseconds(attempt.startEarliest);
        json[QStringLiteral("start_latest_ns")] = toNanoseconds(attempt.startLatest);
    }
    if (attempt.responseTime)
        json[QStringLiteral("duration_ns")] = static_cast<qint64>(attempt.responseTime->count());
    return json;
}

} // namespace

QJsonArray evidenceJson(const IncidentSnapshot& snapshot)
{
    QJsonArray array;
    for (const auto& evidence : snapshot.evidence) {
        if (evidence)
            array.append(oneEvidenceJson(snapshot, *evidence));
    }
    return array;
}

QJsonArray capturesJson(const IncidentSnapshot& snapshot)
{
    QJsonArray array;
    for (const auto& evidence : snapshot.evidence) {
        if (evidence && evidence->capture)
            array.append(captureJson(*evidence->capture));
    }
    return array;
}

QJsonArray connectionAttemptsJson(const IncidentSnapshot& snapshot, AnalysisDetail detail)
{
    const auto linked = linkedConnections(*snapshot.correlation);
    QJsonArray array;
    for (const auto& evidence : snapshot.evidence) {
        if (!evidence || !evidence->capture)
            continue;
        const auto& capture = *evidence->capture;
        for (std::uint32_t row = 0; row < capture.attempts.size(); ++row) {
            const auto& attempt = capture.attempts[row];
            if (detail == AnalysisDetail::All || isFailure(attempt.outcome) || hasRepeats(attempt)
                || linked.contains({ObjectKind::Connection, capture.evidence, row})) {
                array.append(connectionJson(snapshot, capture, row));
            }
        }
    }
    return array;
}

QJsonArray logsJson(const IncidentSnapshot& snapshot)
{
    QJsonArray array;
    for (const auto& evidence : snapshot.evidence) {
        if (evidence && evidence->log)
            array.append(logJson(*evidence->log));
    }
    return array;
}

QJsonArray upstreamAttemptsJson(const IncidentSnapshot& snapshot, AnalysisDetail detail)
{
    std::set<std::pair<EvidenceId, std::uint32_t>> notableRequests;
    for (const auto& link : snapshot.correlation->links) {
        if (const auto* attempt = snapshot.upstreamAttempt(link.attempt))
            notableRequests.emplace(link.attempt.evidence, attempt->request);
    }
    QJsonArray array;
    for (const auto& evidence : snapshot.evidence) {
        if (!evidence || !evidence->log)
            continue;
        const auto& log = *evidence->log;
        for (std::uint32_t row = 0; row < log.upstreamAttempts.size(); ++row) {
            const auto request = log.upstreamAttempts[row].request;
            if (detail == AnalysisDetail::All || notableRequests.contains({log.evidence, request}))
                array.append(upstreamAttemptJson(snapshot, log, row));
        }
    }
    return array;
}

} // namespace halfshake
