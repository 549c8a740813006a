// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/logs/logformatdefinition.h"

#include <vector>

namespace halfshake {

/// The access-log formats that a piece of evidence defines: an nginx.conf, nginx -T output, the ConfigMap of an
/// ingress-nginx, a pasted log_format directive, the access log valve of a Tomcat server.xml. Most evidence defines
/// none. Looks at the first 32 MiB.
[[nodiscard]] std::vector<LogFormatDefinition> definedLogFormats(const ByteSource& source, JobContext& job);

} // namespace halfshake
