// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/kernelmessages.h"

#include "models/base/text.h"
#include "models/parameters/appendparameter.h"
#include "models/parameters/parameterlines.h"
#include "models/parameters/wholetext.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace halfshake {

namespace {

constexpr std::size_t probedLines = 60;

/// Parts of a message that must all stand in it, one after the other (wordings of Linux 3.10 to 6.12).
struct MessagePattern
{
    std::string_view kind;
    std::array<std::string_view, 3> parts;
};

constexpr MessagePattern patterns[] = {
    {"CONNTRACK_FULL", {"conntrack: ", "table full, dropping packet", {}}},
    {"SYN_FLOOD", {"ossible SYN flooding on port", {}, {}}},
    {"NEIGH_OVERFLOW", {"eighbo", "table overflow", {}}},
    {"TCP_OOM", {"TCP: out of memory -- consider tuning tcp_mem", {}, {}}},
    {"ORPHANS", {"TCP: too many orphaned sockets", {}, {}}},
    {"FILE_MAX", {"VFS: file-max limit ", " reached", {}}},
    {"TW_OVERFLOW", {"time wait bucket table overflow", {}, {}}},
    {"MARTIAN", {"martian source", {}, {}}},
    {"MARTIAN", {"martian destination", {}, {}}},
    {"PORT_PARITY", {"ip_local_port_range: prefer different parity", {}, {}}},
    {"CALLBACKS_SUPPRESSED", {"net_ratelimit: ", " callbacks suppressed", {}}},
    {"OOM_KILL", {"Out of memory: Kill", {}, {}}},
    {"OOM_KILL", {"Memory cgroup out of memory", {}, {}}},
    {"LINK_DOWN", {"Link is Down", {}, {}}},
    {"LINK_DOWN", {"Link is down", {}, {}}},
    {"LINK_DOWN", {"link is not ready", {}, {}}},
    {"TX_TIMEOUT", {"NETDEV WATCHDOG: ", "transmit queue ", " timed out"}},
    {"PROMISC", {"entered promiscuous mode", {}, {}}},
    {"PROMISC", {"left promiscuous mode", {}, {}}},
    {"HUNG_TASK", {"task ", " blocked for more than ", " seconds"}},
    {"UNREGISTER", {"unregister_netdevice: waiting for", {}, {}}},
};

constexpr std::array<std::string_view, 16> kinds{"CALLBACKS_SUPPRESSED", "CONNTRACK_FULL", "FILE_MAX", "HUNG_TASK",
    "LINK_DOWN", "MARTIAN", "NEIGH_OVERFLOW", "OOM_KILL", "ORPHANS", "PORT_PARITY", "PROMISC", "SYN_FLOOD", "TCP_OOM",
    "TW_OVERFLOW", "TX_TIMEOUT", "UNREGISTER"};

bool fits(std::string_view line, const MessagePattern& pattern)
{
    for (const auto part : pattern.parts) {
        const auto at = line.find(part);
        if (at == std::string_view::npos)
            return false;
        line.remove_prefix(at + part.size());
    }
    return true;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// "[    0.000000] ", "[Sun Mar 10 02:00:00 2024] "
bool startsWithBracketedTime(std::string_view line)
{
    const auto end = line.find(']');
    if (!line.starts_with('[') || end == std::string_view::npos || end < 8 || end > 40)
        return false;
    const auto inside = trimmed(line.substr(1, end - 1));
    const bool isSinceBoot = std::ranges::all_of(inside, [](char c) { return isDigit(c) || c == '.'; })
        && inside.size() > 7 && inside[inside.size() - 7] == '.';
    const bool isWallClock = std::ranges::count(inside, ':') == 2 && inside.size() == 24;
    return isSinceBoot || isWallClock;
}

bool isKernelLine(std::string_view line)
{
    if (startsWithBracketedTime(line))
        return true;
    const auto kernel = line.find(" kernel: ");
    return kernel != std::string_view::npos && kernel < 120 && std::ranges::count(line.substr(0, kernel), ':') >= 2;
}

class KernelMessageReader
{
public:
    explicit KernelMessageReader(ParameterFile& file) : m_file(file) { }

    void addLine(const TextLine& line)
    {
        const auto kind = kernelMessageKind(line.text);
        if (kind.empty())
            return;
        auto& count = m_counts[kind];
        if (count.lines++ == 0)
            count.place = {.evidence = m_file.evidence, .line = line.number, .byteOffset = line.offset};
    }

    [[nodiscard]] Expected<void> finish()
    {
        for (const auto& [kind, count] : m_counts)
            appendParameter(
                m_file, std::string{kernelMessagePrefix} + std::string{kind}, std::to_string(count.lines), count.place);
        return {};
    }

private:
    struct Count
    {
        std::uint64_t lines = 0;
        SourceRef place; ///< Of the first.
    };

    ParameterFile& m_file;
    std::map<std::string_view, Count> m_counts;
};

} // namespace

std::span<const std::string_view> kernelMessageKinds()
{
    return kinds;
}

std::string_view kernelMessageKind(std::string_view line)
{
    const auto* const pattern =
        std::ranges::find_if(patterns, [line](const MessagePattern& candidate) { return fits(line, candidate); });
    return pattern == std::ranges::end(patterns) ? std::string_view{} : pattern->kind;
}

ProbeResult probeKernelMessages(const ProbeInput& input)
{
    std::size_t fitting = 0;
    std::size_t total = 0;
    for (const auto line : headLines(input, probedLines)) {
        if (trimmed(line).empty() || isPromptLine(line))
            continue;
        ++total;
        fitting += isKernelLine(line) ? 1u : 0u;
    }
    if (fitting == 0 || fitting * 10 < total * 7)
        return {};
    return {75, "lines of a kernel log"};
}

Expected<void> readKernelMessages(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    KernelMessageReader reader{file};
    return readParameterLines(source, file, job, reader);
}

} // namespace halfshake
