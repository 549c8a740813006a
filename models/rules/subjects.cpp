// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/subjects.h"

#include "models/rules/evidencevariables.h"
#include "models/rules/proxynamespace.h"

#include <utility>

namespace halfshake {

namespace {

std::string labelsOf(const std::vector<HostDump>& dumps)
{
    std::string labels;
    for (const auto& dump : dumps)
        labels += (labels.empty() ? "" : ", ") + dump.label;
    return labels;
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

namespace {

class SubjectBuilder
{
public:
    SubjectBuilder(const ParameterStore& parameters, const Correlation& correlation)
        : m_parameters(parameters), m_correlation(correlation)
    {
        m_shared = clusterVariables(parameters);
        m_shared.merge(captureVariables(correlation.statistics));
    }

    std::vector<Subject> run()
    {
        for (const auto& dump : hostDumps(m_parameters))
            addDump(dump);
        for (const auto& file : m_parameters.files()) {
            if (isProxyConfiguration(*file))
                addProxy(*file);
            for (const auto& workload : file->workloads)
                add(RuleSubject::Manifest, workload.kind + ' ' + workload.name, workloadVariables(workload));
        }
        addPath();
        return std::move(m_subjects);
    }

private:
    void add(RuleSubject kind, std::string label, ValueMap variables)
    {
        variables.insert(m_shared.begin(), m_shared.end());
        m_subjects.push_back({kind, std::move(label), std::move(variables)});
    }

    void addDump(const HostDump& dump)
    {
        const auto variables = dumpVariables(m_parameters, dump);
        add(RuleSubject::Node, dump.label, variables);
        add(RuleSubject::NetworkNamespace, dump.label, variables);
    }

    void addProxy(const ParameterFile& configuration)
    {
        auto variables = proxyVariables(m_parameters, configuration);
        variables.merge(proxyNamespaceVariables(m_parameters, m_correlation, &configuration));
        add(RuleSubject::Proxy, labelWithDump(configuration), std::move(variables));
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
        add(RuleSubject::Path, label, proxyNamespaceVariables(m_parameters, m_correlation, nullptr));
    }

    const ParameterStore& m_parameters;
    const Correlation& m_correlation;
    ValueMap m_shared;
    std::vector<Subject> m_subjects;
};

} // namespace

std::vector<Subject> subjectsOf(const ParameterStore& parameters, const Correlation& correlation)
{
    return SubjectBuilder(parameters, correlation).run();
}

} // namespace halfshake
