// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/parameterstore.h"
#include "models/rules/value.h"

namespace halfshake {

/// observed.counters: what the kernels of all hosts counted, for each counter the host that counted most. Of several
/// samples of one host the difference between least and most counts, else what was counted since boot. Without samples
/// observed has no counters.
[[nodiscard]] Value observedVariables(const ParameterStore& parameters);

} // namespace halfshake
