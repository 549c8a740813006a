// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/logs/errorclass.h"
#include "models/logs/errorentry.h"

#include <string_view>

namespace halfshake {

/// What a message of nginx's error log says about an upstream attempt.
struct ErrorMessage
{
    std::string_view text; ///< Up to ", client: ".
    int errorNumber = 0;
    ErrorLevel level = ErrorLevel::Error;
    bool hasUpstream = false; ///< The line names an upstream.
};

/// The class by verb, errno number and action ("while ..."). The system's error text is not looked at: it differs
/// between C libraries (glibc "Connection timed out", musl "Operation timed out"). None for lines about no attempt.
[[nodiscard]] ErrorClass classifyErrorMessage(const ErrorMessage& message);

} // namespace halfshake
