// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

namespace halfshake {

/// Spring Boot's application.properties or application.yaml.
[[nodiscard]] ProbeResult probeApplicationProperties(const ProbeInput& input);

/// Keys in their canonical form: "spring/server.tomcat.keep-alive-timeout" (camel case and underscores become dashes).
/// Errors: ManifestMalformed, ManifestTooLarge, NotText, Cancelled.
[[nodiscard]] Expected<void> readApplicationProperties(const ByteSource& source, ParameterFile& file, JobContext& job);

} // namespace halfshake
