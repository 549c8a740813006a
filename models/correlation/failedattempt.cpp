// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/failedattempt.h"

#include <algorithm>

namespace halfshake {

namespace {

/// The class the logs conclude from status and times; the most precise log that has one.
ErrorClass concludedClass(const RequestIdentity& requests, const DistinctAttempt& attempt)
{
    for (const auto& logged : requests.loggedOf(requests.requests[attempt.request])) {
        const auto& request = requests.row(logged);
        if (attempt.position >= request.attemptCount)
            continue;
        const auto& row = requests.logs[logged.log].log().upstreamAttempts[request.firstAttempt + attempt.position];
        if (row.errorClass != ErrorClass::None && row.errorClass != ErrorClass::Other)
            return row.errorClass;
    }
    return requests.attemptRow(attempt).errorClass;
}

} // namespace

std::vector<FailedAttempt> failedAttempts(const RequestIdentity& requests, const ErrorJoin& errors)
{
    std::vector<FailedAttempt> failed;
    auto joined = errors.joined.begin();
    for (std::uint32_t a = 0; a < requests.attempts.size(); ++a) {
        while (joined != errors.joined.end() && joined->attempt < a)
            ++joined;
        const auto& attempt = requests.attempts[a];
        FailedAttempt found{.attempt = a};
        if (joined != errors.joined.end() && joined->attempt == a) {
            const auto& entry = requests.logs[joined->log].log().errors[joined->entry];
            found.error = *joined;
            found.isClassStated = entry.errorClass != ErrorClass::PeerEjected && entry.errorClass != ErrorClass::Other;
            found.errorClass = entry.errorClass;
        }
        if (!requests.attemptRow(attempt).hasFailed() && !found.isClassStated)
            continue;
        if (!found.isClassStated)
            found.errorClass = concludedClass(requests, attempt);
        failed.push_back(found);
    }
    return failed;
}

} // namespace halfshake
