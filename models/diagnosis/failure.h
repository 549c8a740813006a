// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/capture/connectionattempt.h"
#include "models/diagnosis/diagnosis.h"
#include "models/diagnosis/serverhistory.h"
#include "models/logs/errorclass.h"
#include "models/rules/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace halfshake {

/// What failures are counted in: the most telling thing the evidence has.
enum class FailureUnit : std::uint8_t { Attempts, Connections, ErrorEntries, Requests };

/// "attempts", "connections", "error entries", "requests"
[[nodiscard]] std::string_view toString(FailureUnit unit);

/// One failure that causes have to explain.
struct Failure
{
    ObjectRef object; ///< UpstreamAttempt, Connection, ErrorEntry or Request.
    std::optional<ObjectRef> connection;
    std::optional<ObjectRef> errorEntry;
    ErrorClass errorClass = ErrorClass::None;
    std::uint16_t status = 0; ///< 0 where there is none.
    std::string upstream; ///< As the log or the capture names it.
    const ConnectionAttempt* handshake = nullptr; ///< Of connection, in the capture it stands in.
    ValueMap variables; ///< attempt and connection.

    /// False for an application's own answer other than 502, 503 and 504: nothing between proxy and application failed.
    [[nodiscard]] bool isGatewayFailure() const;
};

struct Failures
{
    FailureUnit unit = FailureUnit::Attempts;
    std::vector<Failure> all; ///< By start.
};

/// Failed upstream attempts where logs tell of any, else failed connections where captures show any, else the error
/// entries about upstreams, else requests that were answered with 502, 503 or 504. Entries about requests for which no
/// attempt could be made stand beside failed attempts.
[[nodiscard]] Failures failuresOf(const DiagnosisInput& input, const ServerHistory& servers);

} // namespace halfshake
