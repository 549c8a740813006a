// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"
#include "models/report/analysisjson.h"

#include <QJsonArray>

namespace halfshake {

/// The parts of the analysis document that state what was read: evidence, captures, connection_attempts, logs,
/// upstream_attempts.
[[nodiscard]] QJsonArray evidenceJson(const IncidentSnapshot& snapshot);
[[nodiscard]] QJsonArray capturesJson(const IncidentSnapshot& snapshot);
[[nodiscard]] QJsonArray connectionAttemptsJson(const IncidentSnapshot& snapshot, AnalysisDetail detail);
[[nodiscard]] QJsonArray logsJson(const IncidentSnapshot& snapshot);
[[nodiscard]] QJsonArray upstreamAttemptsJson(const IncidentSnapshot& snapshot, AnalysisDetail detail);

} // namespace halfshake
