// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/kernelcounters.h"

#include "models/base/text.h"
#include "models/parameters/appendparameter.h"
#include "models/parameters/netstatsentence.h"
#include "models/parameters/parameterlines.h"
#include "models/parameters/wholetext.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

namespace {

constexpr std::size_t probedLines = 60;

/// Groups of /proc/net/{snmp,snmp6,netstat}, longer names first: nstat writes group and counter without anything
/// between.
constexpr std::string_view groups[] = {"IcmpMsg", "UdpLite6", "MPTcpExt", "UdpLite", "TcpExt", "IpExt", "Icmp6", "Icmp",
    "Udp6", "Udp", "Tcp", "Sctp", "Ip6", "Ip", "Xfrm"};

bool isNumber(std::string_view text)
{
    return !text.empty()
        && std::ranges::all_of(text.substr(text.front() == '-' ? 1 : 0), [](char c) { return c >= '0' && c <= '9'; });
}

/// "TcpExt/ListenOverflows" of nstat's "TcpExtListenOverflows".
std::optional<std::string> nstatKey(std::string_view name)
{
    for (const auto group : groups) {
        if (name.starts_with(group) && name.size() > group.size() && name[group.size()] >= 'A'
            && name[group.size()] <= 'Z')
            return std::string{group} + '/' + std::string{name.substr(group.size())};
    }
    return {};
}

struct Counter
{
    std::string key;
    std::string_view value;
};

/// "TcpExtListenOverflows           12                 0.0"
std::optional<Counter> parseNstat(const std::vector<std::string_view>& cells)
{
    if (cells.size() != 3 || !isNumber(cells[1]) || !cells[2].contains('.'))
        return {};
    const auto key = nstatKey(cells[0]);
    return key ? std::optional{Counter{*key, cells[1]}} : std::nullopt;
}

bool isNetstatSection(std::string_view line)
{
    static constexpr std::string_view sections[] = {
        "Ip:", "Icmp:", "IcmpMsg:", "Tcp:", "Udp:", "UdpLite:", "TcpExt:", "IpExt:", "MPTcpExt:", "Sctp:"};
    return std::ranges::contains(sections, line);
}

/// "TcpExt: SyncookiesSent ..." of /proc/net/netstat: group, then names or values.
bool isProcRow(const std::vector<std::string_view>& cells)
{
    return cells.size() > 2 && cells[0].ends_with(':')
        && std::ranges::contains(groups, cells[0].substr(0, cells[0].size() - 1));
}

/// "TCP: inuse 13 orphan 0 tw 0 alloc 28 mem 7"
bool isSockstatRow(const std::vector<std::string_view>& cells)
{
    static constexpr std::string_view rows[] = {
        "sockets:", "TCP:", "UDP:", "UDPLITE:", "RAW:", "FRAG:", "TCP6:", "UDP6:"};
    return cells.size() >= 3 && cells.size() % 2 == 1 && std::ranges::contains(rows, cells[0]) && isNumber(cells[2]);
}

bool isConntrackRow(const std::vector<std::string_view>& cells)
{
    return cells.size() > 3 && cells[0].starts_with("cpu=")
        && std::ranges::any_of(cells, [](std::string_view cell) { return cell.starts_with("insert_failed="); });
}

bool isConntrackHeader(const std::vector<std::string_view>& cells)
{
    return cells.size() > 3 && cells[0] == "entries" && std::ranges::contains(cells, "insert_failed");
}

/// /proc/net/stat/arp_cache
bool isNeighbourHeader(const std::vector<std::string_view>& cells)
{
    return cells.size() > 3 && cells[0] == "entries" && std::ranges::contains(cells, "table_fulls");
}

/// A row of /proc/net/softnet_stat, one per processor: eight hexadecimal digits each, nine columns or more.
bool isSoftnetRow(const std::vector<std::string_view>& cells)
{
    constexpr std::size_t digits = 8;
    return cells.size() >= 9 && std::ranges::all_of(cells, [](std::string_view cell) {
        return cell.size() == digits && cell.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    });
}

/// "MemTotal:       16316412 kB" of /proc/meminfo.
bool isMemoryRow(const std::vector<std::string_view>& cells)
{
    return cells.size() == 3 && cells[0] == "MemTotal:" && isNumber(cells[1]) && cells[2] == "kB";
}

/// "Timeout (tcp tcpfin udp): 900 120 300" of ipvsadm -l --timeout.
bool isIpvsTimeoutRow(const std::vector<std::string_view>& cells)
{
    return cells.size() == 7 && cells[0] == "Timeout" && cells[1] == "(tcp"
        && std::ranges::all_of(cells.begin() + 4, cells.end(), isNumber);
}

class KernelCounterReader
{
public:
    explicit KernelCounterReader(ParameterFile& file) : m_file(file) { }

