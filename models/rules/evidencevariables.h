// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/correlation.h"
#include "models/parameters/parameterstore.h"
#include "models/rules/hostdump.h"
#include "models/rules/value.h"

#include <span>
#include <string>
#include <vector>

namespace halfshake {

// What expressions see of the evidence (resources/rules/README.md lists the names). What is not given is left out, so
// that it is unknown; what is given but cannot be read is there as unknown.

/// sysctl, kernelVersion and dump of one dump.
[[nodiscard]] ValueMap dumpVariables(const ParameterStore& parameters, const HostDump& dump);

/// The same of several dumps that may be meant, as far as they agree; where they differ, \a whose says what is missing.
[[nodiscard]] ValueMap dumpVariables(
    const ParameterStore& parameters, std::span<const HostDump> dumps, const std::string& whose);

/// interfaces: a list of maps with name and rpFilter, of one dump.
[[nodiscard]] Value interfaceVariables(const ParameterStore& parameters, const HostDump& dump);

/// k8s.*: the cluster's settings, from all evidence.
[[nodiscard]] ValueMap clusterVariables(const ParameterStore& parameters);

/// loadBalancer.* and client.*: what people typed.
[[nodiscard]] ValueMap typedVariables(const ParameterStore& parameters);

/// tomcat.* of each HTTP connector of one server.xml or Spring Boot configuration; none for other files.
[[nodiscard]] std::vector<ValueMap> applicationVariables(
    const ParameterStore& parameters, const ParameterFile& configuration);

/// nginx.*: one proxy configuration. Where blocks differ, the longest of a timeout.
[[nodiscard]] ValueMap proxyVariables(const ParameterStore& parameters, const ParameterFile& configuration);

/// pod.*: one workload.
[[nodiscard]] ValueMap workloadVariables(const Workload& workload);

/// capture.*: what captures and logs together show.
[[nodiscard]] ValueMap captureVariables(const FailureStatistics& statistics);

/// log.*: what logs show.
[[nodiscard]] ValueMap loggedFailureVariables(const FailureStatistics& statistics);

/// Whether a file holds a proxy's settings.
[[nodiscard]] bool isProxyConfiguration(const ParameterFile& file);

} // namespace halfshake
