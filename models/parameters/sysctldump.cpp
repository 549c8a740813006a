// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/sysctldump.h"

#include "models/base/text.h"
#include "models/parameters/appendparameter.h"
#include "models/parameters/parameterlines.h"
#include "models/parameters/sysctlline.h"
#include "models/parameters/wholetext.h"

#include <algorithm>
#include <format>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t probedLines = 400;

/// Keys that a network namespace other than the initial one does not show (Linux net/core/sysctl_net_core.c).
bool isInitialNamespaceKey(std::string_view key)
{
    static constexpr std::string_view keys[] = {"net.core.busy_poll", "net.core.busy_read", "net.core.default_qdisc",
        "net.core.dev_weight", "net.core.netdev_budget", "net.core.netdev_max_backlog"};
    return std::ranges::contains(keys, key);
}

/// Collects what the lines of a dump say.
class SysctlDumpReader
{
public:
    explicit SysctlDumpReader(ParameterFile& file) : m_file(file) { }

    void addLine(const TextLine& line);
    [[nodiscard]] Expected<void> finish();

private:
    void addParameter(const SysctlLine& line);
    void openSection(std::string_view host);
    [[nodiscard]] bool startsAgain(const SysctlLine& line) const;
    void finishSections();
    void addMalformed(std::string_view why);

    ParameterFile& m_file;
    SourceRef m_place;
    std::string m_bsdSystem;
    std::size_t m_bsdStatements = 0;
    std::string m_firstKey; ///< Of the section: a dump begins anew where it comes back.
    std::string m_lastKey;
    bool m_isDenied = false; ///< In the section, as below.
    bool m_hasListenBacklog = false;
};

void SysctlDumpReader::addLine(const TextLine& line)
{
    m_place = {.evidence = m_file.evidence, .line = line.number, .byteOffset = line.offset};
    const auto parsed = parseSysctlLine(line.text);
    switch (parsed.kind) {
    case SysctlLineKind::Blank:
        break;
    case SysctlLineKind::HostHeader:
        openSection(parsed.host);
        break;
    case SysctlLineKind::Denied:
    case SysctlLineKind::Unreadable:
        m_file.diagnostics.add(DiagnosticCode::ParameterUnreadable, m_place, {parsed.key});
        addParameter(parsed);
        break;
    case SysctlLineKind::Statement:
        addParameter(parsed);
        break;
    case SysctlLineKind::BsdStatement:
        ++m_bsdStatements;
        if (parsed.key == "kern.ostype")
            m_bsdSystem = parsed.value;
        break;
    case SysctlLineKind::CommandFailure:
        addMalformed("command failed");
        break;
    case SysctlLineKind::Complaint:
    case SysctlLineKind::Other:
        addMalformed(parsed.kind == SysctlLineKind::Other ? "no key and value" : "message of sysctl");
        break;
    }
}

/// A key that comes twice in a row has a value of two lines; the first one coming back later is the next dump.
bool SysctlDumpReader::startsAgain(const SysctlLine& line) const
{
    return line.key == m_firstKey && line.key != m_lastKey;
}

void SysctlDumpReader::openSection(std::string_view host)
{
    m_isDenied = false;
    m_hasListenBacklog = false;
    m_firstKey.clear();
    m_lastKey.clear();
    auto& section = m_file.sections.emplace_back();
    section.host = toValidUtf8(host);
    section.firstParameter = m_file.parameters.size();
}

void SysctlDumpReader::addParameter(const SysctlLine& line)
{
    const bool isReadable = line.kind == SysctlLineKind::Statement;
    const bool isOtherHost = !line.host.empty() && !m_file.sections.empty() && m_file.sections.back().host != line.host;
    if (m_file.sections.empty() || isOtherHost || startsAgain(line))
        openSection(line.host);
    auto& section = m_file.sections.back();
    if (isReadable && line.key == "kernel.hostname" && section.host.empty())
        section.host = toValidUtf8(line.value);
    else if (isReadable && line.key == "kernel.osrelease")
        section.kernelVersion = toValidUtf8(line.value);
    m_isDenied |= line.kind == SysctlLineKind::Denied;
    m_hasListenBacklog |= isReadable && line.key == "net.core.somaxconn";
    section.isComplete = m_hasListenBacklog && !m_isDenied;
    section.isInitialNamespace |= isInitialNamespaceKey(line.key);
    ++section.parameterCount;
    if (m_firstKey.empty())
        m_firstKey = line.key;
    m_lastKey = line.key;

    appendParameter(m_file, line.key, line.value, m_place).isReadable = isReadable;
}

void SysctlDumpReader::addMalformed(std::string_view why)
{
    m_file.diagnostics.add(DiagnosticCode::ParameterLineMalformed, m_place, {std::string{why}});
}

void SysctlDumpReader::finishSections()
{
    auto& sections = m_file.sections;
    std::erase_if(sections, [](const ParameterSection& section) { return section.parameterCount == 0; });
    for (const auto& section : sections) {
        for (auto i = section.firstParameter; i < section.firstParameter + section.parameterCount; ++i) {
            m_file.parameters[i].host = section.host;
            if (section.isInitialNamespace)
                m_file.parameters[i].networkNamespace = "host";
        }
    }
    const auto agrees = [&](auto member) {
        return std::ranges::all_of(
            sections, [&](const auto& section) { return section.*member == sections[0].*member; });
    };
    m_file.isComplete = !sections.empty() && std::ranges::all_of(sections, &ParameterSection::isComplete);
    m_file.isInitialNamespace =
        !sections.empty() && std::ranges::all_of(sections, &ParameterSection::isInitialNamespace);
    if (!sections.empty() && agrees(&ParameterSection::host))
        m_file.host = sections[0].host;
    if (!sections.empty() && agrees(&ParameterSection::kernelVersion))
        m_file.kernelVersion = sections[0].kernelVersion;
}

Expected<void> SysctlDumpReader::finish()
{
    if (m_bsdStatements > m_file.parameters.size())
        return failure(DiagnosticCode::ParameterDumpNotLinux, {.evidence = m_file.evidence},
            {m_bsdSystem.empty() ? "BSD" : m_bsdSystem});
    finishSections();
    return {};
}

} // namespace

ProbeResult probeSysctlDump(const ProbeInput& input)
{
    std::map<SysctlLineKind, std::size_t> counts;
    std::size_t total = 0;
    for (const auto line : headLines(input, probedLines)) {
        const auto kind = parseSysctlLine(line).kind;
        ++counts[kind];
        total += kind == SysctlLineKind::Blank ? 0u : 1u;
    }
    const auto statements =
        counts[SysctlLineKind::Statement] + counts[SysctlLineKind::Denied] + counts[SysctlLineKind::Unreadable];
    const auto bsdStatements = counts[SysctlLineKind::BsdStatement];
    const auto messages = counts[SysctlLineKind::Complaint] + counts[SysctlLineKind::HostHeader];
    if (bsdStatements > statements && bsdStatements * 10 >= total * 6)
        return {80, "sysctl dump of a BSD"};
    if (counts[SysctlLineKind::CommandFailure] == 1 && total == 1)
        return {30, "message of a command that did not run"};
    if (statements + counts[SysctlLineKind::Complaint] == 0 || (statements + messages) * 10 < total * 8)
        return {};
    return {90, std::format("{} of {} lines are kernel parameters", statements, total)};
}

Expected<void> readSysctlDump(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    SysctlDumpReader reader{file};
    return readParameterLines(source, file, job, reader);
}

} // namespace halfshake
