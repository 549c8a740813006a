// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/incident/incidentsnapshot.h"

#include <memory>
#include <string>
#include <vector>

namespace halfshake {

/// Opens, reads and analyses \a paths and waits for it: the chain of the window without a window. Reads on all
/// processors. Evidence with the same content as earlier evidence stays listed, with FileDuplicate as its error.
/// Progress counts pieces of evidence. Errors: Cancelled.
[[nodiscard]] Expected<std::shared_ptr<const IncidentSnapshot>> loadIncident(
    const std::vector<std::string>& paths, JobContext& job);

} // namespace halfshake
