// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/sysctldump.h"

#include "models/base/text.h"
#include "models/parameters/parameterlines.h"
#include "models/parameters/sysctlkey.h"
#include "models/parameters/wholetext.h"

#include <algorithm>
#include <format>
#include <optional>
#include <string>
#include <string_view>

namespace halfshake {

namespace {

constexpr std::size_t probedLines = 400;

/// sysctl's own complaints, which come along with "2>&1".
bool isComplaint(std::string_view line)
{
    return line.starts_with("sysctl: ") || line.starts_with("error: ");
}

/// What stands in the first pair of quotes after \a phrase.
std::optional<std::string_view> quotedAfter(std::string_view line, std::string_view phrase)
{
    const auto found = line.find(phrase);
    if (found == std::string_view::npos)
        return {};
    const auto rest = line.substr(found + phrase.size());
    const auto open = rest.find_first_of("'\"");
    if (open == std::string_view::npos)
        return {};
    const auto close = rest.find(rest[open], open + 1);
    if (close == std::string_view::npos)
        return {};
    return rest.substr(open + 1, close - open - 1);
}

/// The key of a value that only root may read.
std::optional<std::string_view> deniedKey(std::string_view line)
{
    return quotedAfter(line, "permission denied on key");
}

/// A command that could not be started leaves its complaint in place of its output.
bool isCommandFailure(std::string_view line)
{
    return (line.starts_with("exec of \"") && line.contains("failed"))
        || (line.contains("sysctl") && line.contains("command not found"))
        || (line.starts_with("timeout: ") && line.contains("sysctl"));
}

/// Name and value of a BSD's "kern.ostype: FreeBSD"; NetBSD and OpenBSD print an equals sign.
std::optional<SysctlStatement> parseBsdStatement(std::string_view line)
{
    static constexpr std::string_view roots[] = {
        "kern", "hw", "machdep", "vfs", "security", "p1003_1b", "compat", "ddb", "proc", "kstat"};
    const auto separator = line.find_first_of(":=");
    if (separator == std::string_view::npos || separator == 0)
        return {};
    const auto key = trimmed(line.substr(0, separator));
    const auto dot = key.find('.');
    if (dot == std::string_view::npos || key.contains(' ') || !std::ranges::contains(roots, key.substr(0, dot)))
        return {};
    return SysctlStatement{.key = key, .value = trimmed(line.substr(separator + 1))};
}

/// One line of grep -r . /proc/sys ("/proc/sys/net/ipv4/ip_forward:1") or of scripts that print " = " after the path.
std::optional<std::pair<std::string, std::string_view>> parseProcStatement(std::string_view line)
{
    if (!line.starts_with("/proc/sys/"))
        return {};
    const auto separator = line.find_first_of(":= \t");
    if (separator == std::string_view::npos)
        return {};
    const auto key = sysctlKeyOfPath(line.substr(0, separator));
    if (!key)
        return {};
    auto value = trimmed(line.substr(separator));
    if (value.starts_with(':') || value.starts_with('='))
        value.remove_prefix(1);
    return std::pair{*key, trimmed(value)};
}

/// Keys that a network namespace other than the initial one does not show (Linux net/core/sysctl_net_core.c).
bool isInitialNamespaceKey(std::string_view key)
{
    static constexpr std::string_view keys[] = {"net.core.busy_poll", "net.core.busy_read", "net.core.default_qdisc",
        "net.core.dev_weight", "net.core.netdev_budget", "net.core.netdev_max_backlog"};
    return std::ranges::contains(keys, key);
}

struct LineCounts
{
    std::size_t statements = 0;
    std::size_t bsdStatements = 0;
    std::size_t complaints = 0;
    std::size_t failures = 0;
    std::size_t others = 0;
};

void countLine(std::string_view line, LineCounts& counts)
{
    const auto statement = parseSysctlStatement(line);
    if (line.empty() || isPromptLine(line))
        return;
    if (isComplaint(line))
        ++counts.complaints;
    else if ((statement && isLinuxSysctlKey(statement->key)) || parseProcStatement(line))
        ++counts.statements;
    else if (parseBsdStatement(line))
        ++counts.bsdStatements;
    else if (isCommandFailure(line))
        ++counts.failures;
    else
        ++counts.others;
}

/// Collects what the lines of a dump say.
class SysctlDumpReader
{
public:
    explicit SysctlDumpReader(ParameterFile& file) : m_file(file) { }

