// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/logformatdefinition.h"

#include <string_view>
#include <vector>

namespace halfshake {

/// The log_format directives of an nginx.conf or of nginx -T output, and the log-format-upstream of an ingress-nginx
/// ConfigMap (YAML or JSON), in their order. Text that is none of these has none.
[[nodiscard]] std::vector<LogFormatDefinition> logFormatsIn(std::string_view configuration);

} // namespace halfshake
