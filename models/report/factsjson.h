// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QJsonArray>
#include <QJsonObject>

namespace halfshake {

/// "failure_facts" of the analysis document: load, timeouts, symptoms, rates, parity.
[[nodiscard]] QJsonObject factsJson(const IncidentSnapshot& snapshot);

/// A text in parts, each with the ids of what it rests on.
[[nodiscard]] QJsonArray textPartsJson(const IncidentSnapshot& snapshot, const std::vector<CauseTextPart>& parts);

} // namespace halfshake
