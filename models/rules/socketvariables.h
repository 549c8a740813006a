// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/parameterstore.h"
#include "models/rules/value.h"

#include <span>

namespace halfshake {

/// sockets: listeners, listenPorts, timeWait, mostPerDestination of the samples of one network namespace. Of several
/// samples the fullest counts.
[[nodiscard]] Value socketVariables(const ParameterStore& parameters, std::span<const ParameterFile* const> samples);

/// trackedConnections: a map from "tcp/SYN_SENT/UNREPLIED" to the most entries any sample has.
[[nodiscard]] Value trackedConnectionVariables(
    const ParameterStore& parameters, std::span<const ParameterFile* const> samples);

} // namespace halfshake
