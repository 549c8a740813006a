// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/sockettables.h"

#include "models/base/text.h"
#include "models/parameters/appendparameter.h"
#include "models/parameters/parameterlines.h"
#include "models/parameters/wholetext.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfshake {

namespace {

constexpr std::size_t probedLines = 60;
constexpr std::size_t mostDestinations = 200'000;
constexpr std::size_t keptDestinations = 10;

/// Words for a state that ss and netstat print.
bool isState(std::string_view word)
{
    static constexpr std::string_view states[] = {"CLOSE-WAIT", "CLOSED", "CLOSING", "ESTAB", "FIN-WAIT-1",
        "FIN-WAIT-2", "LAST-ACK", "LISTEN", "SYN-RECV", "SYN-SENT", "TIME-WAIT", "UNCONN"};
    return std::ranges::contains(states, word);
}

bool isNumber(std::string_view text)
{
    return toInteger<std::uint64_t>(text).has_value();
}

/// "State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess", with or without Netid and State.
bool isSocketHeader(const std::vector<std::string_view>& cells)
{
    return cells.size() >= 4 && std::ranges::contains(cells, "Recv-Q") && std::ranges::contains(cells, "Send-Q")
        && std::ranges::contains(cells, "Local");
}

/// What ss prints of one socket.
struct SocketRow
{
    std::string_view network; ///< "tcp"; "" where the list holds one kind.
    std::string_view state; ///< "" where the list holds one state.
    std::string_view received; ///< Recv-Q
    std::string_view sent; ///< Send-Q
    std::string_view local;
    std::string_view peer;
};

/// The cells in front of the queues differ by option; the queues are the first two numbers in a row.
std::optional<SocketRow> parseSocketRow(const std::vector<std::string_view>& cells)
{
    SocketRow row;
    std::size_t i = 0;
    for (; i < cells.size() && i <= 2 && !isNumber(cells[i]); ++i) {
        if (isState(cells[i]))
            row.state = cells[i];
        else if (i == 0)
            row.network = cells[i];
        else
            return {};
    }
    if (i + 3 >= cells.size() || !isNumber(cells[i]) || !isNumber(cells[i + 1]) || !cells[i + 2].contains(':')
        || !cells[i + 3].contains(':'))
        return {};
    row.received = cells[i];
    row.sent = cells[i + 1];
    row.local = cells[i + 2];
    row.peer = cells[i + 3];
    return row;
}

bool isTcp(const SocketRow& row)
{
    return row.network.empty() || row.network == "tcp";
}

/// "(estab 12, closed 150, orphaned 0, timewait 148)" of ss -s.
bool isSummary(std::string_view line)
{
    return line.starts_with("TCP:") && line.contains("(estab ") && line.contains("timewait ");
}

/// "ss -tan state syn-sent" prints no state column: the command that was copied along tells it.
std::string stateOfCommand(std::string_view line)
{
    const auto cells = words(line);
    const auto word = std::ranges::find(cells, "state");
    if (!isPromptLine(line) || word == cells.end() || word + 1 == cells.end())
        return {};
    std::string state{*(word + 1)};
    std::ranges::transform(
        state, state.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return state == "ESTABLISHED" ? "ESTAB" : state == "LISTENING" ? "LISTEN" : state;
}

class SocketTableReader
{
public:
    explicit SocketTableReader(ParameterFile& file) : m_file(file) { }

    void addLine(const TextLine& line);
    [[nodiscard]] Expected<void> finish();

private:
    void addSummary(std::string_view line);
    void addSocket(const SocketRow& row);

    struct Count
    {
        std::uint64_t sockets = 0;
        SourceRef place; ///< Of the first.
    };
    using Counts = std::map<std::string, Count, std::less<>>;

    void count(Counts& counts, std::string_view key);

    ParameterFile& m_file;
    SourceRef m_place;
    bool m_isInTable = false;
    std::string m_tableState; ///< Of every row, where the command asked for one.
    Counts m_states;
    Counts m_destinations;
};

void SocketTableReader::addLine(const TextLine& line)
{
    m_place = {.evidence = m_file.evidence, .line = line.number, .byteOffset = line.offset};
    const auto cells = words(line.text);
    if (isPromptLine(line.text)) {
        m_tableState = stateOfCommand(line.text);
        m_isInTable = false;
    } else if (isSummary(trimmed(line.text))) {
        addSummary(trimmed(line.text));
    } else if (isSocketHeader(cells)) {
        m_isInTable = true;
    } else if (cells.empty()) {
        m_isInTable = false;
    } else if (const auto row = parseSocketRow(cells); row && (m_isInTable || !row->state.empty())) {
        m_isInTable = true;
        addSocket(*row);
    }
}

void SocketTableReader::addSummary(std::string_view line)
{
    const auto open = line.find('(');
    for (const auto part : split(line.substr(open + 1, line.find(')') - open - 1), ',')) {
        const auto cells = words(part);
        if (cells.size() == 2)
            appendParameter(m_file, "ss/summary/" + std::string{cells[0]}, cells[1], m_place);
    }
}

void SocketTableReader::addSocket(const SocketRow& row)
{
    if (!isTcp(row))
        return;
    const auto state = row.state.empty() ? std::string_view{m_tableState} : row.state;
    if (state == "LISTEN") {
        const auto prefix = "ss/listen/" + std::string{row.local};
        appendParameter(m_file, prefix + "/Recv-Q", row.received, m_place);
        appendParameter(m_file, prefix + "/Send-Q", row.sent, m_place);
        return;
    }
    count(m_states, state.empty() ? "unknown" : state);
    if (m_destinations.size() < mostDestinations || m_destinations.contains(row.peer))
        count(m_destinations, row.peer);
    else
        m_file.diagnostics.add(DiagnosticCode::ParameterLineMalformed, m_place, {"too many destinations"});
}

void SocketTableReader::count(Counts& counts, std::string_view key)
{
    auto entry = counts.find(key);
    if (entry == counts.end())
        entry = counts.emplace(key, Count{.sockets = 0, .place = m_place}).first;
    ++entry->second.sockets;
}

Expected<void> SocketTableReader::finish()
{
    for (const auto& [state, entry] : m_states)
        appendParameter(m_file, "ss/sockets/" + state, std::to_string(entry.sockets), entry.place);
    // the peers of a server's clients are there once each; those that many connections go to are few
    std::vector<std::pair<std::string, Count>> busiest;
    for (const auto& destination : m_destinations) {
        if (destination.second.sockets > 1)
            busiest.emplace_back(destination);
    }
    std::ranges::stable_sort(busiest, std::ranges::greater{}, [](const auto& entry) { return entry.second.sockets; });
    busiest.resize(std::min(busiest.size(), keptDestinations));
    for (const auto& [destination, entry] : busiest)
        appendParameter(m_file, "ss/destinations/" + destination, std::to_string(entry.sockets), entry.place);
    return {};
}

} // namespace

ProbeResult probeSocketTables(const ProbeInput& input)
{
    std::size_t rows = 0;
    bool hasHeader = false;
    bool hasSummary = false;
    for (const auto line : headLines(input, probedLines)) {
        const auto cells = words(line);
        hasSummary |= isSummary(trimmed(line));
        hasHeader |= isSocketHeader(cells) && !std::ranges::contains(cells, "Foreign");
        const auto row = parseSocketRow(cells);
        rows += row && !row->state.empty() ? 1u : 0u;
    }
    if (hasHeader || hasSummary || rows >= 3)
        return {85, "sockets listed by ss"};
    return {};
}

Expected<void> readSocketTables(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    SocketTableReader reader{file};
    return readParameterLines(source, file, job, reader);
}

} // namespace halfshake
