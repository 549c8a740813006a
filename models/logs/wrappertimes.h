// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/proxylog.h"

#include <optional>
#include <vector>

namespace halfshake {

/// Narrows instants logged in whole seconds by when the container runtime read each line, which it does within 50 ms of
/// an unbuffered write (design value). \a writtenAt is by request; nothing changes where the access log was buffered:
/// then the lines come up to seconds late, and together.
void narrowByWrapperTimes(ProxyLog& log, const std::vector<std::optional<EvidenceTime>>& writtenAt);

} // namespace halfshake
