// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/requestremark.h"

#include <algorithm>
#include <chrono>

namespace halfshake {

namespace {

constexpr std::uint16_t clientClosedRequest = 499;

/// A client that leaves sooner was not waiting for a timeout.
constexpr std::chrono::seconds shortestWait{1};

/// A connection that was closed already fails at once.
constexpr std::chrono::milliseconds atOnce{5};

bool isIdempotentButWriting(std::string_view method)
{
    return method == "PUT" || method == "DELETE";
}

bool isStaleConnection(const UpstreamAttempt& attempt, const UpstreamAttempt& next)
{
    return attempt.upstream.isValid() && attempt.upstream == next.upstream && attempt.responseTime
        && *attempt.responseTime <= atOnce;
}

bool wasClosed(ErrorClass errorClass)
{
    return errorClass == ErrorClass::RstBeforeHeader || errorClass == ErrorClass::FinBeforeHeader
        || errorClass == ErrorClass::WriteReset || errorClass == ErrorClass::Other;
}

void addOnce(std::vector<RequestRemark>& remarks, RequestRemark remark)
{
    if (!std::ranges::contains(remarks, remark))
        remarks.push_back(remark);
}

void addRetry(std::vector<RequestRemark>& remarks, std::string_view method, ErrorClass errorClass)
{
    const bool isUnsent = isBeforeSending(errorClass);
    // what fits several classes was repeated by the rule that nothing had been sent, unless told otherwise
    if (isNonIdempotent(method))
        addOnce(remarks,
            isUnsent || errorClass == ErrorClass::Other ? RequestRemark::RetriedUnsent
                                                        : RequestRemark::RetriedAlthoughSent);
    else if (isIdempotentButWriting(method) && !isUnsent && errorClass != ErrorClass::Other)
        addOnce(remarks, RequestRemark::RetriedIdempotent);
}

} // namespace

bool isBeforeSending(ErrorClass errorClass)
{
    switch (errorClass) {
    case ErrorClass::ConnRefused:
    case ErrorClass::SynExhausted:
    case ErrorClass::ConnectTimeout:
    case ErrorClass::HostUnreach:
    case ErrorClass::NetUnreach:
    case ErrorClass::NoLocalPort:
    case ErrorClass::ConnResetEarly:
    case ErrorClass::NoEndpoint:
    case ErrorClass::NoLive:
    case ErrorClass::TlsTimeout:
    case ErrorClass::TlsFail:
    case ErrorClass::Dns:
        return true;
    default:
        return false;
    }
}

bool isNonIdempotent(std::string_view method)
{
    return method == "POST" || method == "LOCK" || method == "PATCH";
}

std::vector<RequestRemark> remarksOn(
    const ProxyLog& log, const ProxyRequest& request, std::span<const ErrorClass> classes)
{
    std::vector<RequestRemark> remarks;
    const auto attempts = std::span{log.upstreamAttempts}.subspan(
        request.firstAttempt, std::min<std::size_t>(request.attemptCount, classes.size()));
    const auto method = log.text(request.method);
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        if (classes[i] == ErrorClass::Truncated && request.status < 500)
            addOnce(remarks, RequestRemark::TruncatedBody);
        const bool wasRetried = i + 1 < attempts.size() && attempts[i + 1].group == attempts[i].group;
        if (!wasRetried || !attempts[i].isListAligned)
            continue;
        if (wasClosed(classes[i]) && isStaleConnection(attempts[i], attempts[i + 1]))
            addOnce(remarks, RequestRemark::RetriedStaleConnection);
        else
            addRetry(remarks, method, classes[i]);
    }
    const bool isRunning = !attempts.empty() && !attempts.back().status;
    if (request.status == clientClosedRequest && isRunning && request.requestTime.value_or(Duration{0}) >= shortestWait)
        addOnce(remarks, RequestRemark::HidesOutcome);
    return remarks;
}

} // namespace halfshake
