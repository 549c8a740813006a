// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/diagnosis/observedcounters.h"

#include "models/base/text.h"
#include "models/rules/hostdump.h"
#include "models/rules/observations.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>

namespace halfshake {

namespace {

/// Counters of TCP that nstat and netstat leave out where they are 0, and that causes ask for.
constexpr std::array<std::string_view, 4> omittedZeros{
    "TcpExt/IPReversePathFilter", "TcpExt/ListenDrops", "TcpExt/ListenOverflows", "TcpExt/TCPReqQFullDrop"};

struct Series
{
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::size_t samples = 0;
    const Parameter* where = nullptr; ///< Of the sample with the most.

    void add(std::int64_t value, const Parameter& parameter)
    {
        if (samples == 0 || value > most) {
            most = value;
            where = &parameter;
        }
        least = samples == 0 ? value : std::min(least, value);
        ++samples;
    }
    [[nodiscard]] std::int64_t counted() const { return samples > 1 ? most - least : most; }
};

/// Samples of one host belong together.
std::string hostOf(const ParameterStore& parameters, EvidenceId evidence)
{
    const auto scope = parameters.scopeOf(evidence);
    return scope.host + '/' + scope.networkNamespace + '/' + sampleGroup(scope.label);
}

} // namespace

Value observedVariables(const ParameterStore& parameters)
{
    std::map<std::string, std::map<std::string_view, Series>> hosts;
    for (const auto& file : parameters.files()) {
        if (file->kind != ParameterFileKind::KernelCounters)
            continue;
        auto& series = hosts[hostOf(parameters, file->evidence)];
        for (const auto& parameter : settingsOf(parameters, file->evidence)) {
            if (const auto value = toInteger<std::int64_t>(parameter.value))
                series[parameter.key].add(*value, parameter);
        }
    }
    if (hosts.empty())
        return Value::map({});
    std::map<std::string, std::pair<std::int64_t, const Parameter*>> most;
    bool hasTcp = false;
    for (const auto& [host, series] : hosts) {
        for (const auto& [key, values] : series) {
            auto& best = most[std::string(key)];
            if (!best.second || values.counted() > best.first)
                best = {values.counted(), values.where};
            hasTcp = hasTcp || key.starts_with("TcpExt/");
        }
    }
    ValueMap counters;
    for (const auto& [key, counted] : most) {
        Value value = counted.first;
        const auto row = parameters.rowOf(*counted.second);
        value.setOrigin({.name = key,
            .place = counted.second->place,
            .object = row ? ObjectRef{ObjectKind::Parameter, {}, *row} : ObjectRef{},
            .isAssumed = false});
        counters.emplace(key, std::move(value));
    }
    for (const auto key : omittedZeros) {
        if (hasTcp)
            counters.emplace(key, std::int64_t{0});
    }
    return Value::map({{"counters", Value::map(std::move(counters))}});
}

} // namespace halfshake
