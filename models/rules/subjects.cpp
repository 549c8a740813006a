// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/subjects.h"

#include "models/base/text.h"
#include "models/rules/evidencevariables.h"
#include "models/rules/hostcomparison.h"
#include "models/rules/observations.h"
#include "models/rules/persistedsettings.h"
#include "models/rules/proxynamespace.h"
#include "models/rules/sourcedvalue.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace halfshake {

namespace {

std::string labelsOf(const std::vector<HostDump>& dumps)
{
    constexpr std::size_t mostLabels = 8;
    std::string labels;
    for (std::size_t i = 0; i < std::min(dumps.size(), mostLabels); ++i)
        labels += (labels.empty() ? "" : ", ") + dumps[i].label;
    return dumps.size() > mostLabels ? labels + ", ..." : labels;
}

bool agrees(const std::string& a, const std::string& b)
{
    return a.empty() || b.empty() || a == b;
}

/// Variables that are observed rather than set.
bool isObservation(std::string_view name)
{
    static constexpr std::array<std::string_view, 4> names{
        "counters", "kernelMessages", "sockets", "trackedConnections"};
    return std::ranges::contains(names, name);
}

const Value* counterOf(const ValueMap& variables, const char* key)
{
    const auto it = variables.find("counters");
    const auto* const counters = it == variables.end() ? nullptr : as<std::shared_ptr<const ValueMap>>(it->second);
    const auto found = counters ? (*counters)->find(key) : ValueMap::const_iterator{};
    return counters && found != (*counters)->end() ? &found->second : nullptr;
}

/// What Node objects and people say about machines.
std::vector<const Parameter*> machineFacts(const ParameterStore& parameters)
{
    std::vector<const Parameter*> facts;
    for (const auto& parameter : parameters.parameters()) {
        const std::string_view key = parameter.key;
        if ((key.starts_with("node/") && key.ends_with("/cpus")) || key == "os/cpus" || key == "os/memory")
            facts.push_back(&parameter);
    }
    return facts;
}

/// cpus and memory (bytes) of a host: observed, as its Node object states them, or typed.
ValueMap machineVariables(const ParameterStore& parameters, const std::vector<const Parameter*>& facts,
    const std::string& host, const ValueMap& variables)
{
    ValueMap machine;
    if (const auto* const kilobytes = counterOf(variables, "meminfo/MemTotal"))
        machine.emplace("memory", std::int64_t{1024} * *as<std::int64_t>(*kilobytes));
    if (const auto* const cpus = counterOf(variables, "cpus"))
        machine.emplace("cpus", *cpus);
    for (const auto* const fact : facts) {
        const bool isMeant = fact->key.starts_with("os/") || (!host.empty() && fact->key == "node/" + host + "/cpus");
        const auto number = toInteger<std::int64_t>(fact->value);
        if (isMeant && number && *number > 0)
            machine.emplace(fact->key == "os/memory" ? "memory" : "cpus", sourced(*number, parameters, *fact));
    }
    return machine;
}

std::set<std::string> namesOf(const ValueMap& variables)
{
    std::set<std::string> names;
    for (const auto& [name, value] : variables)
        names.insert(name);
    return names;
}

} // namespace

ValueMap proxyNamespaceVariables(
    const ParameterStore& parameters, const Correlation& correlation, const ParameterFile* proxyConfiguration)
{
    const auto dumps = proxyDumps(parameters, correlation, proxyConfiguration);
    const auto whose =
        dumps.size() > 1 ? "the proxy's network namespace, which may be " + labelsOf(dumps) : std::string{};
    return dumpVariables(parameters, dumps, whose);
}

bool speaksAbout(const Rule& rule, const Subject& subject)
{
    if (rule.subject != subject.kind)
        return false;
    if (subject.own.empty())
        return true;
    bool needsObservation = false;
    bool hasInput = false;
    for (const auto& input : rule.inputs) {
        const auto path = input.name.path();
        const bool isOwn = subject.own.contains(path.front());
        if (input.isRequired && isObservation(path.front())) {
            if (isOwn)
                return true;
            needsObservation = true;
        }
        hasInput |= isOwn;
    }
    return hasInput && !needsObservation;
}

