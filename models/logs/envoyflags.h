// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/errorclass.h"

#include <cstdint>
#include <string_view>

namespace halfshake {

/// What Envoy's access log says about how a request ended.
struct EnvoyOutcome
{
    std::string_view flags; ///< %RESPONSE_FLAGS%: "UF,URX"; "-" for none.
    std::string_view details; ///< %RESPONSE_CODE_DETAILS%; "" where the format has none.
    std::string_view transportFailure; ///< %UPSTREAM_TRANSPORT_FAILURE_REASON%; "" where the format has none.
    std::uint16_t status = 0; ///< 0: no response was sent.
};

/// The class of the last upstream attempt (reference: proxy-logs 2.4). Other where a flag stands for several classes
/// and the details do not tell which.
[[nodiscard]] ErrorClass errorClassOf(const EnvoyOutcome& outcome);

/// Whether \a flags say that every retry that was allowed had been used up (URX): how many there were is not logged.
[[nodiscard]] bool hasRetried(const EnvoyOutcome& outcome);

} // namespace halfshake
