// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/parameters/parameterstore.h"
#include "models/rules/value.h"

#include <span>

namespace halfshake {

/// counters, a map from key to number, and countersAreDifference of the samples of one network namespace.
///
/// Counters never fall, so of several samples the difference between least and most counts, whatever their order;
/// gauges are those of the last sample. A counter of TCP that a sample with its group leaves out is 0: netstat and
/// nstat omit zeros.
[[nodiscard]] ValueMap counterVariables(
    const ParameterStore& parameters, std::span<const ParameterFile* const> samples);

/// kernelMessages: a map from kind of message to how many there are; kinds that did not occur are 0.
[[nodiscard]] Value kernelMessageVariables(
    const ParameterStore& parameters, std::span<const ParameterFile* const> samples);

} // namespace halfshake
