// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/whatif.h"

#include "models/base/portset.h"
#include "models/parameters/typedvalues.h"
#include "models/rules/evidencevariables.h"
#include "models/rules/proxynamespace.h"
#include "models/rules/subjects.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace halfshake {

namespace {

bool isMeant(const SettingChange& change, const ParameterFile& file)
{
    if (change.evidence.isValid())
        return change.evidence == file.evidence;
    return std::ranges::contains(file.parameters, change.key, &Parameter::key);
}

/// The rows of a file that \a change speaks of.
std::pair<std::size_t, std::size_t> rowsOf(const ParameterFile& file, const SettingChange& change)
{
    if (file.sections.size() > 1 && !change.host.empty()) {
        const auto section = std::ranges::find(file.sections, change.host, &ParameterSection::host);
        if (section == file.sections.end())
            return {};
        return {section->firstParameter, section->firstParameter + section->parameterCount};
    }
    return {0, file.parameters.size()};
}

void apply(const SettingChange& change, ParameterFile& file)
{
    const auto [first, last] = rowsOf(file, change);
    bool isFound = false;
    for (auto row = first; row < last; ++row) {
        auto& parameter = file.parameters[row];
        if (parameter.key != change.key)
            continue;
        parameter.value = change.value;
        parameter.isReadable = true;
        parameter.provenance = ParameterProvenance::Typed;
        isFound = true;
    }
    if (isFound || file.sections.size() > 1)
        return;
    Parameter added = file.parameters.empty() ? Parameter{} : file.parameters.front();
    added.key = change.key;
    added.value = change.value;
    added.isReadable = true;
    added.provenance = ParameterProvenance::Typed;
    added.place = {.evidence = file.evidence};
    file.parameters.push_back(std::move(added));
    if (!file.sections.empty())
        ++file.sections.front().parameterCount;
}

using Verdicts = std::map<std::pair<std::string, std::string>, const Finding*>;

Verdicts byRuleAndSubject(const std::vector<Finding>& findings)
{
    Verdicts verdicts;
    for (const auto& finding : findings)
        verdicts.emplace(std::pair(finding.rule, finding.subject), &finding);
    return verdicts;
}

std::vector<VerdictChange> changesOf(const std::vector<Finding>& before, const std::vector<Finding>& after)
{
    const auto old = byRuleAndSubject(before);
    const auto now = byRuleAndSubject(after);
    std::vector<VerdictChange> changes;
    for (const auto& finding : after) {
        const auto it = old.find({finding.rule, finding.subject});
        if (it != old.end() && it->second->verdict == finding.verdict && it->second->severity == finding.severity)
            continue;
        const auto verdictBefore = it == old.end() ? std::optional<Verdict>{} : it->second->verdict;
        changes.push_back(
            {finding.rule, finding.title, finding.subject, verdictBefore, finding.verdict, finding.severity});
    }
    for (const auto& finding : before) {
        if (!now.contains({finding.rule, finding.subject}))
            changes.push_back({finding.rule, finding.title, finding.subject, finding.verdict, {}, finding.severity});
    }
    return changes;
}

/// What decides how a connect of the proxy goes.
struct ProxySide
{
    std::optional<PortSet> usablePorts;
    std::optional<Duration> kernelGivesUp;
    std::optional<Duration> proxyGivesUp;

