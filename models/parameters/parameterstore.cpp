// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/parameterstore.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>
#include <tuple>
#include <utility>

namespace halfshake {

namespace {

/// "order-api" of "order/order-api", and of the "order-api" of a table that does not name namespaces.
std::string_view nameOf(std::string_view service)
{
    return service.substr(service.find('/') + 1);
}

/// Whether two files state the same port of the same Service. A table without the NAMESPACE column leaves it open.
bool isSameServicePort(const NodePort& a, const NodePort& b)
{
    if (a.port != b.port || a.protocol != b.protocol || nameOf(a.service) != nameOf(b.service))
        return false;
    return a.service == b.service || !a.service.contains('/') || !b.service.contains('/');
}

} // namespace

ParameterStore::ParameterStore(
    std::vector<std::shared_ptr<const ParameterFile>> files, std::map<EvidenceId, ParameterScope> scopes)
    : m_files(std::move(files)), m_scopes(std::move(scopes))
{
    std::erase(m_files, nullptr);
    std::ranges::stable_sort(m_files, {}, [](const auto& file) { return file->evidence; });
    for (const auto& file : m_files)
        addFile(*file);
}

void ParameterStore::addFile(const ParameterFile& file)
{
    const auto scope = scopeOf(file.evidence);
    const auto firstRow = m_parameters.size();
    for (const auto& parameter : file.parameters) {
        auto& copy = m_parameters.emplace_back(parameter);
        if (copy.host.empty())
            copy.host = scope.host;
        if (copy.networkNamespace.empty())
            copy.networkNamespace = scope.networkNamespace;
        m_byKey.push_back(static_cast<std::uint32_t>(m_byKey.size()));
    }
    if (file.sections.empty())
        addSection({.evidence = file.evidence, .index = 0, .begin = firstRow, .end = m_parameters.size()});
    for (std::size_t i = 0; i < file.sections.size(); ++i) {
        const auto begin = firstRow + file.sections[i].firstParameter;
        addSection(
            {.evidence = file.evidence, .index = i, .begin = begin, .end = begin + file.sections[i].parameterCount});
    }
}

void ParameterStore::addSection(Section section)
{
    const auto rows = std::span{m_byKey}.subspan(section.begin, section.end - section.begin);
    std::ranges::stable_sort(
        rows, {}, [this](std::uint32_t row) -> const std::string& { return m_parameters[row].key; });
    m_sections.push_back(section);
}

ParameterScope ParameterStore::scopeOf(EvidenceId evidence) const
{
    const auto scope = m_scopes.find(evidence);
    return scope == m_scopes.end() ? ParameterScope{} : scope->second;
}

const Parameter* ParameterStore::find(EvidenceId evidence, std::string_view key) const
{
    const auto file = std::ranges::lower_bound(m_files, evidence, {}, [](const auto& f) { return f->evidence; });
    if (file == m_files.end() || (*file)->evidence != evidence || (*file)->sections.size() > 1)
        return nullptr;
    return find(evidence, 0, key);
}

const Parameter* ParameterStore::find(EvidenceId evidence, std::size_t section, std::string_view key) const
{
    const auto found = std::ranges::lower_bound(m_sections, std::pair{evidence, section}, {},
        [](const Section& candidate) { return std::pair{candidate.evidence, candidate.index}; });
    if (found == m_sections.end() || found->evidence != evidence || found->index != section)
        return nullptr;
    const auto rows = std::span{m_byKey}.subspan(found->begin, found->end - found->begin);
    const auto last = std::ranges::upper_bound(
        rows, key, {}, [this](std::uint32_t row) { return std::string_view{m_parameters[row].key}; });
    if (last == rows.begin() || m_parameters[*std::prev(last)].key != key)
        return nullptr;
    return &m_parameters[*std::prev(last)];
}

std::optional<std::uint32_t> ParameterStore::rowOf(const Parameter& parameter) const
{
    const auto* const first = m_parameters.data();
    if (std::less_equal<>{}(first, &parameter) && std::less<>{}(&parameter, first + m_parameters.size()))
        return static_cast<std::uint32_t>(&parameter - first);
    const auto same = [&](const Parameter& other) {
        return other.place == parameter.place && other.key == parameter.key;
    };
    const auto found = std::ranges::find_if(m_parameters, same);
    if (found == m_parameters.end())
        return {};
    return static_cast<std::uint32_t>(found - m_parameters.begin());
}

std::vector<NodePort> ParameterStore::nodePorts() const
{
    std::vector<NodePort> ports;
    for (const auto& file : m_files)
        ports.insert(ports.end(), file->nodePorts.begin(), file->nodePorts.end());
    // the statement that names the port and the namespace comes first of its repeats, then evidence order
    std::ranges::stable_sort(ports, [](const NodePort& a, const NodePort& b) {
        const auto rank = [](const NodePort& port) {
            return std::tuple(port.port, std::string_view(port.protocol), nameOf(port.service),
                !port.service.contains('/'), port.portName.empty());
        };
        return rank(a) < rank(b);
    });
    const auto repeats = std::ranges::unique(ports, isSameServicePort);
    ports.erase(repeats.begin(), repeats.end());
    return ports;
}

PortSet ParameterStore::nodePortSet(std::string_view protocol) const
{
    std::vector<PortRange> ranges;
    for (const auto& file : m_files) {
        for (const auto& port : file->nodePorts) {
            if (protocol.empty() || port.protocol == protocol)
                ranges.push_back({port.port, port.port});
        }
    }
    return PortSet{std::move(ranges)};
}

std::vector<const Workload*> ParameterStore::workloads() const
{
    std::vector<const Workload*> result;
    for (const auto& file : m_files) {
        for (const auto& workload : file->workloads)
            result.push_back(&workload);
    }
    return result;
}

} // namespace halfshake
