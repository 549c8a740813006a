// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/correlation.h"
#include "models/parameters/parameterstore.h"
#include "models/rules/hostdump.h"

#include <vector>

namespace halfshake {

/// The sysctl dumps that can be those of the proxy's network namespace.
///
/// A connecting socket gets its port from the ip_local_port_range of its own namespace, so a dump whose range lacks a
/// port that the proxy was seen to use is of another one. What the user stated about host and namespace of the proxy's
/// configuration, which may be null, comes first. File names never count.
[[nodiscard]] std::vector<HostDump> proxyDumps(
    const ParameterStore& parameters, const Correlation& correlation, const ParameterFile* proxyConfiguration);

} // namespace halfshake
