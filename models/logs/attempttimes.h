// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/proxyrequest.h"
#include "models/logs/upstreamattempt.h"

#include <span>

namespace halfshake {

/// Works out when the attempts of one request began.
///
/// With E the logged instant, RT the request time, r the response times in list order and slack = RT - sum(r):
/// attempt i began in [E - RT + sum(r[j], j < i), E - sum(r[j], j >= i)], the upper end later by the resolution of E.
/// Attempts follow each other without a gap inside a group (nginx ngx_http_upstream_next), so the slack lies before the
/// first, between groups or after the last one. A response time that is missing counts as nothing, which keeps the
/// bounds true and makes them wider. A sum of response times is off by up to 1 ms, as they are printed in whole ones,
/// and the upper end is another 1 ms later, because nginx reads the clock once per turn of its event loop.
void setStartIntervals(std::span<UpstreamAttempt> attempts, const ProxyRequest& request);

} // namespace halfshake
