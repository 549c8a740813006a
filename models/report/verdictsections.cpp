// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/itemmodels/texts.h"
#include "models/report/reportsections.h"
#include "models/report/reporttext.h"

#include <QSet>
#include <QStringList>

#include <algorithm>

namespace halfshake {

namespace {

QString placesOf(const IncidentSnapshot& snapshot, const std::vector<SourceRef>& places)
{
    constexpr std::size_t most = 4;
    QStringList texts;
    for (std::size_t i = 0; i < std::min(places.size(), most); ++i)
        texts.append(texts::place(snapshot, places[i]));
    if (places.size() > most)
        texts.append(ReportText::tr("and %1 more").arg(places.size() - most));
    return texts.isEmpty() ? QString() : QStringLiteral(" [") + texts.join(QStringLiteral(", ")) + u']';
}

ListBlock statementList(const IncidentSnapshot& snapshot, const std::vector<CauseStatement>& statements)
{
    ListBlock list;
    for (const auto& statement : statements)
        list.items.append(toQString(statement.text) + placesOf(snapshot, statement.places));
    return list;
}

void appendStatements(ReportDocument& report, const IncidentSnapshot& snapshot, const QString& title,
    const std::vector<CauseStatement>& statements)
{
    if (statements.empty())
        return;
    appendParagraph(report, title);
    report.blocks.emplace_back(statementList(snapshot, statements));
}

void appendCause(ReportDocument& report, const IncidentSnapshot& snapshot, const Cause& cause)
{
    appendHeading(report, ReportText::tr("%1: %2").arg(toQString(cause.title), texts::certainty(cause.certainty)), 2);
    if (cause.outOf > 0)
        appendParagraph(report, ReportText::tr("Explains %1 of %2 failures.").arg(cause.explained).arg(cause.outOf));
    appendStatements(report, snapshot, ReportText::tr("Supports it:"), cause.supports);
    appendStatements(report, snapshot, ReportText::tr("Speaks against it:"), cause.contradicts);
    if (!cause.missing.empty()) {
        ListBlock tests;
        for (const auto& test : cause.missing) {
            const auto command = cause.missing.empty() || test.command.empty()
                ? QString()
                : QStringLiteral(" — ") + toQString(test.command);
            tests.items.append(toQString(test.text) + command);
        }
        appendParagraph(report, ReportText::tr("Would settle it:"));
        report.blocks.emplace_back(std::move(tests));
    }
}

TableBlock valueTable(const IncidentSnapshot& snapshot, const Finding& finding)
{
    TableBlock table;
    table.headers = {ReportText::tr("Parameter"), ReportText::tr("Value"), ReportText::tr("Where")};
    table.isFixedWidth = {true, true, false};
    table.columnPercents = {38, 37, 25};
    constexpr std::size_t most = 20; // the rest of a long list is in the JSON analysis
    for (std::size_t i = 0; i < std::min(finding.values.size(), most); ++i) {
        const auto& value = finding.values[i];
        const auto place =
            value.isAssumed ? ReportText::tr("assumed: documented default") : texts::place(snapshot, value.place);
        const auto text = value.value.empty() ? ReportText::tr("(empty)") : toQString(value.value);
        table.rows.push_back({toQString(value.name), text, place});
    }
    if (finding.values.size() > most)
        table.rows.push_back({ReportText::tr("and %1 more").arg(finding.values.size() - most), {}, {}});
    return table;
}

/// \a others: more subjects for which the rule fires.
void appendConflict(
    ReportDocument& report, const IncidentSnapshot& snapshot, const Finding& finding, const QStringList& others)
{
    appendHeading(report,
        ReportText::tr("%1 %2 (%3)")
            .arg(toQString(finding.rule), toQString(finding.title), texts::severity(finding.severity)),
        2);
    appendParagraph(report,
        others.isEmpty() ? ReportText::tr("Applies to %1.").arg(toQString(finding.subject))
                         : ReportText::tr("Applies to %1, shown here, and to %2.")
                               .arg(toQString(finding.subject), others.join(QStringLiteral(", "))));
    if (!finding.values.empty())
        report.blocks.emplace_back(valueTable(snapshot, finding));
    if (!finding.steps.empty()) {
        ListBlock steps;
        for (const auto& step : finding.steps)
            steps.items.append(toQString(step.expression) + QStringLiteral(" = ") + toQString(step.result));
        appendParagraph(report, ReportText::tr("Evaluated:"));
        report.blocks.emplace_back(std::move(steps));
    }
    appendParagraph(report, toQString(finding.explanation));
    appendParagraph(report, ReportText::tr("Effect: %1").arg(toQString(finding.impact)));
    if (!finding.remedy.empty()) {
        appendParagraph(report, ReportText::tr("Remedy:"));
        report.blocks.emplace_back(CodeBlock{toQString(finding.remedy).trimmed()});
    }
    if (!finding.sources.empty()) {
        ListBlock sources;
        for (const auto& source : finding.sources)
            sources.items.append(toQString(source));
        appendParagraph(report, ReportText::tr("Sources:"));
        report.blocks.emplace_back(std::move(sources));
    }
}

void appendDismissed(ReportDocument& report, const IncidentSnapshot& snapshot)
{
    ListBlock list;
    for (const auto& finding : snapshot.findings) {
        const std::string* const reason = snapshot.dismissalOf(finding);
        if (reason != nullptr && finding.verdict == Verdict::Fires)
            list.items.append(ReportText::tr("%1 %2, of %3: %4")
                    .arg(toQString(finding.rule), toQString(finding.title), toQString(finding.subject),
                        toQString(*reason)));
    }
    if (list.items.isEmpty())
        return;
    appendHeading(report, ReportText::tr("Dismissed by the investigator"));
    report.blocks.emplace_back(std::move(list));
}

/// One row of the list of all rules: the subjects for which a rule came to the same verdict.
struct RuleRow
{
    QString rule;
    QStringList subjects;
    Verdict verdict;
    QStringList missing;
};

/// Findings come ordered by rule; what is clear or not applicable is left to appendQuietRules().
std::vector<RuleRow> rowsThatSpeak(const std::vector<Finding>& findings)
{
    std::vector<RuleRow> rows;
    for (const auto& finding : findings) {
        if (finding.verdict == Verdict::Clear || finding.verdict == Verdict::NotApplicable)
            continue;
        const auto rule = toQString(finding.rule + ' ' + finding.title);
        auto row = std::ranges::find_if(
            rows, [&](const RuleRow& other) { return other.rule == rule && other.verdict == finding.verdict; });
        if (row == rows.end())
            row = rows.insert(rows.end(), RuleRow{rule, {}, finding.verdict, {}});
        row->subjects.append(toQString(finding.subject));
        for (const auto& missing : finding.missing)
            row->missing.append(toQString(missing.name));
    }
    for (auto& row : rows)
        row.missing.removeDuplicates();
    return rows;
}

QString shortList(const QStringList& texts, qsizetype most)
{
    auto text = texts.first(std::min(texts.size(), most)).join(QStringLiteral(", "));
    if (texts.size() > most)
        text += QStringLiteral(" ") + ReportText::tr("and %1 more").arg(texts.size() - most);
    return text;
}

void appendQuietRules(
    ReportDocument& report, const std::vector<Finding>& findings, Verdict verdict, const QString& sentence)
{
    QStringList rules;
    for (const auto& finding : findings) {
        if (finding.verdict == verdict)
            rules.append(toQString(finding.rule));
    }
    rules.removeDuplicates();
    if (!rules.isEmpty())
        appendParagraph(report, sentence.arg(rules.join(QStringLiteral(", "))));
}

} // namespace

void appendCauses(ReportDocument& report, const IncidentSnapshot& snapshot)
{
    if (snapshot.causes.empty())
        return;
    appendHeading(report, ReportText::tr("Causes considered"));
    QStringList excluded;
    for (const auto& cause : snapshot.causes) {
        if (cause.certainty == Certainty::Excluded)
            excluded.append(toQString(cause.title));
        else
            appendCause(report, snapshot, cause);
    }
    if (!excluded.isEmpty())
        appendParagraph(report, ReportText::tr("Excluded: %1.").arg(excluded.join(QStringLiteral("; "))));
}

void appendParameterConflicts(ReportDocument& report, const IncidentSnapshot& snapshot)
{
    const auto fires = [&](const Finding& finding) {
        return finding.verdict == Verdict::Fires && !finding.isContext && snapshot.dismissalOf(finding) == nullptr;
    };
    if (std::ranges::any_of(snapshot.findings, fires))
        appendHeading(report, ReportText::tr("Parameter conflicts"));
    QSet<QString> shown;
    for (const auto& finding : snapshot.findings) {
        const auto rule = toQString(finding.rule);
        if (!fires(finding) || shown.contains(rule))
            continue;
        shown.insert(rule);
        QStringList others;
        for (const auto& other : snapshot.findings) {
            if (&other != &finding && other.rule == finding.rule && fires(other))
                others.append(toQString(other.subject));
        }
        appendConflict(report, snapshot, finding, others);
    }
    appendDismissed(report, snapshot);
}

void appendFindings(ReportDocument& report, const IncidentSnapshot& snapshot)
{
    if (snapshot.findings.empty())
        return;
    constexpr qsizetype mostNames = 4; // the whole list is in the JSON analysis
    TableBlock table;
    table.headers = {
        ReportText::tr("Rule"), ReportText::tr("Applies to"), ReportText::tr("Verdict"), ReportText::tr("Needs")};
    table.columnPercents = {40, 22, 10, 28};
    for (const auto& row : rowsThatSpeak(snapshot.findings))
        table.rows.push_back({row.rule, shortList(row.subjects, mostNames), texts::verdict(row.verdict),
            shortList(row.missing, mostNames)});
    appendHeading(report, ReportText::tr("All rules"));
    appendParagraph(report,
        ReportText::tr(
            "A rule whose input is missing is unknown, never passed. What it needs stands in the last column."));
    report.blocks.emplace_back(std::move(table));
    appendQuietRules(report, snapshot.findings, Verdict::Clear, ReportText::tr("Clear for at least one subject: %1."));
    appendQuietRules(report, snapshot.findings, Verdict::NotApplicable, ReportText::tr("Not applicable: %1."));
}

} // namespace halfshake
