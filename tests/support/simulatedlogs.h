// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/simulatedtraffic.h"

#include <string>
#include <vector>

namespace halfshake::test {

/// What the proxy wrote about its requests, by its own clock.
struct SimulatedLogs
{
    std::string access;
    std::string errors;
    std::vector<SimulatedFailure> failures;
};

[[nodiscard]] SimulatedLogs proxyLogs(const SimulationOptions& options, const std::vector<SimulatedRequest>& requests);

/// The nginx.conf that defines LogShape::Milliseconds and the timeouts.
[[nodiscard]] std::string proxyConfiguration(const SimulationOptions& options);

} // namespace halfshake::test
