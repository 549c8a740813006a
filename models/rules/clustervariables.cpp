// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"
#include "models/rules/evidencevariables.h"
#include "models/rules/expression.h"
#include "models/rules/scalar.h"
#include "models/rules/socketvariables.h"
#include "models/rules/sourcedvalue.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace halfshake {

namespace {

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
    const auto all = parameters.nodePorts();
    for (const auto& port : all) {
        const auto label = "NodePort of " + port.service + (port.portName.empty() ? "" : " (" + port.portName + ')');
        services.push_back(Value::map({{"port", sourced(std::int64_t{port.port}, label, port.place)},
            {"protocol", port.protocol}, {"service", port.service}, {"portName", port.portName}}));
    }
    Value set = parameters.nodePortSet("TCP");
    if (!all.empty())
        set = sourced(std::move(set), "allocated NodePorts", all.front().place);
    k8s.emplace("nodePorts", std::move(set));
    k8s.emplace("services", Value::list(std::move(services)));
}

/// Ports of nodes that containers hold, of every manifest that was given.
void addHostPorts(const ParameterStore& parameters, ValueMap& k8s)
{
    std::vector<PortRange> ranges;
    const HostPort* first = nullptr;
    for (const auto* const workload : parameters.workloads()) {
        for (const auto& port : workload->hostPorts) {
            ranges.push_back({port.port, port.port});
            first = first ? first : &port;
        }
    }
    if (first)
        k8s.emplace("hostPorts", sourced(PortSet(std::move(ranges)), "hostPort of containers", first->place));
}

/// Whether these are the sockets of a node: kubelet listens there.
bool isNodesSockets(const ParameterStore& parameters, const ParameterFile& file)
{
    return std::ranges::any_of(settingsOf(parameters, file.evidence), [](const Parameter& parameter) {
        return parameter.key.starts_with("ss/listen/") && parameter.key.contains(":10250/");
    });
}

/// Ports of nodes that something holds: hostPorts and the listening sockets of nodes.
void addHeldPorts(const ParameterStore& parameters, ValueMap& k8s)
{
    std::vector<const ParameterFile*> sockets;
    for (const auto& file : parameters.files()) {
        if (file->kind == ParameterFileKind::SocketTables && isNodesSockets(parameters, *file))
            sockets.push_back(file.get());
    }
    const auto listening =
        Expression::parse("sockets.listenPorts")->evaluate({{"sockets", socketVariables(parameters, sockets)}}).value;
    const auto hostPorts = k8s.find("hostPorts");
    if (const auto* const ports = as<PortSet>(listening)) {
        auto all = listening;
        if (hostPorts != k8s.end())
            all = sourced(
                ports->unite(*as<PortSet>(hostPorts->second)), listening.origin()->name, listening.origin()->place);
        k8s.emplace("heldPorts", std::move(all));
    } else if (hostPorts != k8s.end()) {
        k8s.emplace("heldPorts", hostPorts->second);
    }
}

/// What manifests write into the kernel of nodes.
void addNodeWrites(const ParameterStore& parameters, ValueMap& k8s)
{
    ValueList writes;
    for (const auto* const workload : parameters.workloads()) {
        for (const auto& write : workload->sysctlWrites) {
            if (!workload->isHostNetwork || write.container.empty())
                continue;
            const auto name = "sysctl -w " + write.key + " in " + workload->kind + ' ' + workload->name;
            writes.push_back(Value::map({{"key", write.key}, {"workload", workload->kind + ' ' + workload->name},
                {"value", sourced(write.value, name, write.place)}}));
        }
    }
    if (!parameters.workloads().empty())
        k8s.emplace("nodeWrites", Value::list(std::move(writes)));
}

/// How many pods of the ingress controller a Deployment asks for.
void addIngressReplicas(const ParameterStore& parameters, ValueMap& k8s)
{
    for (const auto* const workload : parameters.workloads()) {
        const auto replicas = toInteger<std::int64_t>(workload->replicas);
        if (workload->isIngressController && replicas)
            k8s.insert_or_assign("ingressReplicas", sourced(*replicas, "replicas", workload->place));
    }
}

