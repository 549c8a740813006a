// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/evidencevariables.h"

#include "models/capture/backoff.h"
#include "models/rules/scalar.h"
#include "models/rules/sourcedvalue.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace halfshake {

namespace {

/// Which repetition of a SYN/ACK comes that long after the one before it: 1 after 1 s, 2 after 2 s, 3 after 4 s.
std::optional<std::int64_t> repetitionAfter(Duration gap)
{
    if (gap == Duration::zero())
        return 0;
    for (int repetition = 1; repetition <= 8; ++repetition) {
        if (backoff::matches(gap, std::chrono::seconds{1 << (repetition - 1)}))
            return repetition;
    }
    return {};
}

std::int64_t count(std::uint64_t number)
{
    return static_cast<std::int64_t>(number);
}

/// Ports repeat, so they are a list, not a set. More than this tell nothing new.
Value portList(const std::vector<std::uint16_t>& ports)
{
    constexpr std::size_t mostPorts = 50'000;
    ValueList list;
    for (const auto port : std::span(ports).first(std::min(ports.size(), mostPorts)))
        list.emplace_back(std::int64_t{port});
    return Value::list(std::move(list));
}

} // namespace

ValueMap dumpVariables(const ParameterStore& parameters, const HostDump& dump)
{
    ValueMap sysctl;
    ValueMap variables;
    for (const auto& parameter : dump.settings) {
        if (parameter.layer != ParameterLayer::Kernel)
            continue;
        auto value = parameter.isReadable ? sysctlValue(parameter.value)
                                          : Value::unknown(parameter.key + " of " + dump.label + " (not readable)");
        sysctl.insert_or_assign(parameter.key, sourced(std::move(value), parameters, parameter));
    }
    if (const auto* const release = dump.find("kernel.osrelease")) {
        if (const auto version = parseVersion(release->value); version && release->isReadable)
            variables.emplace("kernelVersion", sourced(*version, parameters, *release));
    }
    variables.emplace("sysctl", Value::map(std::move(sysctl)));
    variables.emplace("dump",
        Value::map({{"isComplete", dump.isComplete}, {"isInitialNamespace", dump.isInitialNamespace},
            {"deniedKeys",
                static_cast<std::int64_t>(std::ranges::count(dump.settings, false, &Parameter::isReadable))}}));
    return variables;
}

Value interfaceVariables(const ParameterStore& parameters, const HostDump& dump)
{
    constexpr std::string_view prefix = "net.ipv4.conf.";
    constexpr std::string_view suffix = ".rp_filter";
    ValueList interfaces;
    for (const auto& parameter : dump.settings) {
        const std::string_view key = parameter.key;
        const bool isOfInterface =
            key.starts_with(prefix) && key.ends_with(suffix) && key.size() > prefix.size() + suffix.size();
        if (!isOfInterface || !parameter.isReadable)
            continue;
        auto name = std::string(key.substr(prefix.size(), key.size() - prefix.size() - suffix.size()));
        if (name == "all" || name == "default")
            continue;
        std::ranges::replace(name, '/', '.'); // sysctl prints a dot of the name as a slash
        interfaces.push_back(Value::map(
            {{"name", std::move(name)}, {"rpFilter", sourced(sysctlValue(parameter.value), parameters, parameter)}}));
    }
    return Value::list(std::move(interfaces));
}

ValueMap dumpVariables(const ParameterStore& parameters, std::span<const HostDump> dumps, const std::string& whose)
{
    if (dumps.empty())
        return {};
    auto variables = dumpVariables(parameters, dumps.front());
    using Map = std::shared_ptr<const ValueMap>;
    auto sysctl = *std::get<Map>(variables.at("sysctl").variant());
    for (const auto& dump : dumps.subspan(1)) {
        const auto other = dumpVariables(parameters, dump);
        const auto& otherSysctl = *std::get<Map>(other.at("sysctl").variant());
        for (auto& [key, value] : sysctl) {
            const auto it = otherSysctl.find(key);
            if (it == otherSysctl.end() || toString(it->second) != toString(value))
                value = Value::unknown(key + " of " + whose);
        }
        const auto version = other.find("kernelVersion");
        const auto own = variables.find("kernelVersion");
        if (own != variables.end() && (version == other.end() || toString(version->second) != toString(own->second)))
            own->second = Value::unknown("kernel version of " + whose);
    }
    variables.insert_or_assign("sysctl", Value::map(std::move(sysctl)));
    variables.erase("dump");
    return variables;
}

ValueMap captureVariables(const FailureStatistics& statistics)
{
    if (!statistics.hasCapture)
        return {};
    ValueMap outcomes;
    for (int each = 0; each <= std::to_underlying(HandshakeOutcome::Indeterminate); ++each)
        outcomes.emplace(toString(static_cast<HandshakeOutcome>(each)), std::int64_t{0});
    for (const auto& [outcome, number] : statistics.connectionsByOutcome)
        outcomes.insert_or_assign(std::string(toString(outcome)), count(number));
    ValueMap capture{{"connections", count(statistics.connections)},
        {"failedConnections", count(statistics.failedConnections)}, {"outcomes", Value::map(std::move(outcomes))},
        {"synAckArrivedUnanswered", count(statistics.synAckArrivedUnanswered)},
        {"mostSynRetransmissions", std::int64_t{statistics.mostSynRetransmissions}},
        {"longestSynAckGap", statistics.longestSynAckGap}, {"vantage", std::string(toString(statistics.vantage))},
        {"dataSegments", count(statistics.dataSegments)},
        {"dataRetransmissions", count(statistics.dataRetransmissions)},
        {"failedClientPorts", portList(statistics.failedClientPorts)},
        {"completedClientPorts", portList(statistics.completedClientPorts)}};
    if (const auto repetition = repetitionAfter(statistics.longestSynAckGap))
        capture.emplace("synAckRepetition", sourced(*repetition, "SYN/ACK repetition seen in the capture", {}));
    return {{"capture", Value::map(std::move(capture))}};
}

ValueMap loggedFailureVariables(const FailureStatistics& statistics)
{
    if (!statistics.hasAccessLog && !statistics.hasErrorLog)
        return {};
    ValueMap classes;
    for (int each = 0; each <= std::to_underlying(ErrorClass::Other); ++each)
        classes.emplace(toString(static_cast<ErrorClass>(each)), std::int64_t{0});
    for (const auto& [errorClass, number] : statistics.failedByClass)
        classes.insert_or_assign(std::string(toString(errorClass)), count(number));
    ValueMap log{{"errorClasses", Value::map(std::move(classes))}};
    if (statistics.hasAccessLog) {
        log.emplace("requests", count(statistics.requests));
        log.emplace("attempts", count(statistics.upstreamAttempts));
        log.emplace("failedAttempts", count(statistics.failedAttempts));
    }
    if (statistics.typicalGiveUp)
        log.emplace("typicalGiveUp", *statistics.typicalGiveUp);
    return {{"log", Value::map(std::move(log))}};
}

} // namespace halfshake
