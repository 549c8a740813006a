// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

namespace halfshake {

/// Table of kubectl get services, with any columns, also among the tables of kubectl get all.
[[nodiscard]] ProbeResult probeKubectlServices(const ProbeInput& input);

/// Table of kubectl get nodes; with -o wide it has the kernel's version.
[[nodiscard]] ProbeResult probeKubectlNodes(const ProbeInput& input);

/// Every table of Services and Nodes in the text; others are passed over.
/// Errors: NotText, Cancelled.
[[nodiscard]] Expected<void> readKubectlTables(const ByteSource& source, ParameterFile& file, JobContext& job);

} // namespace halfshake
