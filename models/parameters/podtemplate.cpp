// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"
#include "models/parameters/kubernetesobject.h"
#include "models/parameters/sysctlkey.h"
#include "models/parameters/sysctlwrites.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace halfshake {

namespace {

/// More than any container runs; finding the place of each takes a walk through its script.
constexpr std::size_t longestScript = std::size_t{64} << 10;
constexpr std::size_t mostWrites = 256;

/// The pod specification of a Pod, of whatever makes pods from a template, and of a patch to one.
YamlValue podSpecification(YamlValue object)
{
    const auto holdsContainers = [](YamlValue spec) {
        return spec["containers"].isSequence() || spec["initContainers"].isSequence();
    };
    const auto spec = object["spec"];
    for (const auto& candidate :
        {spec, spec["template"]["spec"], spec["jobTemplate"]["spec"]["template"]["spec"], object["template"]["spec"]}) {
        if (holdsContainers(candidate))
            return candidate;
    }
    return {};
}

/// A container's environment as far as the manifest states values.
ShellVariables environmentOf(YamlValue container)
{
    ShellVariables variables;
    for (const auto& variable : container["env"].items()) {
        const auto value = variable["value"];
        if (value.isScalar() && value.text().size() <= longestShellWord)
            variables.emplace(variable["name"].text(), value.text());
    }
    return variables;
}

/// Kubernetes fills "$(NAME)" in before the command runs.
std::string withEnvironment(std::string_view argument, const ShellVariables& environment)
{
    std::string result;
    while (true) {
        const auto begin = argument.find("$(");
        const auto end = begin == std::string_view::npos ? begin : argument.find(')', begin);
        if (end == std::string_view::npos)
            return result += argument;
        const auto known = environment.find(argument.substr(begin + 2, end - begin - 2));
        result += argument.substr(0, begin);
        const bool isFilledIn = known != environment.end() && result.size() + known->second.size() <= longestScript;
        result += isFilledIn ? std::string_view{known->second} : argument.substr(begin, end - begin + 1);
        argument.remove_prefix(end + 1);
    }
}

/// The flags people look for have other names in the configuration file that replaced them.
std::string configurationName(std::string_view component, std::string_view flag)
{
    using Pair = std::pair<std::string_view, std::string_view>;
    static constexpr std::array<Pair, 8> kubeProxyNames{{{"proxy-mode", "mode"},
        {"nodeport-addresses", "nodePortAddresses"}, {"conntrack-max-per-core", "conntrack.maxPerCore"},
        {"conntrack-min", "conntrack.min"}, {"conntrack-tcp-timeout-established", "conntrack.tcpEstablishedTimeout"},
        {"conntrack-tcp-timeout-close-wait", "conntrack.tcpCloseWaitTimeout"}, {"ipvs-tcp-timeout", "ipvs.tcpTimeout"},
        {"ipvs-scheduler", "ipvs.scheduler"}}};
    if (component == "kube-proxy") {
        const auto* const found = std::ranges::find(kubeProxyNames, flag, &Pair::first);
        if (found != kubeProxyNames.end())
            return std::string{found->second};
    }
    return std::string{flag};
}

class PodTemplateReader
{
public:
    PodTemplateReader(const KubernetesObject& object, ParameterFile& file) : m_object(object), m_file(file) { }

    void read(YamlValue spec);

private:
    void readContainer(YamlValue container, bool isInitContainer);
    void readPorts(YamlValue container);
    void readCommand(YamlValue container, const std::vector<YamlValue>& arguments, bool isInitContainer);
    void readFlags(const std::vector<YamlValue>& arguments);
    void doubt(YamlValue value, std::string why);

