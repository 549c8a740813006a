// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/attemptclassifier.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace halfshake {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// For tcp_syn_retries 1 to 6 without and with the four linear timeouts of Linux 6.5 and later.
constexpr std::array<int, 12> synGiveUpSeconds{3, 7, 11, 15, 19, 31, 35, 63, 67, 127, 131, 255};

/// The kernel gives an address up that answers no ARP or neighbour request after three tries of one second.
constexpr milliseconds neighbourGiveUpEarliest{3'000};
constexpr milliseconds neighbourGiveUpLatest{3'120};

/// Longer than this, no answer of the peer's kernel or of our own took.
constexpr milliseconds immediate{5};

bool isNeighbourGiveUpTime(Duration duration)
{
    return duration >= neighbourGiveUpEarliest && duration <= neighbourGiveUpLatest;
}

/// nginx's own 502 for an attempt whose connection did not come up.
ErrorClass classOfFailedConnect(Duration duration)
{
    if (isNeighbourGiveUpTime(duration))
        return ErrorClass::HostUnreach;
    if (isSynGiveUpTime(duration))
        return ErrorClass::SynExhausted;
    return duration <= immediate ? ErrorClass::ConnRefused : ErrorClass::Other;
}

ErrorClass classOfBadGateway(const UpstreamAttempt& attempt, const AttemptContext& context)
{
    if (context.hasNoPeer)
        return ErrorClass::NoLive;
    if (attempt.endpoint && attempt.endpoint->address == IpAddress::fromV4(1))
        return ErrorClass::NoEndpoint; // 0.0.0.1, which ingress-nginx's balancer should have replaced
    if (attempt.headerTime || context.hasBody)
        return ErrorClass::UpstreamStatus;
    if (!attempt.responseTime)
        return ErrorClass::Other;
    const bool wasSent = attempt.connectTime.has_value();
    const bool wasNotSent = context.hasConnectTimes || (context.wasRetried && context.isUnsafeToRepeat);
    if (wasSent)
        return *attempt.responseTime <= immediate ? ErrorClass::RstBeforeHeader : ErrorClass::Other;
    if (wasNotSent)
        return classOfFailedConnect(*attempt.responseTime);
    const bool isTelling = isNeighbourGiveUpTime(*attempt.responseTime) || isSynGiveUpTime(*attempt.responseTime);
    return isTelling ? classOfFailedConnect(*attempt.responseTime) : ErrorClass::Other;
}

ErrorClass classOfGatewayTimeout(const UpstreamAttempt& attempt, const AttemptContext& context)
{
    if (attempt.headerTime || context.hasBody)
        return ErrorClass::UpstreamStatus;
    if (attempt.connectTime)
        return ErrorClass::ReadTimeout;
    const bool wasNotSent = context.hasConnectTimes || (context.wasRetried && context.isUnsafeToRepeat);
    return wasNotSent ? ErrorClass::ConnectTimeout : ErrorClass::Other;
}

ErrorClass classOfUnfinished(const UpstreamAttempt& attempt, const ProxyRequest& request, const AttemptContext& context)
{
    constexpr std::uint16_t clientClosedRequest = 499;
    if (request.status != clientClosedRequest)
        return ErrorClass::Other;
    return context.hasConnectTimes && !attempt.connectTime ? ErrorClass::AbortInConnect : ErrorClass::ClientAbort;
}

} // namespace

bool isSynGiveUpTime(Duration duration)
{
    return std::ranges::any_of(synGiveUpSeconds, [&](int nominal) {
        const Duration shortest = seconds{nominal};
        return duration >= shortest && duration <= shortest + shortest / 25;
    });
}

ErrorClass guessErrorClass(const UpstreamAttempt& attempt, const ProxyRequest& request, const AttemptContext& context)
{
    if (!attempt.hasFailed())
        return ErrorClass::None;
    if (!attempt.status)
        return classOfUnfinished(attempt, request, context);
    switch (*attempt.status) {
    case 502:
        return classOfBadGateway(attempt, context);
    case 504:
        return classOfGatewayTimeout(attempt, context);
    default:
        return ErrorClass::UpstreamStatus; // nginx itself gives an attempt no other
    }
}

} // namespace halfshake