namespace {

class SubjectBuilder
{
public:
    SubjectBuilder(const ParameterStore& parameters, const Correlation& correlation)
        : m_parameters(parameters)
        , m_correlation(correlation)
        , m_dumps(hostDumps(parameters))
        , m_observations(observationsOf(parameters))
        , m_persisted(persistedSettingsOf(parameters))
        , m_machineFacts(machineFacts(parameters))
    {
        m_cluster = clusterVariables(parameters);
        m_shared = m_cluster;
        m_shared.merge(typedVariables(parameters));
        m_shared.merge(captureVariables(correlation.statistics));
        m_shared.merge(loggedFailureVariables(correlation.statistics));
        m_isPlaced.resize(m_observations.size());
    }

    std::vector<Subject> run()
    {
        for (const auto& dump : m_dumps)
            addDump(dump);
        for (std::size_t i = 0; i < m_observations.size(); ++i) {
            if (!m_isPlaced[i])
                addObservations(m_observations[i]);
        }
        for (const auto& file : m_parameters.files()) {
            if (isProxyConfiguration(*file))
                addProxy(*file);
            for (const auto& workload : file->workloads)
                add(RuleSubject::Manifest, workload.kind + ' ' + workload.name, workloadVariables(workload));
            addApplications(*file);
        }
        addPath();
        addCluster();
        if (auto hosts = hostVariables(m_parameters, m_dumps); !hosts.empty())
            add(RuleSubject::Hosts, "all hosts", std::move(hosts));
        for (const auto& settings : m_persisted)
            addConfiguration(settings);
        return std::move(m_subjects);
    }

private:
    void add(RuleSubject kind, std::string label, ValueMap variables, std::set<std::string> own = {})
    {
        variables.insert(m_shared.begin(), m_shared.end());
        m_subjects.push_back({kind, std::move(label), std::move(variables), std::move(own)});
    }

    void addHost(const std::string& label, const ValueMap& variables, const std::set<std::string>& own)
    {
        add(RuleSubject::Node, label, variables, own);
        add(RuleSubject::NetworkNamespace, label, variables, own);
    }

    void addDump(const HostDump& dump)
    {
        auto variables = dumpVariables(m_parameters, dump);
        variables.emplace("interfaces", interfaceVariables(m_parameters, dump));
        for (std::size_t i = 0; i < m_observations.size(); ++i) {
            if (!belongsTo(m_observations[i], dump))
                continue;
            m_isPlaced[i] = true;
            variables.merge(observationVariables(m_parameters, m_observations[i]));
        }
        for (const auto& settings : m_persisted) {
            if (belongsTo(settings.host, dump))
                variables.emplace("persisted", persistedVariables(m_parameters, settings));
        }
        if (auto host = machineVariables(m_parameters, m_machineFacts, dump.host, variables); !host.empty())
            variables.emplace("host", Value::map(std::move(host)));
        const auto own = namesOf(variables);
        addHost(dump.label, variables, own);
    }

    /// What is stated decides; where nothing is, the only dump is meant.
    [[nodiscard]] bool belongsTo(const Observations& observations, const HostDump& dump) const
    {
        const auto isOfKind = [](const Observations& a, const Observations& b) { return a.names() == b.names(); };
        if (!observations.host.empty() && observations.host == dump.host) {
            return observations.networkNamespace == dump.networkNamespace
                && (!dump.networkNamespace.empty() || isOnlyDumpOf(dump.host));
        }
        return m_dumps.size() == 1 && agrees(observations.host, dump.host)
            && agrees(observations.networkNamespace, dump.networkNamespace)
            && std::ranges::count_if(
                   m_observations, [&](const Observations& other) { return isOfKind(other, observations); })
            == 1;
    }

    [[nodiscard]] bool belongsTo(const std::string& host, const HostDump& dump) const
    {
        return host.empty() ? m_dumps.size() == 1
                            : host == dump.host && (isOnlyDumpOf(host) || dump.isInitialNamespace);
    }

    [[nodiscard]] bool isOnlyDumpOf(const std::string& host) const
    {
        return std::ranges::count(m_dumps, host, &HostDump::host) == 1;
    }

