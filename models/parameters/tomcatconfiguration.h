// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

namespace halfshake {

/// Tomcat's server.xml, or an excerpt with its connectors.
[[nodiscard]] ProbeResult probeTomcatConfiguration(const ProbeInput& input);

/// Attributes of connectors and executors: "server.xml/Connector@connectionTimeout"; of a further connector with its
/// port, "server.xml/Connector[8443]@maxThreads". Any text is accepted; comments hide what stands in them. Errors:
/// NotText, ManifestTooLarge, Cancelled.
[[nodiscard]] Expected<void> readTomcatConfiguration(const ByteSource& source, ParameterFile& file, JobContext& job);

} // namespace halfshake
