// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

#include <string>
#include <string_view>

namespace halfshake {

/// Facts that nobody exports, typed by a person, one a line: "load-balancer/idle-timeout = 350s". Also the card of a
/// cloud's listener: "listener: tcp/80 -> ingress", "established-timeout: 320".
[[nodiscard]] ProbeResult probeTypedValues(const ProbeInput& input);

/// Keys: load-balancer/mode, load-balancer/idle-timeout, load-balancer/response-timeout, client/timeout,
/// kube-proxy/mode, kube-apiserver/service-node-port-range, os/memory, os/cpus. Errors: NotText, ManifestTooLarge,
/// Cancelled.
[[nodiscard]] Expected<void> readTypedValues(const ByteSource& source, ParameterFile& file, JobContext& job);

/// One typed value, placed nowhere.
[[nodiscard]] Parameter typedParameter(std::string key, std::string value);

} // namespace halfshake
