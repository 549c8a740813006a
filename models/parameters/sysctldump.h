// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

namespace halfshake {

/// Output of sysctl -a, or of grep -r . /proc/sys, or the "key: value" of a BSD, which the reader then refuses.
[[nodiscard]] ProbeResult probeSysctlDump(const ProbeInput& input);

/// Errors: ParameterDumpNotLinux, NotText, Cancelled.
[[nodiscard]] Expected<void> readSysctlDump(const ByteSource& source, ParameterFile& file, JobContext& job);

} // namespace halfshake
