// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

namespace halfshake {

/// Connections that netfilter tracks: conntrack -L with any output option, or /proc/net/nf_conntrack.
[[nodiscard]] ProbeResult probeConntrackTable(const ProbeInput& input);

/// How many connections are in each state: "conntrack/tcp/SYN_SENT", and of these the ones that saw no reply,
/// "conntrack/tcp/SYN_SENT/UNREPLIED"; "conntrack/udp". Each stands where the first of them is.
/// Errors: NotText, ManifestTooLarge, Cancelled.
[[nodiscard]] Expected<void> readConntrackTable(const ByteSource& source, ParameterFile& file, JobContext& job);

} // namespace halfshake