    void addLine(const TextLine& line);
    [[nodiscard]] Expected<void> finish();

private:
    void addProcRow(const std::vector<std::string_view>& cells);
    void addSockstatRow(const std::vector<std::string_view>& cells);
    void addConntrackRow(const std::vector<std::string_view>& cells);
    void addHexRow(const std::vector<std::string_view>& cells);
    void addSoftnetRow(const std::vector<std::string_view>& cells);
    void addIpvsTimeouts(const std::vector<std::string_view>& cells);
    void addToSum(std::string key, std::uint64_t value);
    void addOfProcessor(std::string_view processor, std::string_view name, std::uint64_t value);
    void addSentence(std::string_view line);
    void addMalformed(std::string why);

    struct Sum
    {
        std::uint64_t value = 0;
        SourceRef place;
    };

    ParameterFile& m_file;
    SourceRef m_place;
    std::string m_section; ///< Of netstat -s.
    std::vector<std::string> m_names; ///< Of the row before, in /proc/net/netstat and stat/nf_conntrack.
    std::string_view m_hexTable; ///< "conntrack", "neighbour": whose rows follow.
    std::uint64_t m_processors = 0;
    std::map<std::string, Sum> m_sums; ///< Over processors.
};

void KernelCounterReader::addLine(const TextLine& line)
{
    m_place = {.evidence = m_file.evidence, .line = line.number, .byteOffset = line.offset};
    const auto cells = words(trimmed(line.text));
    if (cells.empty() || cells[0].starts_with('#') || isPromptLine(line.text))
        return;
    if (const auto counter = parseNstat(cells)) {
        appendParameter(m_file, counter->key, counter->value, m_place);
    } else if (isProcRow(cells)) {
        addProcRow(cells);
    } else if (isNetstatSection(trimmed(line.text))) {
        m_section = cells[0].substr(0, cells[0].size() - 1);
    } else if (isSockstatRow(cells)) {
        addSockstatRow(cells);
    } else if (isConntrackRow(cells)) {
        addConntrackRow(cells);
    } else if (isConntrackHeader(cells) || isNeighbourHeader(cells)) {
        m_names.assign(cells.begin(), cells.end());
        m_hexTable = isConntrackHeader(cells) ? "conntrack" : "neighbour";
        m_processors = 0;
    } else if (isSoftnetRow(cells) && m_hexTable.empty()) {
        addSoftnetRow(cells);
    } else if (isMemoryRow(cells)) {
        appendParameter(m_file, "meminfo/MemTotal", cells[1], m_place);
    } else if (isIpvsTimeoutRow(cells)) {
        addIpvsTimeouts(cells);
    } else if (!m_hexTable.empty()) {
        addHexRow(cells);
    } else {
        addSentence(line.text);
    }
}

/// Names and values come in pairs of lines; kernels differ in what they have, so names decide, not positions.
void KernelCounterReader::addProcRow(const std::vector<std::string_view>& cells)
{
    const bool isValues = m_names.size() == cells.size() && m_names[0] == cells[0] && isNumber(cells[1]);
    if (!isValues) {
        m_names.assign(cells.begin(), cells.end());
        return;
    }
    const auto group = std::string{cells[0].substr(0, cells[0].size() - 1)} + '/';
    for (std::size_t i = 1; i < cells.size(); ++i)
        appendParameter(m_file, group + m_names[i], cells[i], m_place);
    m_names.clear();
}

void KernelCounterReader::addSockstatRow(const std::vector<std::string_view>& cells)
{
    const auto prefix = "sockstat/" + std::string{cells[0].substr(0, cells[0].size() - 1)} + '/';
    for (std::size_t i = 1; i + 1 < cells.size(); i += 2)
        appendParameter(m_file, prefix + std::string{cells[i]}, cells[i + 1], m_place);
}

void KernelCounterReader::addConntrackRow(const std::vector<std::string_view>& cells)
{
    const auto processor = cells[0].substr(std::string_view{"cpu="}.size());
    for (std::size_t i = 1; i < cells.size(); ++i) {
        const auto equals = cells[i].find('=');
        const auto value = toInteger<std::uint64_t>(cells[i].substr(std::min(equals, cells[i].size() - 1) + 1));
        if (equals == std::string_view::npos || !value)
            return addMalformed("no counter of conntrack");
        addOfProcessor(processor, cells[i].substr(0, equals), *value);
    }
}

void KernelCounterReader::addHexRow(const std::vector<std::string_view>& cells)
{
    if (cells.size() != m_names.size())
        return addMalformed("columns do not fit the header");
    const auto processor = std::to_string(m_processors++);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(cells[i].data(), cells[i].data() + cells[i].size(), value, 16);
        if (error != std::errc{} || end != cells[i].data() + cells[i].size())
            return addMalformed("not a hexadecimal number");
        // the number of entries is the table's, and stands in each row
        if (m_names[i] != "entries")
            addOfProcessor(processor, m_names[i], value);
        else if (processor == "0")
            appendParameter(m_file, std::string{m_hexTable} + "/entries", std::to_string(value), m_place);
    }
}