/// The versions of kube-proxy or kubelet on the nodes, as the nodes state them.
void addVersions(const ParameterStore& parameters, ValueMap& k8s)
{
    ValueList versions;
    for (const auto& parameter : parameters.parameters()) {
        const std::string_view key = parameter.key;
        const bool isNodes =
            key.starts_with("node/") && (key.ends_with("/kubeletVersion") || key.ends_with("/version"));
        if (!isNodes && key != "kubernetes/version")
            continue;
        if (const auto version = parseVersion(parameter.value))
            versions.push_back(sourced(*version, parameters, parameter));
    }
    if (!versions.empty())
        k8s.emplace("versions", Value::list(std::move(versions)));
}

void addFlag(const ParameterStore& parameters, std::string_view key, const char* name, ValueMap& k8s)
{
    if (const auto* const parameter = findAnywhere(parameters, key))
        k8s.emplace(name, sourced(trimmed(parameter->value) == "true", parameters, *parameter));
}

/// A duration as Go writes it ("15m0s"); 0 is kube-proxy's "leave it as it is".
void addDuration(const ParameterStore& parameters, std::string_view key, const char* name, ValueMap& k8s)
{
    const auto* const parameter = findAnywhere(parameters, key);
    const auto duration = parameter ? parseDuration(parameter->value) : std::optional<Duration>{};
    if (duration && *duration > Duration::zero())
        k8s.emplace(name, sourced(*duration, parameters, *parameter));
}

Value listOfWords(std::string_view text)
{
    ValueList items;
    for (const auto part : split(text, ',')) {
        if (!trimmed(part).empty())
            items.push_back(std::string(trimmed(part)));
    }
    return Value::list(std::move(items));
}

} // namespace

ValueMap clusterVariables(const ParameterStore& parameters)
{
    const auto evidence =
        std::ranges::find_if(parameters.files(), [](const auto& file) { return isClusterEvidence(*file); });
    ValueMap k8s;
    if (evidence != parameters.files().end())
        k8s.emplace("present", true);
    addNodePorts(parameters, k8s);
    addHostPorts(parameters, k8s);
    addHeldPorts(parameters, k8s);
    addNodeWrites(parameters, k8s);
    addIngressReplicas(parameters, k8s);
    addVersions(parameters, k8s);
    if (const auto* const mode = findAnywhere(parameters, "kube-proxy/mode"))
        k8s.emplace("proxyMode", sourced(mode->value, parameters, *mode));
    if (const auto* const range = findAnywhere(parameters, "kube-apiserver/service-node-port-range")) {
        if (const auto ports = PortSet::parseRange(range->value))
            k8s.emplace("nodePortRange", sourced(*ports, parameters, *range));
    }
    addFlag(parameters, "kubelet/protectKernelDefaults", "protectKernelDefaults", k8s);
    if (const auto* const allowed = findAnywhere(parameters, "kubelet/allowedUnsafeSysctls"))
        k8s.emplace("allowedUnsafeSysctls", sourced(listOfWords(allowed->value), parameters, *allowed));
    addDuration(parameters, "kube-proxy/ipvs.tcpTimeout", "ipvsTcpTimeout", k8s);
    if (const auto* const shutdown = findAnywhere(parameters, "ingress-nginx/worker-shutdown-timeout")) {
        if (const auto time = parseNginxTime(shutdown->value))
            k8s.emplace("workerShutdownTimeout", sourced(*time, parameters, *shutdown));
    }
    return {{"k8s", Value::map(std::move(k8s))}};
}

ValueMap typedVariables(const ParameterStore& parameters)
{
    ValueMap balancer;
    if (const auto* const mode = findAnywhere(parameters, "load-balancer/mode"))
        balancer.emplace("mode", sourced(mode->value == "https" ? "http" : mode->value, parameters, *mode));
    const auto addTime = [&parameters](std::string_view key, const char* name, ValueMap& fields) {
        const auto* const parameter = findAnywhere(parameters, key);
        if (const auto time = parameter ? parseNginxTime(parameter->value) : std::optional<Duration>{})
            fields.emplace(name, sourced(*time, parameters, *parameter));
    };
    addTime("load-balancer/idle-timeout", "idleTimeout", balancer);
    addTime("load-balancer/response-timeout", "responseTimeout", balancer);
    ValueMap client;
    addTime("client/timeout", "timeout", client);
    return {{"loadBalancer", Value::map(std::move(balancer))}, {"client", Value::map(std::move(client))}};
}

} // namespace halfshake
