// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/wrapper.h"

#include <span>
#include <string_view>
#include <vector>

namespace halfshake {

/// The wrappers around the lines of a sample, outermost first, up to LineUnwrapper::mostLayers: those that at least 80
/// % of the lines have.
[[nodiscard]] std::vector<WrapperKind> detectWrappers(std::span<const std::string_view> lines);

} // namespace halfshake
