// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QString>

namespace halfshake {

/// Stable names of objects in reports and the analysis document: "E1:c17" for a connection attempt (row counted from
/// 1), "E2:4711#0" for an upstream attempt (line and index), "E2:4711" for a line, "E1#4711" for a packet.
[[nodiscard]] QString objectId(const IncidentSnapshot& snapshot, ObjectRef object);

} // namespace halfshake