    void addLine(const TextLine& line);
    [[nodiscard]] Expected<void> finish();

private:
    void addParameter(std::string key, std::string_view value, bool isReadable);
    void addComplaint(std::string_view line);
    void addMalformed(std::string_view why);

    ParameterFile& m_file;
    SourceRef m_place;
    std::string m_bsdSystem;
    std::size_t m_bsdStatements = 0;
    bool m_isDenied = false;
    bool m_hasListenBacklog = false;
};

void SysctlDumpReader::addLine(const TextLine& line)
{
    m_place = {.evidence = m_file.evidence, .line = line.number, .byteOffset = line.offset};
    const auto text = trimmed(line.text);
    if (text.empty() || isPromptLine(text))
        return;
    if (isComplaint(text)) {
        addComplaint(text);
    } else if (const auto statement = parseSysctlStatement(text); statement && isLinuxSysctlKey(statement->key)) {
        addParameter(sysctlKey(statement->key), statement->value, true);
    } else if (const auto proc = parseProcStatement(text)) {
        addParameter(proc->first, proc->second, true);
    } else if (const auto bsd = parseBsdStatement(text)) {
        ++m_bsdStatements;
        if (bsd->key == "kern.ostype")
            m_bsdSystem = bsd->value;
    } else {
        addMalformed(isCommandFailure(text) ? "command failed" : "no key and value");
    }
}

void SysctlDumpReader::addParameter(std::string key, std::string_view value, bool isReadable)
{
    if (isReadable && key == "kernel.hostname")
        m_file.host = value;
    else if (isReadable && key == "kernel.osrelease")
        m_file.kernelVersion = value;
    m_hasListenBacklog |= isReadable && key == "net.core.somaxconn";
    m_file.isInitialNamespace |= isInitialNamespaceKey(key);
    auto& parameter = m_file.parameters.emplace_back();
    parameter.key = std::move(key);
    parameter.value = toValidUtf8(value);
    parameter.isReadable = isReadable;
    parameter.place = m_place;
}

void SysctlDumpReader::addComplaint(std::string_view line)
{
    const auto denied = deniedKey(line);
    // an unset stable_secret cannot be read by anybody, so this alone does not make a dump incomplete
    const auto failing = denied ? denied : quotedAfter(line, "reading key");
    m_isDenied |= denied.has_value();
    if (!failing)
        return addMalformed("complaint of sysctl");
    m_file.diagnostics.add(DiagnosticCode::ParameterUnreadable, m_place, {std::string{*failing}});
    addParameter(sysctlKey(*failing), {}, false);
}

void SysctlDumpReader::addMalformed(std::string_view why)
{
    m_file.diagnostics.add(DiagnosticCode::ParameterLineMalformed, m_place, {std::string{why}});
}

Expected<void> SysctlDumpReader::finish()
{
    if (m_bsdStatements > m_file.parameters.size())
        return failure(DiagnosticCode::ParameterDumpNotLinux, {.evidence = m_file.evidence},
            {m_bsdSystem.empty() ? "BSD" : m_bsdSystem});
    m_file.isComplete = m_hasListenBacklog && !m_isDenied;
    for (auto& parameter : m_file.parameters) {
        parameter.host = m_file.host;
        if (m_file.isInitialNamespace)
            parameter.networkNamespace = "host";
    }
    return {};
}

} // namespace

ProbeResult probeSysctlDump(const ProbeInput& input)
{
    LineCounts counts;
    for (const auto line : headLines(input, probedLines))
        countLine(trimmed(line), counts);
    const auto total = counts.statements + counts.bsdStatements + counts.complaints + counts.failures + counts.others;
    if (counts.bsdStatements > counts.statements && counts.bsdStatements * 10 >= total * 6)
        return {80, "sysctl dump of a BSD"};
    if (counts.failures == 1 && total == 1)
        return {30, "complaint of a command that did not run"};
    if (counts.statements + counts.complaints == 0 || (counts.statements + counts.complaints) * 10 < total * 8)
        return {};
    return {90, std::format("{} of {} lines are kernel parameters", counts.statements + counts.complaints, total)};
}

Expected<void> readSysctlDump(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    SysctlDumpReader reader{file};
    return readParameterLines(source, file, job, reader);
}

} // namespace halfshake
