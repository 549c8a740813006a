// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QByteArray>

namespace halfshake {

/// What the analysis document leaves out.
enum class AnalysisDetail : std::uint8_t {
    Notable, ///< Failed and repeated attempts, and what links name.
    All,
};

/// The analysis for scripts: schema halfshake.analysis/1 (README). The same snapshot gives the same bytes.
[[nodiscard]] QByteArray analysisJson(const IncidentSnapshot& snapshot, AnalysisDetail detail);

} // namespace halfshake
