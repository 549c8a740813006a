// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"
#include "models/report/reportdocument.h"
#include "models/report/reportwriter.h"

namespace halfshake {

/// Composes the report of an incident: verdict, impact, timeline, exemplar, causes, findings, parameter conflicts,
/// evidence, method. Reads the few log lines it quotes. Any thread.
[[nodiscard]] ReportDocument buildReport(const IncidentSnapshot& snapshot, const ReportOptions& options);

} // namespace halfshake
