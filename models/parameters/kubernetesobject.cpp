// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/kubernetesobject.h"

#include "models/base/text.h"
#include "models/parameters/appendparameter.h"

#include <algorithm>
#include <cstdint>

namespace halfshake {

namespace {

constexpr std::string_view nginxAnnotation = "nginx.ingress.kubernetes.io/";
constexpr std::size_t mostConfigurationDepth = 8;

void addNodePort(
    const KubernetesObject& service, YamlValue number, std::string protocol, std::string portName, ParameterFile& file)
{
    if (!number.isScalar() || number.text() == "0")
        return;
    const auto place = service.text.placeOf(number);
    const auto port = toInteger<std::uint16_t>(number.text());
    if (!port) {
        file.diagnostics.add(DiagnosticCode::ParameterLineMalformed, place, {"not a port number"});
        return;
    }
    file.nodePorts.push_back({.port = *port,
        .protocol = std::move(protocol),
        .service = service.qualifiedName(),
        .portName = std::move(portName),
        .place = place});
}

/// The scalars of a sequence as "a,b"; nothing for a sequence that holds anything else.
std::optional<std::string> joined(YamlValue sequence)
{
    std::string result;
    for (const auto& item : sequence.items()) {
        if (!item.isScalar())
            return {};
        result += (result.empty() ? "" : ",") + std::string{item.text()};
    }
    return result;
}

void addFields(const KubernetesObject& object, YamlValue map, const std::string& prefix, ParameterFile& file)
{
    static constexpr std::string_view notSettings[] = {"apiVersion", "kind", "metadata"};
    if (std::ranges::count(prefix, '.') >= static_cast<std::ptrdiff_t>(mostConfigurationDepth))
        return;
    for (const auto& [name, value] : map.fields()) {
        if (prefix.ends_with('/') && std::ranges::contains(notSettings, name.text()))
            continue;
        const auto key = prefix + std::string{name.text()};
        if (value.isMap())
            addFields(object, value, key + '.', file);
        else if (!value.isSequence())
            addParameter(file, key, value, object.text).place = object.text.placeOf(name);
        else if (const auto list = joined(value)) {
            auto& parameter = addParameter(file, key, value, object.text);
            parameter.value = *list;
            parameter.place = object.text.placeOf(name);
        }
    }
}

/// kubeadm: a map up to v1beta3, a list of name and value since v1beta4.
void addExtraArguments(
    const KubernetesObject& object, std::string_view component, YamlValue arguments, ParameterFile& file)
{
    const auto prefix = std::string{component} + '/';
    for (const auto& [name, value] : arguments.fields())
        addParameter(file, prefix + std::string{name.text()}, value, object.text);
    for (const auto& argument : arguments.items())
        addParameter(file, prefix + std::string{argument["name"].text()}, argument["value"], object.text);
}

} // namespace

std::string KubernetesObject::qualifiedName() const
{
    const auto metadata = value["metadata"];
    const auto name = std::string{metadata["name"].text()};
    if (name.empty())
        return {};
    const auto space = metadata["namespace"].text();
    return (space.empty() ? "default" : std::string{space}) + '/' + name;
}

Parameter& addParameter(ParameterFile& file, std::string_view key, YamlValue value, const ManifestText& text)
{
    auto& parameter = appendParameter(file, key, value.text(), text.placeOf(value));
    parameter.layer = ParameterLayer::Orchestrator;
    parameter.provenance = ParameterProvenance::Declared;
    return parameter;
}

void readService(const KubernetesObject& object, ParameterFile& file)
{
    const auto spec = object.value["spec"];
    const auto type = spec["type"].text();
    if (type == "ClusterIP" || type == "ExternalName")
        return;
    for (const auto& port : spec["ports"].items()) {
        const auto protocol = port["protocol"].text();
        addNodePort(object, port["nodePort"], protocol.empty() ? "TCP" : std::string{protocol},
            std::string{port["name"].text()}, file);
    }
    addNodePort(object, spec["healthCheckNodePort"], "TCP", "healthCheckNodePort", file);
}

void readNode(const KubernetesObject& object, ParameterFile& file)
{
    const auto name = std::string{object.value["metadata"]["name"].text()};
    const auto info = object.value["status"]["nodeInfo"];
    for (const auto* const field :
        {"kernelVersion", "kubeletVersion", "kubeProxyVersion", "osImage", "containerRuntimeVersion"}) {
        if (!info[field].isScalar())
            continue;
        auto& parameter = addParameter(file, "node/" + name + '/' + field, info[field], object.text);
        parameter.provenance = ParameterProvenance::Running;
        parameter.host = name;
    }
    if (const auto cpus = object.value["status"]["capacity"]["cpu"]; cpus.isScalar()) {
        auto& parameter = addParameter(file, "node/" + name + "/cpus", cpus, object.text);
        parameter.provenance = ParameterProvenance::Running;
        parameter.host = name;
    }
}

void readComponentConfiguration(const KubernetesObject& object, ParameterFile& file)
{
    if (object.kind == "KubeProxyConfiguration") {
        addFields(object, object.value, "kube-proxy/", file);
    } else if (object.kind == "KubeletConfiguration") {
        addFields(object, object.value, "kubelet/", file);
    } else if (object.kind == "ClusterConfiguration") {
        addExtraArguments(object, "kube-apiserver", object.value["apiServer"]["extraArgs"], file);
        if (object.value["kubernetesVersion"].isScalar())
            addParameter(file, "kubernetes/version", object.value["kubernetesVersion"], object.text);
    }
}

void readIngress(const KubernetesObject& object, ParameterFile& file)
{
    for (const auto& [name, value] : object.value["metadata"]["annotations"].fields()) {
        if (!name.text().starts_with(nginxAnnotation))
            continue;
        const auto setting = name.text().substr(nginxAnnotation.size());
        auto& parameter =
            addParameter(file, "ingress/" + object.qualifiedName() + '/' + std::string{setting}, value, object.text);
        parameter.layer = ParameterLayer::Proxy;
        parameter.place = object.text.placeOf(name);
    }
}

} // namespace halfshake
