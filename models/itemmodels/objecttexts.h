// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QString>

namespace halfshake::texts {

/// One line that tells a person which object is meant: "GET /api/orders/7 → 10.244.1.11:8080: 502 after 31.624 s".
[[nodiscard]] QString object(const IncidentSnapshot& snapshot, ObjectRef object);

} // namespace halfshake::texts
