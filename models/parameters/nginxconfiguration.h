// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/expected.h"
#include "models/base/jobcontext.h"
#include "models/io/bytesource.h"
#include "models/io/probe.h"
#include "models/parameters/parameterfile.h"

namespace halfshake {

/// nginx.conf, a file that it includes, or the output of nginx -T.
[[nodiscard]] ProbeResult probeNginxConfiguration(const ProbeInput& input);

/// The directives that matter for connections. Keys are the directive's name at the main, events and http levels, and
/// carry their block elsewhere: "upstream/orders/keepalive_timeout", "server/shop.example/listen",
/// "server/shop.example/location//cart/proxy_read_timeout". A log format is "log_format/<name>", its escaping
/// "log_format/<name>/escape".
/// Errors: NotText, ManifestTooLarge, Cancelled.
[[nodiscard]] Expected<void> readNginxConfiguration(const ByteSource& source, ParameterFile& file, JobContext& job);

} // namespace halfshake
