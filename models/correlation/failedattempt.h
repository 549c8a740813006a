// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/correlation/errorjoin.h"
#include "models/correlation/requestidentity.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace halfshake {

/// A distinct upstream attempt that failed.
struct FailedAttempt
{
    std::uint32_t attempt = 0; ///< Into RequestIdentity::attempts.
    ErrorClass errorClass = ErrorClass::None;
    bool isClassStated = false; ///< By the error log; else concluded from status and times.
    std::optional<JoinedError> error{};
};

/// By start as far as known. An attempt failed by its status, or because the error log says so though the status is
/// fine (a truncated response).
[[nodiscard]] std::vector<FailedAttempt> failedAttempts(const RequestIdentity& requests, const ErrorJoin& errors);

} // namespace halfshake
