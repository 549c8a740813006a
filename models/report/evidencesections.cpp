// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/timeformat.h"
#include "models/itemmodels/texts.h"
#include "models/report/analysisids.h"
#include "models/report/reportsections.h"
#include "models/report/reporttext.h"

#include <QStringList>

namespace halfshake {

namespace {

QString clockText(const IncidentSnapshot& snapshot, EvidenceId id)
{
    const auto offset = snapshot.correlation->clocks.offsetOf(id);
    switch (offset.origin) {
    case ClockOffsetOrigin::Reference:
        return ReportText::tr("reference");
    case ClockOffsetOrigin::Assumed:
        return ReportText::tr("taken as it is");
    case ClockOffsetOrigin::Estimated:
        return ReportText::tr("%1 ahead, estimated ± %2")
            .arg(texts::duration(offset.offset), texts::duration(offset.uncertainty));
    case ClockOffsetOrigin::Typed:
        return ReportText::tr("%1 ahead, typed in").arg(texts::duration(offset.offset));
    }
    return {};
}

QString rangeText(const Evidence& evidence)
{
    if (!evidence.range)
        return {};
    return QString::fromStdString(toIsoString(evidence.range->start)).left(19) + QStringLiteral(" – ")
        + QString::fromStdString(toIsoString(evidence.range->end)).mid(11, 8);
}

QString readText(const Evidence& evidence)
{
    QStringList parts;
    if (evidence.error)
        parts.append(texts::diagnostic(*evidence.error));
    else
        parts.append(ReportText::tr("%1 records").arg(texts::count(evidence.records)));
    for (const auto& [code, count] : evidence.diagnostics.counts())
        parts.append(texts::count(count) + QStringLiteral(" × ") + QString::fromUtf8(describe(code).name));
    return parts.join(QStringLiteral("; "));
}

QStringList evidenceRow(const IncidentSnapshot& snapshot, const Evidence& evidence)
{
    return {toQString(toString(evidence.id)),
        toQString(evidence.path) + u'\n' + QStringLiteral("SHA-256 ") + toQString(evidence.sha256),
        texts::evidenceKind(evidence), texts::bytes(evidence.size) + u'\n' + readText(evidence),
        rangeText(evidence) + u'\n' + clockText(snapshot, evidence.id)};
}

} // namespace

void appendLinks(ReportDocument& report, const IncidentSnapshot& snapshot)
{
    const auto& links = snapshot.correlation->links;
    if (links.empty())
        return;
    TableBlock table;
    table.headers = {ReportText::tr("Attempt"), ReportText::tr("Upstream"), ReportText::tr("Class"),
        ReportText::tr("Connection"), ReportText::tr("Client"), ReportText::tr("Confidence")};
    table.isFixedWidth = {true, true, false, true, true, false};
    table.columnPercents = {13, 20, 19, 13, 22, 13};
    for (const auto& link : links) {
        const auto* attempt = snapshot.upstreamAttempt(link.attempt);
        if (!attempt)
            continue;
        QStringList row{objectId(snapshot, link.attempt),
            QString::fromUtf8(snapshot.log(link.attempt.evidence)->text(attempt->upstream)),
            texts::errorClass(link.errorClass)};
        if (const auto* connection = link.connection ? snapshot.connection(*link.connection) : nullptr)
            row << objectId(snapshot, *link.connection) << toQString(toString(connection->client))
                << QString::number(qRound(link.confidence * 100)) + QStringLiteral(" %");
        else
            row << QStringLiteral("–") << QString() << texts::noLinkReason(link.whyNone);
        table.rows.push_back(std::move(row));
    }
    appendHeading(report, ReportText::tr("Every failed upstream attempt"));
    report.blocks.emplace_back(std::move(table));
}

void appendEvidence(ReportDocument& report, const IncidentSnapshot& snapshot)
{
    TableBlock table;
    table.headers = {ReportText::tr("Ref"), ReportText::tr("File"), ReportText::tr("Kind"),
        ReportText::tr("Size, read"), ReportText::tr("Time span, clock")};
    table.columnPercents = {6, 42, 14, 15, 23};
    for (const auto& evidence : snapshot.evidence) {
        if (evidence)
            table.rows.push_back(evidenceRow(snapshot, *evidence));
    }
    appendHeading(report, ReportText::tr("Evidence"));
    report.blocks.emplace_back(std::move(table));
}

void appendMethod(ReportDocument& report, const IncidentSnapshot& snapshot)
{
    appendHeading(report, ReportText::tr("Method and limits"));
    ListBlock list;
    list.items.append(
        ReportText::tr("Evidence files were only read, never modified; the hashes above are of what was read."));
    list.items.append(
        ReportText::tr("References: E3:210 is line 210 of evidence E3, E1#4711 packet 4711 of E1, E1:c17 the 17th "
                       "connection attempt of E1, E2:4711#0 the first upstream attempt of line 4711 of E2."));
    list.items.append(
        ReportText::tr("An access log line is written when the request ends; attempts are placed at their "
                       "reconstructed start (end − request time + earlier attempts)."));
    const auto& statistics = snapshot.correlation->statistics;
    if (!statistics.hasCapture)
        list.items.append(ReportText::tr("No packet capture was given: nothing here is proven on the wire."));
    if (!statistics.hasAccessLog)
        list.items.append(ReportText::tr("No access log was given: failures are counted as connections."));
    if (!statistics.hasErrorLog)
        list.items.append(
            ReportText::tr("No error log was given: classes of failures follow from status and times alone."));
    report.blocks.emplace_back(std::move(list));
}

} // namespace halfshake
