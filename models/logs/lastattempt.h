// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/logfield.h"
#include "models/logs/proxyrequest.h"
#include "models/logs/upstreamattempt.h"

#include <optional>
#include <string_view>

namespace halfshake {

/// The one upstream attempt that Envoy, HAProxy and Traefik tell of: the last one.
struct LastAttempt
{
    UpstreamAttempt attempt; ///< Without upstream and request.
    std::string_view upstream; ///< As logged: an address, a URL, or a name.
};

/// Nothing where the request reached no upstream and did not fail for want of one. \a request has its own times and
/// status already.
[[nodiscard]] std::optional<LastAttempt> lastAttempt(const AccessFields& fields, const ProxyRequest& request);

} // namespace halfshake
