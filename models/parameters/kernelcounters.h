// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

namespace halfshake {

/// What the kernel's network stack counts, in any of the forms people collect: nstat, netstat -s, /proc/net/netstat and
/// snmp, /proc/net/sockstat, conntrack -S, /proc/net/stat/nf_conntrack.
[[nodiscard]] ProbeResult probeKernelCounters(const ProbeInput& input);

/// Keys are group and counter: "TcpExt/ListenOverflows", "Tcp/RetransSegs", "sockstat/TCP/orphan",
/// "conntrack/cpu0/insert_failed" and their sum "conntrack/insert_failed", which stands where the first is.
/// Errors: NotText, ManifestTooLarge, Cancelled.
[[nodiscard]] Expected<void> readKernelCounters(const ByteSource& source, ParameterFile& file, JobContext& job);

} // namespace halfshake
