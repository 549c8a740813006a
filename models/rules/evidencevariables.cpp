// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/evidencevariables.h"

#include "models/capture/backoff.h"
#include "models/rules/scalar.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace halfshake {

namespace {

ObjectRef lineObject(const SourceRef& place)
{
    if (!place.evidence.isValid() || place.line == 0)
        return {};
    return {ObjectKind::Line, place.evidence, static_cast<std::uint32_t>(place.line - 1)};
}

Value at(Value value, std::string name, const SourceRef& place, ObjectRef object)
{
    value.setOrigin({.name = std::move(name), .place = place, .object = object, .isAssumed = false});
    return value;
}

Value atParameter(Value value, const ParameterStore& parameters, const Parameter& parameter)
{
    const auto row = parameters.rowOf(parameter);
    const auto object = row ? ObjectRef{ObjectKind::Parameter, {}, *row} : ObjectRef{};
    return at(std::move(value), parameter.key, parameter.place, object);
}

/// The last readable setting of that key in any file.
const Parameter* findAnywhere(const ParameterStore& parameters, std::string_view key)
{
    const Parameter* found = nullptr;
    for (const auto& file : parameters.files()) {
        if (const auto* const parameter = parameters.find(file->evidence, key); parameter && parameter->isReadable)
            found = parameter;
    }
    return found;
}

bool isClusterEvidence(const ParameterFile& file)
{
    return file.kind == ParameterFileKind::KubernetesObjects || file.kind == ParameterFileKind::KubectlServices
        || file.kind == ParameterFileKind::KubectlNodes;
}

void addNodePorts(const ParameterStore& parameters, ValueMap& k8s)
{
    if (std::ranges::none_of(parameters.files(), [](const auto& file) { return file->listsServices; }))
        return;
    ValueList services;
    for (const auto& port : parameters.nodePorts()) {
        const auto label = "NodePort of " + port.service + (port.portName.empty() ? "" : " (" + port.portName + ')');
        services.push_back(Value::map({{"port", at(std::int64_t{port.port}, label, port.place, lineObject(port.place))},
            {"protocol", port.protocol}, {"service", port.service}, {"portName", port.portName}}));
    }
    const auto all = parameters.nodePorts();
    Value set = parameters.nodePortSet("TCP");
    if (!all.empty())
        set = at(std::move(set), "allocated NodePorts", all.front().place, lineObject(all.front().place));
    k8s.emplace("nodePorts", std::move(set));
    k8s.emplace("services", Value::list(std::move(services)));
}

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

struct ProxySetting
{
    std::string_view variable;
    std::string_view directive; ///< nginx.conf
    std::string_view key; ///< ConfigMap of ingress-nginx, in seconds.
};

constexpr std::array<ProxySetting, 3> proxyTimeouts{
    {{"proxyConnectTimeout", "proxy_connect_timeout", "ingress-nginx/proxy-connect-timeout"},
        {"proxyReadTimeout", "proxy_read_timeout", "ingress-nginx/proxy-read-timeout"},
        {"proxySendTimeout", "proxy_send_timeout", "ingress-nginx/proxy-send-timeout"}}};

bool isSetting(const Parameter& parameter, const ProxySetting& setting)
{
    const std::string_view key = parameter.key;
    return parameter.layer == ParameterLayer::Proxy
        && (key == setting.key || key.substr(key.rfind('/') + 1) == setting.directive); // npos + 1 is 0
}

std::int64_t count(std::uint64_t number)
{
    return static_cast<std::int64_t>(number);
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
        sysctl.insert_or_assign(parameter.key, atParameter(std::move(value), parameters, parameter));
    }
    if (const auto* const release = dump.find("kernel.osrelease")) {
        if (const auto version = parseVersion(release->value); version && release->isReadable)
            variables.emplace("kernelVersion", atParameter(*version, parameters, *release));
    }
    variables.emplace("sysctl", Value::map(std::move(sysctl)));
    return variables;
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
    return variables;
}