    [[nodiscard]] std::optional<Duration> giveUp() const
    {
        if (!kernelGivesUp || !proxyGivesUp)
            return kernelGivesUp ? kernelGivesUp : proxyGivesUp;
        return std::min(*kernelGivesUp, *proxyGivesUp);
    }
    [[nodiscard]] bool isKernelFirst() const
    {
        return kernelGivesUp && (!proxyGivesUp || *kernelGivesUp < *proxyGivesUp);
    }
};

template<typename T>
std::optional<T> valueOf(std::string_view expression, const ValueMap& variables)
{
    const auto value = Expression::parse(expression)->evaluate(variables).value;
    const auto* const result = as<T>(value);
    return result ? std::optional<T>{*result} : std::nullopt;
}

const ParameterFile* proxyConfigurationOf(const ParameterStore& parameters)
{
    const auto it =
        std::ranges::find_if(parameters.files(), [](const auto& file) { return isProxyConfiguration(*file); });
    return it == parameters.files().end() ? nullptr : it->get();
}

/// \a dumps are those of the namespace the proxy ran in when the captures were taken.
ProxySide proxySideOf(const ParameterStore& parameters, std::span<const HostDump> dumps)
{
    auto variables = dumpVariables(parameters, dumps, "the proxy's network namespace");
    if (const auto* const configuration = proxyConfigurationOf(parameters))
        variables.merge(proxyVariables(parameters, *configuration));
    variables.emplace("reserved",
        valueOf<std::string>("sysctl['net.ipv4.ip_local_reserved_ports']", variables).value_or(std::string{}));
    ProxySide side;
    side.usablePorts =
        valueOf<PortSet>("ports(sysctl['net.ipv4.ip_local_port_range']).minus(ports(reserved))", variables);
    const auto linear = valueOf<std::int64_t>("sysctl['net.ipv4.tcp_syn_linear_timeouts']", variables);
    variables.emplace("linear", linear.value_or(0));
    side.kernelGivesUp = valueOf<Duration>("synGiveUp(sysctl['net.ipv4.tcp_syn_retries'], linear)", variables);
    side.proxyGivesUp = valueOf<Duration>("nginx.proxyConnectTimeout", variables);
    return side;
}

std::uint64_t countUsable(const std::vector<std::uint16_t>& ports, const ProxySide& side)
{
    if (!side.usablePorts)
        return ports.size();
    return static_cast<std::uint64_t>(
        std::ranges::count_if(ports, [&side](std::uint16_t port) { return side.usablePorts->contains(port); }));
}

/// The same dumps in the changed settings.
std::vector<HostDump> counterpartsOf(const std::vector<HostDump>& dumps, const ParameterStore& changed)
{
    auto counterparts = hostDumps(changed);
    std::erase_if(counterparts, [&dumps](const HostDump& dump) {
        return std::ranges::none_of(dumps,
            [&dump](const HostDump& other) { return other.evidence == dump.evidence && other.label == dump.label; });
    });
    return counterparts;
}

RecordedEffect recordedEffect(
    const ParameterStore& parameters, const ParameterStore& changed, const Correlation& correlation)
{
    const auto dumps = proxyDumps(parameters, correlation, proxyConfigurationOf(parameters));
    const auto before = proxySideOf(parameters, dumps);
    const auto after = proxySideOf(changed, counterpartsOf(dumps, changed));
    const auto& statistics = correlation.statistics;
    return {.failedConnections = statistics.failedClientPorts.size(),
        .failedPortsStillUsable = countUsable(statistics.failedClientPorts, after),
        .completedPortsStillUsable = countUsable(statistics.completedClientPorts, after),
        .completedConnections = statistics.completedClientPorts.size(),
        .giveUpBefore = before.giveUp(),
        .giveUpAfter = after.giveUp(),
        .isKernelFirstBefore = before.isKernelFirst(),
        .isKernelFirstAfter = after.isKernelFirst()};
}

} // namespace

ParameterStore withChanges(const ParameterStore& parameters, std::span<const SettingChange> changes)
{
    std::vector<std::shared_ptr<const ParameterFile>> files;
    std::map<EvidenceId, ParameterScope> scopes;
    std::vector<bool> isMade(changes.size());
    for (const auto& file : parameters.files()) {
        scopes.emplace(file->evidence, parameters.scopeOf(file->evidence));
        std::shared_ptr<ParameterFile> changed;
        for (std::size_t i = 0; i < changes.size(); ++i) {
            if (!isMeant(changes[i], *file))
                continue;
            if (!changed)
                changed = std::make_shared<ParameterFile>(*file);
            apply(changes[i], *changed);
            isMade[i] = true;
        }
        files.push_back(changed ? std::move(changed) : file);
    }
    auto typed = std::make_shared<ParameterFile>();
    typed->kind = ParameterFileKind::TypedValues;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (!isMade[i])
            typed->parameters.push_back(typedParameter(changes[i].key, changes[i].value));
    }
    if (!typed->parameters.empty())
        files.push_back(std::move(typed));
    return {std::move(files), std::move(scopes)};
}

WhatIf whatIf(const RuleCatalogue& catalogue, const ParameterStore& parameters, const Correlation& correlation,
    std::span<const SettingChange> changes)
{
    const auto changed = withChanges(parameters, changes);
    const auto before = evaluateAll(catalogue, subjectsOf(parameters, correlation));
    const auto after = evaluateAll(catalogue, subjectsOf(changed, correlation));
    return {.verdicts = changesOf(before, after), .recorded = recordedEffect(parameters, changed, correlation)};
}

} // namespace halfshake
