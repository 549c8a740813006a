// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"
#include "models/base/strongindex.h"
#include "models/base/timepoint.h"
#include "models/logs/errorclass.h"

#include <cstdint>
#include <optional>

namespace halfshake {

/// One try of a request at one upstream address: element i of $upstream_addr, $upstream_status, ...
struct UpstreamAttempt
{
    std::uint32_t request = 0; ///< Into ProxyLog::requests.
    std::uint16_t index = 0; ///< Position in nginx's lists, over all groups, from 0.
    std::uint16_t group = 0; ///< Internal redirects before it (" : ").
    StringId upstream; ///< $upstream_addr as written; may be an upstream's name.
    std::optional<Endpoint> endpoint; ///< The same where it is address and port.
    std::optional<std::uint16_t> status; ///< $upstream_status; none where nginx writes "-".
    std::optional<Duration> responseTime; ///< $upstream_response_time
    std::optional<Duration> connectTime; ///< $upstream_connect_time; none for "-" and where the format lacks it.
    std::optional<Duration> headerTime; ///< $upstream_header_time
    /// The attempt began in [startEarliest, startLatest] by the log's clock (reference: proxy-logs 1.5).
    EvidenceTime startEarliest;
    EvidenceTime startLatest;
    bool isStartKnown = false; ///< False where the log lacks the times to say.
    bool isListAligned = true; ///< False where the lists of the line differ in shape: only status and address count.
    ErrorClass errorClass = ErrorClass::None; ///< By status and times alone (reference: proxy-logs 2.2).

    /// 5xx, or no status because the client left or the attempt never finished.
    [[nodiscard]] bool hasFailed() const { return status ? *status >= 500 : true; }
};

} // namespace halfshake
