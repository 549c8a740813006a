// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/report/reportbuilder.h"

#include "models/report/reportsections.h"

#include <QCoreApplication>

namespace halfshake {

ReportDocument buildReport(const IncidentSnapshot& snapshot, const ReportOptions& options)
{
    ReportDocument report;
    report.title = options.title.isEmpty() ? defaultReportTitle(snapshot) : options.title;
    report.subtitle = reportSubtitle(snapshot, options.created);
    report.footer = report.title;
    appendVerdict(report, snapshot);
    appendImpact(report, snapshot);
    appendTimeline(report, snapshot);
    appendExemplar(report, snapshot);
    appendCauses(report, snapshot);
    appendParameterConflicts(report, snapshot);
    appendFindings(report, snapshot);
    appendLinks(report, snapshot);
    appendEvidence(report, snapshot);
    appendMethod(report, snapshot);
    return report;
}

} // namespace halfshake
