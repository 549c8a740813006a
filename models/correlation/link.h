// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/objectref.h"
#include "models/base/timepoint.h"
#include "models/logs/errorclass.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace halfshake {

/// What spoke for a link. Arguments are named after each code.
enum class LinkReasonCode : std::uint8_t {
    RequestIdOnWire, // the request id stands in the request's X-Request-ID header on this connection
    TargetOnWire, // the request target stands in a request on this connection at that time
    AddressMatches, // upstream address
    StartsInsideInterval, // distance of the first SYN from the interval's nearest edge, human duration; "0" inside
    OnlyCandidate, // number of connections looked at
    OutcomeFits, // outcome, error class
    DurationFits, // measured, nominal
    UniqueAssignment, // every rival is taken by a better fitting attempt
};

struct LinkReason
{
    LinkReasonCode code = LinkReasonCode::AddressMatches;
    std::vector<std::string> arguments;
};

/// Why an attempt has no connection.
enum class NoLinkReason : std::uint8_t {
    None, ///< It is linked.
    NoCapture, ///< No capture in the evidence.
    OutsideCaptureWindow,
    UpstreamNotCaptured, ///< The captures hold no traffic with this upstream address.
    NothingOnWire, ///< The failure leaves no packet by its nature (no local port, no live upstream, ...).
    StartUnknown, ///< The log does not say when the attempt began.
    ClockUnknown, ///< Clocks of log and capture could not be brought together.
    NoCandidate, ///< Captured, but no connection fits.
    Ambiguous, ///< Several fit equally.
};

[[nodiscard]] std::string_view toString(NoLinkReason reason);

/// One failing upstream attempt and the connection that carried it, or why there is none.
struct Link
{
    ObjectRef attempt; ///< UpstreamAttempt, in the log that states it most precisely.
    std::vector<ObjectRef> alsoLogged; ///< The same attempt in other logs.
    ErrorClass errorClass = ErrorClass::None; ///< From the error log where one tells, else from status and times.
    std::optional<ObjectRef> errorEntry;
    std::optional<ObjectRef> connection; ///< At the capture point nearest the proxy.
    std::vector<ObjectRef> sameConnection; ///< The same connection in other captures.
    bool isReusedConnection = false; ///< The attempt went over a connection opened before it.
    double confidence = 0; ///< 0..1
    std::vector<LinkReason> reasons;
    std::vector<ObjectRef> rivals; ///< Connections that would fit too.
    NoLinkReason whyNone = NoLinkReason::None;
};

} // namespace halfshake
