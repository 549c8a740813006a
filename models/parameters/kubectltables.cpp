// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/kubectltables.h"

#include "models/base/text.h"
#include "models/parameters/appendparameter.h"
#include "models/parameters/parameterlines.h"
#include "models/parameters/wholetext.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

namespace {

constexpr std::size_t probedLines = 200;

/// Cells between runs of two blanks or more, or tabs: a cell may hold single blanks.
std::vector<std::string_view> wideCells(std::string_view line)
{
    std::vector<std::string_view> cells;
    line = trimmed(line);
    while (!line.empty()) {
        const auto end = std::min({line.find("  "), line.find('\t'), line.size()});
        cells.push_back(trimmed(line.substr(0, end)));
        line = trimmed(line.substr(end));
    }
    return cells;
}

enum class TableKind : std::uint8_t { Other, Services, Nodes };

struct Table
{
    TableKind kind = TableKind::Other;
    std::vector<std::string> columns;
    std::vector<std::size_t> starts; ///< Of the columns in the header's line.
};

/// Headers are words in capitals: "NAME", "PORT(S)", "KERNEL-VERSION".
bool isHeader(std::string_view line)
{
    const auto cells = words(line);
    const auto isHeaderCharacter = [](char c) {
        return (c >= 'A' && c <= 'Z') || std::string_view{"()-/_"}.contains(c);
    };
    return cells.size() >= 3 && (cells[0] == "NAME" || cells[0] == "NAMESPACE")
        && std::ranges::all_of(
            cells, [&](std::string_view cell) { return std::ranges::all_of(cell, isHeaderCharacter); });
}

Table tableOf(std::string_view header)
{
    Table table;
    const auto names = header.contains("  ") || header.contains('\t') ? wideCells(header) : words(header);
    for (const auto name : names) {
        table.columns.emplace_back(name);
        table.starts.push_back(static_cast<std::size_t>(name.data() - header.data()));
    }
    const auto has = [&](std::string_view name) { return std::ranges::contains(table.columns, name); };
    if (has("PORT(S)") && has("TYPE"))
        table.kind = TableKind::Services;
    else if (has("STATUS") && has("ROLES") && has("VERSION"))
        table.kind = TableKind::Nodes;
    return table;
}

/// The cells of a row, as many as columns; where blanks inside cells leave several ways, the header's columns decide.
std::vector<std::string_view> cellsOf(const Table& table, std::string_view line)
{
    for (auto cells : {words(trimmed(line)), wideCells(line)}) {
        if (cells.size() == table.columns.size())
            return cells;
    }
    std::vector<std::string_view> cells;
    for (std::size_t i = 0; i < table.starts.size(); ++i) {
        const auto begin = std::min(table.starts[i], line.size());
        const auto end = i + 1 < table.starts.size() ? std::min(table.starts[i + 1], line.size()) : line.size();
        // a cell that starts to the left of its column means that the columns have moved
        if (begin > 0 && begin < line.size() && line[begin - 1] != ' ')
            return {};
        cells.push_back(trimmed(line.substr(begin, end - begin)));
    }
    return cells;
}

class KubectlTableReader
{
public:
    explicit KubectlTableReader(ParameterFile& file) : m_file(file) { }

    void addLine(const TextLine& line);
    [[nodiscard]] Expected<void> finish();

private:
    void addService(const std::vector<std::string_view>& cells);
    void addPorts(std::string_view ports, const std::string& service);
    void addNode(const std::vector<std::string_view>& cells);
    [[nodiscard]] std::string_view cell(const std::vector<std::string_view>& cells, std::string_view column) const;
    void addMalformed(std::string why);

