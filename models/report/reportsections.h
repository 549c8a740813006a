// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"
#include "models/report/reportdocument.h"

#include <QDateTime>

namespace halfshake {

/// The sections of a report, each appended to a document; one that has nothing to say appends nothing or says why.
[[nodiscard]] QString defaultReportTitle(const IncidentSnapshot& snapshot);
[[nodiscard]] QString reportSubtitle(const IncidentSnapshot& snapshot, const QDateTime& created);

void appendVerdict(ReportDocument& report, const IncidentSnapshot& snapshot);
void appendImpact(ReportDocument& report, const IncidentSnapshot& snapshot);
void appendTimeline(ReportDocument& report, const IncidentSnapshot& snapshot);
void appendExemplar(ReportDocument& report, const IncidentSnapshot& snapshot); ///< Ladder, log lines, why they match.
void appendCauses(ReportDocument& report, const IncidentSnapshot& snapshot);
void appendParameterConflicts(ReportDocument& report, const IncidentSnapshot& snapshot); ///< Rules that fire.
void appendFindings(ReportDocument& report, const IncidentSnapshot& snapshot); ///< All verdicts.
void appendLinks(ReportDocument& report, const IncidentSnapshot& snapshot);
void appendEvidence(ReportDocument& report, const IncidentSnapshot& snapshot);
void appendMethod(ReportDocument& report, const IncidentSnapshot& snapshot);

} // namespace halfshake
