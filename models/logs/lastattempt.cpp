// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/lastattempt.h"

#include "models/base/text.h"
#include "models/logs/attemptclassifier.h"
#include "models/logs/attempttimes.h"
#include "models/logs/envoyflags.h"
#include "models/logs/errorlogscanner.h"
#include "models/logs/haproxystate.h"
#include "models/logs/requesttimes.h"

#include <algorithm>
#include <limits>
#include <span>

namespace halfshake {

namespace {

using std::chrono::milliseconds;

bool isNothing(std::string_view value)
{
    return value.empty() || value == "-" || value == "null";
}

std::optional<std::uint16_t> knownStatus(std::uint16_t status)
{
    return status >= 100 ? std::optional{status} : std::nullopt;
}

std::optional<LastAttempt> lastEnvoyAttempt(const AccessFields& fields, const ProxyRequest& request)
{
    const EnvoyOutcome outcome{.flags = fields[LogField::ResponseFlags],
        .details = fields[LogField::ResponseDetails],
        .transportFailure = fields[LogField::TransportFailure],
        .status = request.status};
    LastAttempt last;
    auto& attempt = last.attempt;
    attempt.errorClass = errorClassOf(outcome);
    last.upstream = fields[LogField::UpstreamAddr];
    if (isNothing(last.upstream)) {
        const bool hadNoPeer = attempt.errorClass == ErrorClass::NoLive || attempt.errorClass == ErrorClass::NoEndpoint;
        if (!hadNoPeer)
            return {};
        last.upstream = fields[LogField::ProxyUpstreamName];
    }
    attempt.endpoint = endpointOfUrl(last.upstream);
    attempt.status = knownStatus(request.status);
    attempt.headerTime = wholeUnits(fields[LogField::UpstreamMilliseconds], milliseconds{1});
    if (attempt.hasFailed() && !hasRetried(outcome))
        attempt.responseTime = request.requestTime; // Envoy goes on to the upstream as soon as it has the header
    setStartIntervals({&attempt, 1}, request);
    return last;
}

/// The last number of "actconn/feconn/beconn/srv_conn/retries", which "+" marks where another server was tried.
std::uint16_t retriesIn(std::string_view counts)
{
    auto retries = counts.substr(counts.rfind('/') + 1);
    retries.remove_prefix(retries.starts_with('+') ? 1 : 0);
    return toInteger<std::uint16_t>(retries).value_or(0);
}

/// HAProxy tells when the server was chosen.
void setHaproxyTimes(const HaproxyTimers& timers, const ProxyRequest& request, UpstreamAttempt& attempt)
{
    if (!timers.request || !timers.queue || !timers.total)
        return;
    const bool isFirst = attempt.index == 0;
    const auto before = *timers.request + *timers.queue;
    attempt.responseTime = std::max(*timers.total - before, Duration{0});
    if (isFirst)
        attempt.connectTime = timers.connect;
    if (isFirst && timers.connect && timers.response)
        attempt.headerTime = *timers.connect + *timers.response;
    const auto earlier = isFirst ? Duration{0} : timers.connect.value_or(*attempt.responseTime); // failed connects
    attempt.startEarliest = request.loggedAt - *attempt.responseTime - milliseconds{1};
    attempt.startLatest = request.loggedAt - *attempt.responseTime + earlier + request.resolution + milliseconds{2};
    attempt.isStartKnown = true;
}

std::optional<LastAttempt> lastHaproxyAttempt(const AccessFields& fields, const ProxyRequest& request)
{
    LastAttempt last;
    auto& attempt = last.attempt;
    last.upstream = fields[LogField::Server];
    const auto server = last.upstream.substr(last.upstream.find('/') + 1);
    if ((server == "<NOSRV>" && request.status < 500) || server == "<STATS>")
        return {};
    const auto timers = parseHaproxyTimers(fields[LogField::PhaseTimers]).value_or(HaproxyTimers{});
    attempt.errorClass = errorClassOf(HaproxyOutcome{
        .state = fields[LogField::TerminationState], .server = server, .timers = timers, .status = request.status});
    attempt.index = retriesIn(fields[LogField::ConnectionCounts]);
    attempt.endpoint = Endpoint::parse(server);
    attempt.status = knownStatus(request.status);
    setHaproxyTimes(timers, request, attempt);
    return last;
}

std::optional<LastAttempt> lastTraefikAttempt(const AccessFields& fields, const ProxyRequest& request)
{
    LastAttempt last;
    auto& attempt = last.attempt;
    last.upstream = fields[LogField::UpstreamAddr];
    if (isNothing(last.upstream))
        return {};
    const auto originStatus = toInteger<std::uint16_t>(fields[LogField::UpstreamStatus]);
    attempt.status = knownStatus(originStatus.value_or(request.status));
    attempt.endpoint = endpointOfUrl(last.upstream);
    attempt.responseTime = wholeUnits(fields[LogField::UpstreamNanoseconds], std::chrono::nanoseconds{1});
    setStartIntervals({&attempt, 1}, request);
    attempt.errorClass = guessErrorClass(attempt, request, {});
    return last;
}

std::optional<LastAttempt> lastOfDialect(const AccessFields& fields, const ProxyRequest& request)
{
    switch (fields.dialect) {
    case LogDialect::Envoy:
        return lastEnvoyAttempt(fields, request);
    case LogDialect::HAProxy:
        return lastHaproxyAttempt(fields, request);
    case LogDialect::Traefik:
        return lastTraefikAttempt(fields, request);
    case LogDialect::Nginx:
    case LogDialect::Tomcat:
        break;
    }
    return {};
}

} // namespace

std::optional<LastAttempt> lastAttempt(const AccessFields& fields, const ProxyRequest& request)
{
    auto last = lastOfDialect(fields, request);
    if (last && last->attempt.hasFailed() && last->attempt.errorClass == ErrorClass::None)
        last->attempt.errorClass = ErrorClass::Other;
    return last;
}

} // namespace halfshake