void KernelCounterReader::addOfProcessor(std::string_view processor, std::string_view name, std::uint64_t value)
{
    const auto table = m_hexTable.empty() ? std::string{"conntrack"} : std::string{m_hexTable};
    const auto key = table + "/cpu" + std::string{processor} + '/' + std::string{name};
    appendParameter(m_file, key, std::to_string(value), m_place);
    addToSum(table + '/' + std::string{name}, value);
}

void KernelCounterReader::addToSum(std::string key, std::uint64_t value)
{
    auto& sum = m_sums[std::move(key)];
    if (sum.place.line == 0)
        sum.place = m_place;
    sum.value += value;
}

/// The second column counts drops, the third how often time ran out (net/core/net-procfs.c, softnet_seq_show()).
void KernelCounterReader::addSoftnetRow(const std::vector<std::string_view>& cells)
{
    static constexpr std::string_view names[] = {"processed", "dropped", "time_squeeze"};
    for (std::size_t i = 0; i < std::size(names); ++i) {
        std::uint64_t value = 0;
        std::from_chars(cells[i].data(), cells[i].data() + cells[i].size(), value, 16);
        addToSum("softnet/" + std::string{names[i]}, value);
    }
    addToSum("cpus", 1);
}

void KernelCounterReader::addIpvsTimeouts(const std::vector<std::string_view>& cells)
{
    static constexpr std::string_view names[] = {"tcp", "tcpfin", "udp"};
    for (std::size_t i = 0; i < std::size(names); ++i)
        appendParameter(m_file, "ipvs/timeout/" + std::string{names[i]}, cells[i + 4], m_place);
}

void KernelCounterReader::addSentence(std::string_view line)
{
    if (m_section.empty())
        return addMalformed("no counter");
    if (const auto counter = parseNetstatSentence(m_section, line))
        appendParameter(m_file, m_section + '/' + std::string{counter->name}, counter->value, m_place);
    else if (m_section == "Tcp" || m_section == "TcpExt")
        addMalformed("wording of netstat not known");
}

void KernelCounterReader::addMalformed(std::string why)
{
    m_file.diagnostics.add(DiagnosticCode::ParameterLineMalformed, m_place, {std::move(why)});
}

Expected<void> KernelCounterReader::finish()
{
    for (const auto& [key, sum] : m_sums)
        appendParameter(m_file, key, std::to_string(sum.value), sum.place);
    return {};
}

/// Which form a line shows, "" for none. Sentences only count below their section.
std::string_view formOf(std::string_view line, bool isBelowSection)
{
    const auto cells = words(line);
    if (parseNstat(cells))
        return "nstat";
    if (isNetstatSection(line) || (isBelowSection && parseNetstatSentence("TcpExt", line)))
        return "netstat -s";
    if (isProcRow(cells))
        return "/proc/net/netstat";
    if (isSockstatRow(cells))
        return "/proc/net/sockstat";
    if (isConntrackRow(cells))
        return "conntrack -S";
    if (isConntrackHeader(cells))
        return "/proc/net/stat/nf_conntrack";
    if (isNeighbourHeader(cells))
        return "/proc/net/stat/arp_cache";
    if (isSoftnetRow(cells))
        return "/proc/net/softnet_stat";
    if (isMemoryRow(cells))
        return "/proc/meminfo";
    if (isIpvsTimeoutRow(cells))
        return "ipvsadm";
    return {};
}

/// Whether rows that say nothing by themselves follow.
bool isTableBelowHeader(std::string_view form)
{
    return form == "/proc/net/stat/nf_conntrack" || form == "/proc/net/stat/arp_cache" || form == "/proc/meminfo";
}

} // namespace

ProbeResult probeKernelCounters(const ProbeInput& input)
{
    std::string_view form;
    std::size_t fitting = 0;
    std::size_t total = 0;
    bool isBelowSection = false;
    for (const auto line : headLines(input, probedLines)) {
        const auto text = trimmed(line);
        if (text.empty() || text.starts_with('#') || isPromptLine(text))
            continue;
        ++total;
        const auto lineForm = formOf(text, isBelowSection);
        isBelowSection |= isNetstatSection(text);
        fitting +=
            lineForm.empty() && !(isBelowSection && line.starts_with(' ')) && !isTableBelowHeader(form) ? 0u : 1u;
        if (form.empty())
            form = lineForm;
    }
    if (form.empty() || fitting * 10 < total * 9)
        return {};
    return {85, "counters of " + std::string{form}};
}

Expected<void> readKernelCounters(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    KernelCounterReader reader{file};
    return readParameterLines(source, file, job, reader);
}

} // namespace halfshake
