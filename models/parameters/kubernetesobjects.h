// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

namespace halfshake {

/// Kubernetes objects as YAML or JSON: one, a list, many documents; live ("kubectl get -o yaml") or as written by hand;
/// a patch of a pod template too.
[[nodiscard]] ProbeResult probeKubernetesObjects(const ProbeInput& input);

/// Services give NodePorts, pod templates workloads, configuration objects and flags parameters; all else is passed
/// over. A document that cannot be read does not hide the others: it is an error only where nothing else was found.
/// Errors: ManifestMalformed, ManifestTooLarge, NotText, Cancelled.
[[nodiscard]] Expected<void> readKubernetesObjects(const ByteSource& source, ParameterFile& file, JobContext& job);

} // namespace halfshake