    ParameterFile& m_file;
    Table m_table;
    SourceRef m_place;
    std::string_view m_line;
    std::set<std::string> m_kernels;
};

void KubectlTableReader::addLine(const TextLine& line)
{
    m_place = {.evidence = m_file.evidence, .line = line.number, .byteOffset = line.offset};
    m_line = line.text;
    if (isHeader(m_line)) {
        m_table = tableOf(m_line);
        m_file.listsServices |= m_table.kind == TableKind::Services;
        return;
    }
    if (trimmed(m_line).empty() || m_table.kind == TableKind::Other || isPromptLine(m_line))
        return;
    const auto cells = cellsOf(m_table, m_line);
    if (cells.empty())
        addMalformed("columns do not fit the header");
    else if (m_table.kind == TableKind::Services)
        addService(cells);
    else
        addNode(cells);
}

std::string_view KubectlTableReader::cell(const std::vector<std::string_view>& cells, std::string_view column) const
{
    const auto found = std::ranges::find(m_table.columns, column);
    if (found == m_table.columns.end())
        return {};
    return cells[static_cast<std::size_t>(found - m_table.columns.begin())];
}

void KubectlTableReader::addService(const std::vector<std::string_view>& cells)
{
    auto name = cell(cells, "NAME");
    // kubectl get all puts the kind before each name
    name = name.substr(name.find('/') + 1);
    const auto space = cell(cells, "NAMESPACE");
    addPorts(cell(cells, "PORT(S)"), space.empty() ? std::string{name} : std::string{space} + '/' + std::string{name});
}

/// "80:31410/TCP,443:32752/TCP", "53/UDP", "<none>".
void KubectlTableReader::addPorts(std::string_view ports, const std::string& service)
{
    for (const auto port : split(ports, ',')) {
        const auto colon = port.find(':');
        const auto slash = port.find('/');
        if (port == "<none>" || port.empty() || (colon == std::string_view::npos && slash != std::string_view::npos))
            continue;
        if (colon == std::string_view::npos || slash == std::string_view::npos || slash < colon)
            return addMalformed("no list of ports");
        const auto number = toInteger<std::uint16_t>(port.substr(colon + 1, slash - colon - 1));
        if (!number || *number == 0)
            return addMalformed("not a port number");
        NodePort nodePort;
        nodePort.port = *number;
        nodePort.protocol = port.substr(slash + 1);
        nodePort.service = service;
        nodePort.place = m_place;
        nodePort.place.byteOffset += static_cast<std::uint64_t>(port.data() - m_line.data());
        m_file.nodePorts.push_back(std::move(nodePort));
    }
}

void KubectlTableReader::addNode(const std::vector<std::string_view>& cells)
{
    static constexpr std::pair<std::string_view, std::string_view> fields[] = {{"KERNEL-VERSION", "kernelVersion"},
        {"VERSION", "kubeletVersion"}, {"OS-IMAGE", "osImage"}, {"CONTAINER-RUNTIME", "containerRuntimeVersion"}};
    auto name = std::string{cell(cells, "NAME")};
    name = name.substr(name.find('/') + 1);
    for (const auto& [column, field] : fields) {
        const auto value = cell(cells, column);
        if (value.empty() || value == "<unknown>")
            continue;
        auto& parameter = appendParameter(m_file, "node/" + name + '/' + std::string{field}, value, m_place);
        parameter.layer = ParameterLayer::Orchestrator;
        parameter.host = name;
        if (field == "kernelVersion")
            m_kernels.insert(parameter.value);
    }
}

void KubectlTableReader::addMalformed(std::string why)
{
    m_file.diagnostics.add(DiagnosticCode::ParameterLineMalformed, m_place, {std::move(why)});
}

Expected<void> KubectlTableReader::finish()
{
    if (m_kernels.size() == 1)
        m_file.kernelVersion = *m_kernels.begin();
    return {};
}

ProbeResult probeTable(const ProbeInput& input, TableKind kind, std::string_view reason)
{
    for (const auto line : headLines(input, probedLines)) {
        if (isHeader(line) && tableOf(line).kind == kind)
            return {90, std::string{reason}};
    }
    return {};
}

} // namespace

ProbeResult probeKubectlServices(const ProbeInput& input)
{
    return probeTable(input, TableKind::Services, "table of Kubernetes Services");
}

ProbeResult probeKubectlNodes(const ProbeInput& input)
{
    return probeTable(input, TableKind::Nodes, "table of Kubernetes Nodes");
}

Expected<void> readKubectlTables(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    KubectlTableReader reader{file};
    return readParameterLines(source, file, job, reader);
}

} // namespace halfshake
