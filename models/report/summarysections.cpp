// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/facttexts.h"
#include "models/itemmodels/texts.h"
#include "models/report/reportsections.h"
#include "models/report/reporttext.h"

#include <QLocale>

#include <algorithm>
#include <set>

namespace halfshake {

namespace {

QString verdictSentence(const IncidentSnapshot& snapshot)
{
    const auto* cause = mainCause(snapshot);
    if (!cause)
        return ReportText::tr("No cause can be named from this evidence.");
    if (cause->outOf == 0)
        return ReportText::tr("%1 (%2).").arg(toQString(cause->title), texts::certainty(cause->certainty));
    return ReportText::tr("%1 (%2; explains %3 of %4 failures).")
        .arg(toQString(cause->title), texts::certainty(cause->certainty))
        .arg(cause->explained)
        .arg(cause->outOf);
}

struct RequestFacts
{
    std::uint64_t withFailedAttempt = 0;
    std::uint64_t recovered = 0; ///< Answered below 500 although an attempt failed.
    std::vector<Duration> durations;
};

/// Facts over the requests whose attempts the links name, each once.
RequestFacts requestFacts(const IncidentSnapshot& snapshot)
{
    RequestFacts facts;
    std::set<std::pair<EvidenceId, std::uint32_t>> seen;
    for (const auto& link : snapshot.correlation->links) {
        const auto* attempt = snapshot.upstreamAttempt(link.attempt);
        if (!attempt || !seen.emplace(link.attempt.evidence, attempt->request).second)
            continue;
        const auto& request = snapshot.log(link.attempt.evidence)->requests[attempt->request];
        ++facts.withFailedAttempt;
        if (request.status > 0 && request.status < 500 && request.status != 499)
            ++facts.recovered;
        if (request.requestTime)
            facts.durations.push_back(*request.requestTime);
    }
    std::ranges::sort(facts.durations);
    return facts;
}

QString share(std::uint64_t part, std::uint64_t whole)
{
    if (whole == 0)
        return {};
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    return QStringLiteral(" (") + QString::number(percent, 'f', percent < 1 ? 2 : 1) + QStringLiteral(" %)");
}

} // namespace

QString defaultReportTitle(const IncidentSnapshot& snapshot)
{
    const auto* cause = mainCause(snapshot);
    return cause ? ReportText::tr("Incident report: %1").arg(toQString(cause->title))
                 : ReportText::tr("Incident report");
}

QString reportSubtitle(const IncidentSnapshot& snapshot, const QDateTime& created)
{
    const auto range = snapshot.correlation->timeline.range;
    QString subtitle;
    if (!range.isEmpty())
        subtitle =
            ReportText::tr("Evidence covers %1 to %2 UTC. ").arg(texts::time(range.start), texts::time(range.end));
    return subtitle
        + ReportText::tr("Made by Halfshake %1 on %2.")
              .arg(QCoreApplication::applicationVersion(),
                  created.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'")));
}

void appendVerdict(ReportDocument& report, const IncidentSnapshot& snapshot)
{
    report.blocks.emplace_back(ParagraphBlock{.text = verdictSentence(snapshot), .isVerdict = true});
    const auto* cause = mainCause(snapshot);
    if (!cause)
        return;
    appendHeading(report, ReportText::tr("Summary"));
    appendParagraph(report, toQString(cause->explanation));
    if (!cause->remedy.empty()) {
        appendHeading(report, ReportText::tr("What to do"), 2);
        report.blocks.emplace_back(CodeBlock{toQString(cause->remedy).trimmed()});
    }
}

void appendImpact(ReportDocument& report, const IncidentSnapshot& snapshot)
{
    const auto& statistics = snapshot.correlation->statistics;
    const auto facts = requestFacts(snapshot);
    TableBlock table;
    table.headers = {ReportText::tr("Measure"), ReportText::tr("Value")};
    table.columnPercents = {55, 45};
    const auto add = [&table](const QString& name, const QString& value) { table.rows.push_back({name, value}); };
    if (statistics.hasAccessLog) {
        add(ReportText::tr("Requests"), texts::count(statistics.requests));
        add(ReportText::tr("Requests with a failed upstream attempt"),
            texts::count(facts.withFailedAttempt) + share(facts.withFailedAttempt, statistics.requests));
        add(ReportText::tr("of them answered all the same, after a retry"), texts::count(facts.recovered));
        add(ReportText::tr("Failed upstream attempts"),
            texts::count(statistics.failedAttempts) + share(statistics.failedAttempts, statistics.upstreamAttempts));
        add(ReportText::tr("of them tied to their TCP connection"), texts::count(statistics.linkedAttempts));
    }
    if (!facts.durations.empty()) {
        add(ReportText::tr("Time of the affected requests, median and longest"),
            texts::duration(facts.durations[facts.durations.size() / 2]) + QStringLiteral(", ")
                + texts::duration(facts.durations.back()));
    }
    if (statistics.hasCapture) {
        add(ReportText::tr("TCP connection attempts"), texts::count(statistics.connections));
        add(ReportText::tr("of them failed"),
            texts::count(statistics.failedConnections) + share(statistics.failedConnections, statistics.connections));
    }
    if (table.rows.empty())
        return;
    appendHeading(report, ReportText::tr("Impact"));
    report.blocks.emplace_back(std::move(table));
    if (ListBlock list{.items = texts::failureFacts(snapshot)}; !list.items.isEmpty()) {
        appendParagraph(report, ReportText::tr("What the numbers say:"));
        report.blocks.emplace_back(std::move(list));
    }
}

} // namespace halfshake