ValueMap clusterVariables(const ParameterStore& parameters)
{
    const auto evidence =
        std::ranges::find_if(parameters.files(), [](const auto& file) { return isClusterEvidence(*file); });
    ValueMap k8s;
    if (evidence != parameters.files().end())
        k8s.emplace("present", true);
    addNodePorts(parameters, k8s);
    if (const auto* const mode = findAnywhere(parameters, "kube-proxy/mode"))
        k8s.emplace("proxyMode", atParameter(mode->value, parameters, *mode));
    if (const auto* const range = findAnywhere(parameters, "kube-apiserver/service-node-port-range")) {
        if (const auto ports = PortSet::parseRange(range->value))
            k8s.emplace("nodePortRange", atParameter(*ports, parameters, *range));
    }
    return {{"k8s", Value::map(std::move(k8s))}};
}

ValueMap proxyVariables(const ParameterStore& parameters, const ParameterFile& configuration)
{
    ValueMap nginx;
    for (const auto& setting : proxyTimeouts) {
        std::optional<Duration> longest;
        const Parameter* where = nullptr;
        for (const auto& parameter : settingsOf(parameters, configuration.evidence)) {
            if (!isSetting(parameter, setting))
                continue;
            const auto time = parseNginxTime(parameter.value);
            if (time && (!longest || *time > *longest)) {
                longest = time;
                where = &parameter;
            }
        }
        if (where)
            nginx.emplace(setting.variable, atParameter(*longest, parameters, *where));
    }
    return {{"nginx", Value::map(std::move(nginx))}};
}

ValueMap workloadVariables(const Workload& workload)
{
    ValueMap writes;
    for (const auto& write : workload.sysctlWrites) {
        const auto name = write.container.empty() ? write.key + " (securityContext.sysctls)"
                                                  : "sysctl -w " + write.key + " in container " + write.container;
        writes.insert_or_assign(write.key, at(sysctlValue(write.value), name, write.place, lineObject(write.place)));
    }
    ValueMap pod{{"kind", workload.kind}, {"name", workload.name}, {"sysctlWrites", Value::map(std::move(writes))},
        {"hostNetwork", at(workload.isHostNetwork, "hostNetwork", workload.place, lineObject(workload.place))}};
    return {{"pod", Value::map(std::move(pod))}};
}

ValueMap captureVariables(const FailureStatistics& statistics)
{
    if (!statistics.hasCapture)
        return {};
    ValueMap outcomes;
    for (const auto& [outcome, number] : statistics.connectionsByOutcome)
        outcomes.emplace(toString(outcome), count(number));
    ValueMap capture{{"connections", count(statistics.connections)},
        {"failedConnections", count(statistics.failedConnections)}, {"outcomes", Value::map(std::move(outcomes))},
        {"synAckArrivedUnanswered", count(statistics.synAckArrivedUnanswered)},
        {"mostSynRetransmissions", std::int64_t{statistics.mostSynRetransmissions}},
        {"longestSynAckGap", statistics.longestSynAckGap}, {"vantage", std::string(toString(statistics.vantage))},
        {"dataSegments", count(statistics.dataSegments)},
        {"dataRetransmissions", count(statistics.dataRetransmissions)}};
    if (const auto repetition = repetitionAfter(statistics.longestSynAckGap))
        capture.emplace("synAckRepetition", at(*repetition, "SYN/ACK repetition seen in the capture", {}, {}));
    return {{"capture", Value::map(std::move(capture))}};
}

bool isProxyConfiguration(const ParameterFile& file)
{
    return file.kind == ParameterFileKind::NginxConfiguration
        || std::ranges::any_of(file.parameters, [](const Parameter& parameter) {
               return std::ranges::any_of(
                   proxyTimeouts, [&parameter](const ProxySetting& setting) { return isSetting(parameter, setting); });
           });
}

} // namespace halfshake
