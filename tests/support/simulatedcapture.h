// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/simulatedtraffic.h"

#include <string>
#include <vector>

namespace halfshake::test {

/// The capture on the proxy's host or node, as options.point says.
[[nodiscard]] std::string proxyCapture(
    const SimulationOptions& options, const std::vector<SimulatedConnection>& connections);

/// The capture in the host of \a server.
[[nodiscard]] std::string serverCapture(
    const SimulationOptions& options, const std::vector<SimulatedConnection>& connections, const std::string& server);

} // namespace halfshake::test
