// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

namespace halfshake {

/// /etc/sysctl.conf or a file of sysctl.d: unlike a dump it has comments, equals signs without blanks, or keys in no
/// order that sysctl would print.
[[nodiscard]] ProbeResult probeSysctlConfiguration(const ProbeInput& input);

/// Statements as sysctl.d(5) has them: '#' and ';' comments, a '-' in front that lets failures pass, globs as written.
/// Errors: NotText, ManifestTooLarge, Cancelled.
[[nodiscard]] Expected<void> readSysctlConfiguration(const ByteSource& source, ParameterFile& file, JobContext& job);

} // namespace halfshake
