// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/logformat.h"

#include <vector>

namespace halfshake {

/// The formats known without being told: every default of ingress-nginx (git history of its
/// internal/ingress/controller/config/config.go), F5's main, nginx's combined and its common subset.
[[nodiscard]] const std::vector<LogFormat>& builtInLogFormats();

} // namespace halfshake
