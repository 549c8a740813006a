// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

namespace halfshake {

/// What ss prints: lists of sockets with any options, ss -s, several of them in one file.
[[nodiscard]] ProbeResult probeSocketTables(const ProbeInput& input);

/// A listening TCP socket gives what waits in its accept queue and how long that may grow (Linux net/ipv4/tcp_diag.c):
/// "ss/listen/10.0.0.1:8080/Recv-Q" and "/Send-Q". All other TCP sockets are counted: "ss/sockets/SYN-SENT", and by the
/// peer, "ss/destinations/10.0.0.1:8080", for the ten that most sockets go to. ss -s gives "ss/summary/timewait".
/// Errors: NotText, ManifestTooLarge, Cancelled.
[[nodiscard]] Expected<void> readSocketTables(const ByteSource& source, ParameterFile& file, JobContext& job);

} // namespace halfshake