    const KubernetesObject& m_object;
    ParameterFile& m_file;
    Workload m_workload;
    std::string m_node; ///< Where a running pod is.
};

void PodTemplateReader::read(YamlValue spec)
{
    m_workload.kind = m_object.kind.empty() ? "Patch" : m_object.kind;
    m_workload.name = m_object.qualifiedName();
    m_workload.isHostNetwork = spec["hostNetwork"].text() == "true";
    m_workload.terminationGracePeriod = trimmed(spec["terminationGracePeriodSeconds"].text());
    m_workload.replicas = trimmed(m_object.value["spec"]["replicas"].text());
    m_workload.place = m_object.text.placeOf(m_object.value);
    m_node = spec["nodeName"].text();
    for (const auto& sysctl : spec["securityContext"]["sysctls"].items()) {
        SysctlWrite write;
        write.key = sysctlKey(sysctl["name"].text());
        write.value = trimmed(sysctl["value"].text());
        write.place = m_object.text.placeOf(sysctl["name"]);
        if (sysctl["name"].isScalar() && m_workload.sysctlWrites.size() < mostWrites)
            m_workload.sysctlWrites.push_back(std::move(write));
    }
    for (const auto& container : spec["initContainers"].items())
        readContainer(container, true);
    for (const auto& container : spec["containers"].items())
        readContainer(container, false);
    if (m_workload.isHostNetwork || m_workload.isIngressController || !m_workload.sysctlWrites.empty()
        || !m_workload.hostPorts.empty())
        m_file.workloads.push_back(std::move(m_workload));
}

void PodTemplateReader::readContainer(YamlValue container, bool isInitContainer)
{
    auto arguments = container["command"].items();
    const auto rest = container["args"].items();
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    readCommand(container, arguments, isInitContainer);
    readCommand(container, container["lifecycle"]["postStart"]["exec"]["command"].items(), isInitContainer);
    readFlags(arguments);
    readPorts(container);
    m_workload.isIngressController |= std::ranges::any_of(arguments, [](const YamlValue& argument) {
        return commandName(argument.text()) == "nginx-ingress-controller";
    }) || container["image"].text().contains("ingress-nginx/controller");
}

void PodTemplateReader::readPorts(YamlValue container)
{
    for (const auto& port : container["ports"].items()) {
        const auto number =
            m_workload.isHostNetwork && !port["hostPort"].isScalar() ? port["containerPort"] : port["hostPort"];
        if (const auto value = toInteger<std::uint16_t>(number.text()); value && *value > 0)
            m_workload.hostPorts.push_back({*value, m_object.text.placeOf(number)});
    }
}

void PodTemplateReader::readCommand(YamlValue container, const std::vector<YamlValue>& arguments, bool isInitContainer)
{
    const auto environment = environmentOf(container);
    std::vector<std::string> expanded;
    for (const auto& argument : arguments) {
        const bool isTooLong = argument.text().size() > longestScript;
        if (isTooLong)
            doubt(argument, "script too long");
        expanded.push_back(isTooLong ? std::string{} : withEnvironment(argument.text(), environment));
    }
    std::map<std::size_t, ScalarText> places;
    for (auto& assignment : sysctlAssignments({expanded.begin(), expanded.end()}, environment)) {
        const auto& argument = arguments[assignment.argument];
        if (m_workload.sysctlWrites.size() >= mostWrites)
            return doubt(argument, "too many sysctl writes");
        const auto place = places.try_emplace(assignment.argument, m_object.text.scalarText(argument)).first;
        auto& write = m_workload.sysctlWrites.emplace_back();
        write.key = toValidUtf8(assignment.key);
        write.value = toValidUtf8(assignment.value);
        write.container = toValidUtf8(container["name"].text());
        write.isInitContainer = isInitContainer;
        write.place = place->second.placeAt(assignment.offset, assignment.writtenKey);
    }
}

void PodTemplateReader::doubt(YamlValue value, std::string why)
{
    m_file.diagnostics.add(DiagnosticCode::ParameterLineMalformed, m_object.text.placeOf(value), {std::move(why)});
}

void PodTemplateReader::readFlags(const std::vector<YamlValue>& arguments)
{
    static constexpr std::string_view components[] = {"kube-apiserver", "kube-proxy"};
    if (arguments.empty() || !std::ranges::contains(components, commandName(arguments.front().text())))
        return;
    const auto component = commandName(arguments.front().text());
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        auto flag = arguments[i].text();
        if (!flag.starts_with("--"))
            continue;
        flag.remove_prefix(2);
        const auto equals = flag.find('=');
        auto value = equals == std::string_view::npos ? std::string_view{} : flag.substr(equals + 1);
        if (equals == std::string_view::npos && i + 1 < arguments.size() && !arguments[i + 1].text().starts_with('-'))
            value = arguments[i + 1].text();
        const auto key = std::string{component} + '/' + configurationName(component, flag.substr(0, equals));
        auto& parameter = addParameter(m_file, key, arguments[i], m_object.text);
        parameter.value = toValidUtf8(trimmed(value));
        parameter.host = m_node;
    }
}

} // namespace

void readPodTemplate(const KubernetesObject& object, ParameterFile& file)
{
    if (const auto spec = podSpecification(object.value); spec.isPresent())
        PodTemplateReader{object, file}.read(spec);
}

} // namespace halfshake
