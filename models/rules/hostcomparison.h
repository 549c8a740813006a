// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/parameterstore.h"
#include "models/rules/hostdump.h"
#include "models/rules/value.h"

#include <span>
#include <string_view>

namespace halfshake {

/// Whether a key differs between hosts, or between two moments, without anybody having set it: counters, identifiers,
/// what is derived from memory or processors (tcp_mem, nf_conntrack_max, file-max), what belongs to an interface.
[[nodiscard]] bool isVolatileKey(std::string_view key);

/// hosts: count, kernels, differences, a list of maps with "key" and "values" (a text for each host), and values, all
/// these texts. Nothing where
/// fewer than two hosts are given; of a host with several dumps the one of the initial network namespace counts.
[[nodiscard]] ValueMap hostVariables(const ParameterStore& parameters, std::span<const HostDump> dumps);

} // namespace halfshake
