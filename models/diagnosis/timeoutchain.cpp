// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/timeoutchain.h"

#include "models/capture/backoff.h"
#include "models/rules/scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>
#include <optional>

namespace halfshake {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostExamples = 5;
constexpr Duration eventLoopSlack = 300ms;

/// Limits of nginx and of ingress-nginx's ConfigMap, the latter in seconds.
constexpr std::array<std::string_view, 8> proxyLimits{"proxy_connect_timeout", "proxy_read_timeout",
    "proxy_send_timeout", "proxy_next_upstream_timeout", "ingress-nginx/proxy-connect-timeout",
    "ingress-nginx/proxy-read-timeout", "ingress-nginx/proxy-send-timeout",
    "ingress-nginx/proxy-next-upstream-timeout"};

bool isProxyLimit(const Parameter& parameter)
{
    const std::string_view key = parameter.key;
    return std::ranges::any_of(proxyLimits, [key](std::string_view name) {
        return key == name || (key.ends_with(name) && key[key.size() - name.size() - 1] == '/');
    });
}

std::optional<int> numberOf(const Parameter* parameter)
{
    if (!parameter || !parameter->isReadable)
        return {};
    int number = 0;
    const auto& text = parameter->value;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && number >= 0 && number <= 127 ? std::optional(number) : std::nullopt;
}

std::string kernelName(int retries, int linear)
{
    return std::format("tcp_syn_retries = {}, tcp_syn_linear_timeouts = {}", retries, linear);
}

void addProxyLimits(const DiagnosisInput& input, std::vector<TimeoutLimit>& limits)
{
    for (const auto& parameter : input.parameters.parameters()) {
        if (!isProxyLimit(parameter))
            continue;
        const auto limit = parseNginxTime(parameter.value);
        const auto isSame = [&](const TimeoutLimit& other) {
            return other.name == parameter.key && limit && other.limit == *limit;
        };
        if (limit && *limit > Duration{0} && std::ranges::none_of(limits, isSame))
            limits.push_back({.name = parameter.key, .limit = *limit, .isStated = true, .place = parameter.place});
    }
}

void addStatedKernelLimits(const DiagnosisInput& input, std::vector<TimeoutLimit>& limits)
{
    for (const auto& file : input.parameters.files()) {
        const auto* const retries = input.parameters.find(file->evidence, "net.ipv4.tcp_syn_retries");
        const auto number = numberOf(retries);
        if (!number || file->kind != ParameterFileKind::SysctlDump)
            continue;
        const auto linear = numberOf(input.parameters.find(file->evidence, "net.ipv4.tcp_syn_linear_timeouts"));
        const auto limit = backoff::synGiveUp(*number, linear.value_or(0));
        if (std::ranges::none_of(limits, [&](const TimeoutLimit& other) { return other.limit == limit; }))
            limits.push_back({.name = kernelName(*number, linear.value_or(0)),
                .limit = limit,
                .isKernel = true,
                .isStated = true,
                .place = retries->place});
    }
}

/// What other settings of Linux would give.
void addPossibleKernelLimits(std::vector<TimeoutLimit>& limits)
{
    for (const int linear : {0, 4}) {
        for (int retries = 1; retries <= 6; ++retries) {
            const auto limit = backoff::synGiveUp(retries, linear);
            const auto isSame = [limit](const TimeoutLimit& other) { return other.isKernel && other.limit == limit; };
            if (std::ranges::none_of(limits, isSame))
                limits.push_back({.name = kernelName(retries, linear), .limit = limit, .isKernel = true});
        }
    }
}

bool fits(const TimeoutLimit& limit, ErrorClass errorClass, Duration length)
{
    if (limit.isKernel)
        return errorClass == ErrorClass::SynExhausted && backoff::matches(length, limit.limit);
    const bool isSending = errorClass == ErrorClass::SendTimeout && limit.name.contains("send");
    const bool isReading = errorClass == ErrorClass::ReadTimeout && limit.name.contains("read");
    const bool isConnecting = (errorClass == ErrorClass::ConnectTimeout || errorClass == ErrorClass::TlsTimeout)
        && limit.name.contains("connect");
    return (isSending || isReading || isConnecting) && length + 20ms >= limit.limit
        && length <= limit.limit + limit.limit / 50 + eventLoopSlack;
}

} // namespace

void addTimeouts(const DiagnosisInput& input, FailureFacts& facts)
{
    auto& limits = facts.timeouts;
    addProxyLimits(input, limits);
    addStatedKernelLimits(input, limits);
    addPossibleKernelLimits(limits);
    for (const auto& link : input.correlation.links) {
        const auto log = std::ranges::find(input.logs, link.attempt.evidence, &ProxyLog::evidence);
        if (log == input.logs.end())
            continue;
        const auto length = (*log)->upstreamAttempts[link.attempt.index].responseTime;
        if (!length)
            continue;
        bool isExplained = false;
        for (auto& limit : limits) {
            if (!fits(limit, link.errorClass, *length))
                continue;
            isExplained = true;
            ++limit.fitting;
            if (limit.examples.size() < mostExamples)
                limit.examples.push_back(link.attempt);
        }
        if (!isExplained && *length > 1s)
            ++facts.unexplainedLengths;
    }
    std::erase_if(limits, [](const TimeoutLimit& limit) { return !limit.isStated && limit.fitting == 0; });
    std::ranges::stable_sort(limits, {}, &TimeoutLimit::limit);
}

} // namespace halfshake
