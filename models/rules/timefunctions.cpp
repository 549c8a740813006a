// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/backoff.h"
#include "models/rules/function.h"
#include "models/rules/scalar.h"

#include <array>
#include <chrono>
#include <optional>
#include <string>

namespace halfshake {

namespace {

/// duration("1m30.5s")
Value duration(std::span<const Value> arguments)
{
    if (as<Duration>(arguments[0]))
        return arguments[0];
    const auto* const text = as<std::string>(arguments[0]);
    if (!text)
        return noMatchingOverload("duration", arguments);
    const auto parsed = parseDuration(*text);
    return parsed ? Value{*parsed} : Value::error("no duration: " + toString(arguments[0]));
}

/// seconds(7200): what a sysctl of seconds stands for.
Value seconds(std::span<const Value> arguments)
{
    const auto* const number = as<std::int64_t>(arguments[0]);
    constexpr std::int64_t most = 9'000'000'000;
    return number && *number >= -most && *number <= most ? Value{Duration{std::chrono::seconds{*number}}}
                                                         : noMatchingOverload("seconds", arguments);
}

/// version("4.18.0-80.el8"), version("v1.24.6")
Value version(std::span<const Value> arguments)
{
    if (as<Version>(arguments[0]))
        return arguments[0];
    const auto* const text = as<std::string>(arguments[0]);
    if (!text)
        return noMatchingOverload("version", arguments);
    const auto parsed = parseVersion(*text);
    return parsed ? Value{*parsed} : Value::error("no version: " + toString(arguments[0]));
}

/// What a sysctl of retries can hold: the kernel's own limit is 255 (127 for SYNs).
std::optional<int> retriesOf(const Value& value)
{
    const auto* const number = as<std::int64_t>(value);
    return number && *number >= 0 && *number <= 255 ? std::optional(static_cast<int>(*number)) : std::optional<int>{};
}

/// synGiveUp(tcp_syn_retries, tcp_syn_linear_timeouts)
Value synGiveUp(std::span<const Value> arguments)
{
    const auto retries = retriesOf(arguments[0]);
    const auto linear = retriesOf(arguments[1]);
    if (!retries || !linear)
        return noMatchingOverload("synGiveUp", arguments);
    return backoff::synGiveUp(*retries, *linear);
}

/// synAckGiveUp(tcp_synack_retries)
Value synAckGiveUp(std::span<const Value> arguments)
{
    const auto retries = retriesOf(arguments[0]);
    return retries ? Value{backoff::synAckGiveUp(*retries)} : noMatchingOverload("synAckGiveUp", arguments);
}

/// fitsTimer(measured, expected): kernel timers are late, never early.
Value fitsTimer(std::span<const Value> arguments)
{
    const auto* const measured = as<Duration>(arguments[0]);
    const auto* const expected = as<Duration>(arguments[1]);
    if (!measured || !expected)
        return noMatchingOverload("fitsTimer", arguments);
    return backoff::matches(*measured, *expected);
}

template<typename Unit, int modulus>
Value part(std::span<const Value> arguments)
{
    const auto* const value = as<Duration>(arguments[0]);
    if (!value)
        return noMatchingOverload("a duration function", arguments);
    const auto count = std::chrono::duration_cast<Unit>(*value).count();
    return std::int64_t{modulus == 0 ? count : count % modulus};
}

constexpr std::array table{
    Function{"duration", false, 1, 1, duration, StepStyle::None},
    Function{"seconds", false, 1, 1, seconds, StepStyle::None},
    Function{"version", false, 1, 1, version, StepStyle::None},
    Function{"synGiveUp", false, 2, 2, synGiveUp},
    Function{"synAckGiveUp", false, 1, 1, synAckGiveUp},
    Function{"fitsTimer", false, 2, 2, fitsTimer},
    Function{"getHours", true, 1, 1, part<std::chrono::hours, 0>},
    Function{"getMinutes", true, 1, 1, part<std::chrono::minutes, 0>},
    Function{"getSeconds", true, 1, 1, part<std::chrono::seconds, 0>},
    Function{"getMilliseconds", true, 1, 1, part<std::chrono::milliseconds, 1000>},
};

} // namespace

std::span<const Function> timeFunctions()
{
    return table;
}

} // namespace halfshake
