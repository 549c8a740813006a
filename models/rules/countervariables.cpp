// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/countervariables.h"

#include "models/base/text.h"
#include "models/parameters/kernelmessages.h"
#include "models/rules/hostdump.h"
#include "models/rules/sourcedvalue.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>

namespace halfshake {

namespace {

/// Values that fall too: what is there now, not what happened since boot.
bool isGauge(std::string_view key)
{
    static constexpr std::array<std::string_view, 4> prefixes{"sockstat/", "meminfo/", "ipvs/", "neighbour/entries"};
    static constexpr std::array<std::string_view, 8> gauges{"Tcp/CurrEstab", "Tcp/MaxConn", "Tcp/RtoAlgorithm",
        "Tcp/RtoMax", "Tcp/RtoMin", "MPTcpExt/MPCurrEstab", "conntrack/entries", "cpus"};
    return std::ranges::contains(gauges, key)
        || std::ranges::any_of(prefixes, [key](std::string_view prefix) { return key.starts_with(prefix); });
}

/// Counters that rules ask for and that are left out where they are 0.
constexpr std::array<std::string_view, 10> omittedZeros{"TcpExt/IPReversePathFilter", "TcpExt/ListenDrops",
    "TcpExt/ListenOverflows", "TcpExt/PAWSActive", "TcpExt/PAWSPassive", "TcpExt/SyncookiesSent",
    "TcpExt/TCPReqQFullDoCookies", "TcpExt/TCPReqQFullDrop", "TcpExt/TCPTimeWaitOverflow", "TcpExt/TCPMemoryPressures"};

struct Series
{
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::int64_t last = 0;
    std::size_t samples = 0;
    const Parameter* where = nullptr; ///< The sample with the most.

    void add(std::int64_t value, const Parameter& parameter)
    {
        if (samples == 0 || value < least)
            least = value;
        if (samples == 0 || value > most) {
            most = value;
            where = &parameter;
        }
        last = value;
        ++samples;
    }
};

} // namespace

ValueMap counterVariables(const ParameterStore& parameters, std::span<const ParameterFile* const> samples)
{
    std::map<std::string_view, Series> series;
    for (const auto* const sample : samples) {
        for (const auto& parameter : settingsOf(parameters, sample->evidence)) {
            if (const auto value = toInteger<std::int64_t>(parameter.value))
                series[parameter.key].add(*value, parameter);
        }
    }
    ValueMap counters;
    bool areDifference = false;
    bool hasTcp = false;
    for (const auto& [key, values] : series) {
        const bool isDifference = values.samples > 1 && !isGauge(key);
        const auto number = isGauge(key) ? values.last : isDifference ? values.most - values.least : values.most;
        counters.emplace(key, sourced(number, parameters, *values.where));
        areDifference |= isDifference;
        hasTcp |= key.starts_with("TcpExt/");
    }
    for (const auto key : omittedZeros) {
        if (hasTcp)
            counters.emplace(key, std::int64_t{0});
    }
    return {{"counters", Value::map(std::move(counters))}, {"countersAreDifference", areDifference}};
}

Value kernelMessageVariables(const ParameterStore& parameters, std::span<const ParameterFile* const> samples)
{
    ValueMap messages;
    for (const auto* const sample : samples) {
        for (const auto& parameter : settingsOf(parameters, sample->evidence)) {
            const auto number = toInteger<std::int64_t>(parameter.value);
            if (!number || !parameter.key.starts_with(kernelMessagePrefix))
                continue;
            auto& sum = messages[parameter.key.substr(kernelMessagePrefix.size())];
            const auto* const before = as<std::int64_t>(sum);
            sum = sourced((before ? *before : 0) + *number, parameters, parameter);
        }
    }
    for (const auto kind : kernelMessageKinds())
        messages.emplace(kind, std::int64_t{0});
    return Value::map(std::move(messages));
}

} // namespace halfshake
