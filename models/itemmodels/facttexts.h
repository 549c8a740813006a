// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/incident/incidentsnapshot.h"

#include <QStringList>

namespace halfshake::texts {

/// What the numbers of FailureFacts say, a sentence each: load, timeouts, when each kind of failure was seen, parity of
/// client ports, loss. Empty where nothing failed.
[[nodiscard]] QStringList failureFacts(const IncidentSnapshot& snapshot);

} // namespace halfshake::texts
