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

/// Severity words of nginx's error_log, mildest first.
enum class ErrorLevel : std::uint8_t { Debug, Info, Notice, Warn, Error, Crit, Alert, Emerg };

/// One line of the proxy's error log.
struct ErrorEntry
{
    std::uint64_t line = 0; ///< Counted from 1.
    std::uint64_t byteOffset = 0;
    EvidenceTime loggedAt; ///< Whole seconds, in the zone the log was written in: see ProxyLog::zone.
    ErrorLevel level = ErrorLevel::Error;
    std::uint32_t processId = 0;
    std::uint64_t connection = 0; ///< *conn, equals $connection; 0 where the line has none.
    int errorNumber = 0; ///< errno in parentheses; 0 where the line has none.
    ErrorClass errorClass = ErrorClass::None; ///< None for lines that are about no upstream attempt.
    StringId message; ///< Up to ", client:".
    StringId clientAddress;
    StringId method; ///< Of request: "...".
    StringId target;
    bool isTargetCut = false; ///< nginx cuts its lines at 2048 bytes: target is only the beginning.
    StringId upstream; ///< URL as logged.
    std::optional<Endpoint> upstreamEndpoint;
    StringId host;
};

} // namespace halfshake
