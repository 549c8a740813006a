// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/figures/ladderfigure.h"
#include "models/figures/timelinefigure.h"
#include "models/incident/related.h"
#include "models/itemmodels/objecttexts.h"
#include "models/itemmodels/texts.h"
#include "models/report/analysisids.h"
#include "models/report/reportsections.h"
#include "models/report/reporttext.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

class TimelineReportFigure final : public ReportFigure
{
public:
    explicit TimelineReportFigure(TimelineFigure figure) : m_figure(std::move(figure)) { }

    [[nodiscard]] double heightFor(double /*width*/, const QFont& font) const override
    {
        return m_figure.heightFor(font);
    }
    void paint(QPainter& painter, const QRectF& area, const FigureStyle& style) const override
    {
        m_figure.paint(painter, area, style);
    }

private:
    TimelineFigure m_figure;
};

class LadderReportFigure final : public ReportFigure
{
public:
    explicit LadderReportFigure(LadderFigure figure) : m_figure(std::move(figure)) { }

    [[nodiscard]] double heightFor(double width, const QFont& font) const override
    {
        return m_figure.heightFor(width, font);
    }
    void paint(QPainter& painter, const QRectF& area, const FigureStyle& style) const override
    {
        m_figure.paint(painter, area, style);
    }

private:
    LadderFigure m_figure;
};

/// The linked attempt whose reasons are strongest, of those the main cause explains.
const Link* exemplarOf(const IncidentSnapshot& snapshot)
{
    const auto* cause = mainCause(snapshot);
    const auto isExplained = [cause](const Link& link) {
        return cause && std::ranges::contains(cause->explainedObjects, link.attempt);
    };
    const Link* best = nullptr;
    for (const auto& link : snapshot.correlation->links) {
        if (!link.connection)
            continue;
        const auto rank = std::pair(isExplained(link), link.confidence);
        if (!best || rank > std::pair(isExplained(*best), best->confidence))
            best = &link;
    }
    return best;
}

/// The failed connection to show where no log is tied to any.
ObjectRef exemplarConnection(const IncidentSnapshot& snapshot)
{
    for (const auto& evidence : snapshot.evidence) {
        if (!evidence || !evidence->capture)
            continue;
        const auto& attempts = evidence->capture->attempts;
        const auto failed =
            std::ranges::find_if(attempts, [](const auto& attempt) { return isFailure(attempt.outcome); });
        if (failed != attempts.end())
            return {ObjectKind::Connection, evidence->id, static_cast<std::uint32_t>(failed - attempts.begin())};
    }
    return {};
}

QString lineText(const IncidentSnapshot& snapshot, const SourceRef& place)
{
    const auto* evidence = snapshot.find(place.evidence);
    if (!evidence || !evidence->lines || place.line == 0)
        return {};
    const auto lines = evidence->lines->lines(place.line, 1);
    if (!lines || lines->empty())
        return {};
    constexpr qsizetype longest = 1200;
    auto text = QString::fromUtf8(lines->front());
    return text.size() > longest ? QString(text.left(longest) + u'…') : text;
}

void appendLogLines(ReportDocument& report, const IncidentSnapshot& snapshot, const Related& related)
{
    const auto append = [&](ObjectRef object, std::uint64_t line) {
        const SourceRef place{.evidence = object.evidence, .line = line};
        appendParagraph(
            report, ReportText::tr("%1 (%2):").arg(texts::place(snapshot, place), toQString(toString(place))));
        report.blocks.emplace_back(CodeBlock{lineText(snapshot, place)});
    };
    if (const auto* request = snapshot.request(related.request))
        append(related.request, request->line);
    if (const auto* entry = snapshot.errorEntry(related.errorEntry))
        append(related.errorEntry, entry->line);
}

void appendMatchReasons(ReportDocument& report, const Link& link)
{
    ListBlock reasons;
    for (const auto& reason : link.reasons)
        reasons.items.append(texts::linkReason(reason));
    appendParagraph(report,
        ReportText::tr("Why this connection carried this attempt (confidence %1 %):")
            .arg(qRound(link.confidence * 100)));
    report.blocks.emplace_back(std::move(reasons));
}

void appendLadder(ReportDocument& report, const IncidentSnapshot& snapshot, ObjectRef connection)
{
    LadderFigure figure(snapshot, connection);
    if (figure.isEmpty())
        return;
    QStringList rows;
    for (const auto& row : figure.rows())
        rows.append(row.time + u' ' + row.label);
    const auto caption =
        ReportText::tr("Handshake of %1 (%2)").arg(texts::object(snapshot, connection), objectId(snapshot, connection));
    report.blocks.emplace_back(FigureBlock{.figure = std::make_shared<const LadderReportFigure>(std::move(figure)),
        .caption = caption,
        .alternative = rows.join(QStringLiteral("; "))});
}

} // namespace

void appendTimeline(ReportDocument& report, const IncidentSnapshot& snapshot)
{
    const auto& timeline = snapshot.correlation->timeline;
    if (timeline.range.isEmpty())
        return;
    QStringList counts;
    for (const auto& track : timeline.tracks)
        counts.append(texts::trackName(track->kind()) + QStringLiteral(": ") + texts::count(track->events().size()));
    appendHeading(report, ReportText::tr("Timeline"));
    report.blocks.emplace_back(FigureBlock{
        .figure = std::make_shared<const TimelineReportFigure>(TimelineFigure(timeline, timeline.range, {})),
        .caption = ReportText::tr("Everything on one clock, UTC. %1.").arg(counts.join(QStringLiteral(", "))),
        .alternative = counts.join(QStringLiteral("; "))});
}

void appendExemplar(ReportDocument& report, const IncidentSnapshot& snapshot)
{
    const auto* link = exemplarOf(snapshot);
    if (!link) {
        if (const auto connection = exemplarConnection(snapshot); connection.isValid()) {
            appendHeading(report, ReportText::tr("One failed connection in detail"));
            appendLadder(report, snapshot, connection);
        }
        return;
    }
    const auto related = relatedTo(snapshot, link->attempt);
    appendHeading(report, ReportText::tr("One failure in detail"));
    appendParagraph(report, texts::object(snapshot, link->attempt));
    appendLogLines(report, snapshot, related);
    appendLadder(report, snapshot, *link->connection);
    appendMatchReasons(report, *link);
}

} // namespace halfshake
