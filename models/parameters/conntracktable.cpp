// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/conntracktable.h"

#include "models/base/text.h"
#include "models/parameters/appendparameter.h"
#include "models/parameters/parameterlines.h"
#include "models/parameters/wholetext.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

namespace {

constexpr std::size_t probedLines = 40;

struct Flow
{
    std::string_view protocol;
    std::string_view state; ///< "" for protocols without.
    bool isUnreplied = false;
};

bool isNumber(std::string_view text)
{
    return toInteger<std::uint64_t>(text).has_value();
}

/// "[ipv4 2] tcp 6 56 SYN_SENT src=... dst=... sport=... dport=... [UNREPLIED] src=..."
std::optional<Flow> parseFlow(const std::vector<std::string_view>& cells)
{
    std::size_t i = cells.size() > 2 && (cells[0] == "ipv4" || cells[0] == "ipv6") ? 2 : 0;
    if (i + 4 >= cells.size() || !isNumber(cells[i + 1]))
        return {};
    Flow flow{.protocol = cells[i], .state = {}};
    i += isNumber(cells[i + 2]) ? std::size_t{3} : std::size_t{2};
    if (i < cells.size() && !cells[i].contains('=') && !cells[i].starts_with('['))
        flow.state = cells[i++];
    if (i >= cells.size() || !cells[i].starts_with("src="))
        return {};
    flow.isUnreplied = std::ranges::contains(cells, "[UNREPLIED]");
    return flow;
}

class ConntrackTableReader
{
public:
    explicit ConntrackTableReader(ParameterFile& file) : m_file(file) { }

    void addLine(const TextLine& line);
    [[nodiscard]] Expected<void> finish();

private:
    void count(std::string key, const SourceRef& place);

    struct Count
    {
        std::uint64_t flows = 0;
        SourceRef place; ///< Of the first.
    };

    ParameterFile& m_file;
    std::map<std::string, Count> m_counts;
};

void ConntrackTableReader::addLine(const TextLine& line)
{
    const SourceRef place{.evidence = m_file.evidence, .line = line.number, .byteOffset = line.offset};
    const auto text = trimmed(line.text);
    // conntrack itself closes its list with "conntrack v1.4.7 (conntrack-tools): 42 flow entries have been shown."
    if (text.empty() || isPromptLine(text) || text.starts_with("conntrack v"))
        return;
    const auto flow = parseFlow(words(text));
    if (!flow) {
        m_file.diagnostics.add(DiagnosticCode::ParameterLineMalformed, place, {"no tracked connection"});
        return;
    }
    auto key = "conntrack/" + std::string{flow->protocol};
    if (!flow->state.empty())
        key += '/' + std::string{flow->state};
    if (flow->isUnreplied)
        count(key + "/UNREPLIED", place);
    count(std::move(key), place);
}

void ConntrackTableReader::count(std::string key, const SourceRef& place)
{
    auto& entry = m_counts[std::move(key)];
    if (entry.flows++ == 0)
        entry.place = place;
}

Expected<void> ConntrackTableReader::finish()
{
    for (const auto& [key, entry] : m_counts)
        appendParameter(m_file, key, std::to_string(entry.flows), entry.place);
    return {};
}

} // namespace

ProbeResult probeConntrackTable(const ProbeInput& input)
{
    std::size_t flows = 0;
    std::size_t total = 0;
    for (const auto line : headLines(input, probedLines)) {
        if (trimmed(line).empty() || isPromptLine(line) || line.starts_with("conntrack v"))
            continue;
        ++total;
        flows += parseFlow(words(trimmed(line))) ? 1u : 0u;
    }
    if (flows == 0 || flows * 10 < total * 9)
        return {};
    return {88, "connections tracked by netfilter"};
}

Expected<void> readConntrackTable(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    ConntrackTableReader reader{file};
    return readParameterLines(source, file, job, reader);
}

} // namespace halfshake