    /// Observations of a host whose dump is not given for sure: settings count as far as all dumps that may be meant
    /// agree.
    void addObservations(const Observations& observations)
    {
        auto variables = observationVariables(m_parameters, observations);
        auto own = namesOf(variables);
        std::vector<HostDump> candidates;
        for (const auto& dump : m_dumps) {
            if (agrees(observations.host, dump.host) && agrees(observations.networkNamespace, dump.networkNamespace))
                candidates.push_back(dump);
        }
        const auto whose = "the namespace of " + observations.label + ", which may be that of " + labelsOf(candidates);
        variables.merge(dumpVariables(m_parameters, candidates, whose));
        addHost(observations.label, variables, own);
    }

    void addProxy(const ParameterFile& configuration)
    {
        auto variables = proxyVariables(m_parameters, configuration);
        variables.merge(proxyNamespaceVariables(m_parameters, m_correlation, &configuration));
        const auto label = labelWithDump(configuration);
        add(RuleSubject::Proxy, label, variables);
        bool hasApplication = false;
        for (const auto& file : m_parameters.files()) {
            for (auto& application : applicationVariables(m_parameters, *file)) {
                auto both = variables;
                both.merge(std::move(application));
                add(RuleSubject::Chain, label + " and " + m_parameters.scopeOf(file->evidence).label, std::move(both));
                hasApplication = true;
            }
        }
        if (!hasApplication)
            add(RuleSubject::Chain, label, std::move(variables));
    }

    void addApplications(const ParameterFile& file)
    {
        for (auto& application : applicationVariables(m_parameters, file)) {
            const auto port = Expression::parse("tomcat.port")->evaluate(application).value;
            const auto label = m_parameters.scopeOf(file.evidence).label;
            const auto* const number = as<std::string>(port);
            add(RuleSubject::Application, number ? label + " port " + *number : label, std::move(application));
        }
    }

    std::string labelWithDump(const ParameterFile& configuration) const
    {
        const auto label = m_parameters.scopeOf(configuration.evidence).label;
        const auto dumps = proxyDumps(m_parameters, m_correlation, &configuration);
        return dumps.size() == 1 ? label + " in " + dumps[0].label : label;
    }

    /// From the proxy to its upstreams, as the captures show it against what the proxy's host states.
    void addPath()
    {
        if (!m_correlation.statistics.hasCapture)
            return;
        const auto dumps = proxyDumps(m_parameters, m_correlation, nullptr);
        const auto label = dumps.size() == 1 ? dumps[0].label : "proxy to upstreams";
        auto variables = proxyNamespaceVariables(m_parameters, m_correlation, nullptr);
        std::vector<HostDump> servers;
        for (const auto& dump : m_dumps) {
            const auto isSame = [&dump](
                                    const HostDump& other) { return other.settings.data() == dump.settings.data(); };
            if (dumps.size() == 1 && !dump.isInitialNamespace && std::ranges::none_of(dumps, isSame))
                servers.push_back(dump);
        }
        auto server = dumpVariables(m_parameters, servers, "the servers' network namespaces");
        if (const auto sysctl = server.find("sysctl"); sysctl != server.end())
            variables.emplace("serverSysctl", sysctl->second);
        add(RuleSubject::Path, label, std::move(variables));
    }

    void addCluster()
    {
        const auto& k8s = *std::get<std::shared_ptr<const ValueMap>>(m_cluster.at("k8s").variant());
        if (!k8s.empty())
            add(RuleSubject::Cluster, "the cluster", {});
    }

    void addConfiguration(const PersistedSettings& settings)
    {
        ValueMap variables{{"configuration", configurationVariables(m_parameters, settings)}};
        std::vector<HostDump> hosts;
        for (const auto& dump : m_dumps) {
            if (agrees(settings.host, dump.host))
                hosts.push_back(dump);
        }
        variables.merge(dumpVariables(m_parameters, hosts, "the host of " + settings.label));
        add(RuleSubject::Configuration, settings.label, std::move(variables));
    }

    const ParameterStore& m_parameters;
    const Correlation& m_correlation;
    std::vector<HostDump> m_dumps;
    std::vector<Observations> m_observations;
    std::vector<PersistedSettings> m_persisted;
    std::vector<const Parameter*> m_machineFacts;
    std::vector<bool> m_isPlaced; ///< Observations that stand with a dump.
    ValueMap m_cluster;
    ValueMap m_shared;
    std::vector<Subject> m_subjects;
};

} // namespace

std::vector<Subject> subjectsOf(const ParameterStore& parameters, const Correlation& correlation)
{
    return SubjectBuilder(parameters, correlation).run();
}

} // namespace halfshake
