// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/sysctlconfiguration.h"

#include "models/base/text.h"
#include "models/parameters/appendparameter.h"
#include "models/parameters/parameterlines.h"
#include "models/parameters/sysctlkey.h"
#include "models/parameters/wholetext.h"

#include <algorithm>
#include <format>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

namespace {

constexpr std::size_t probedLines = 400;

bool isComment(std::string_view line)
{
    return line.starts_with('#') || line.starts_with(';');
}

struct Statement
{
    std::string_view key;
    std::string_view value;
    bool isExclusion = false; ///< "-key" alone takes the key out of globs.
};

std::optional<Statement> parseStatement(std::string_view line)
{
    const bool mayFail = line.starts_with('-');
    if (mayFail)
        line = trimmed(line.substr(1));
    if (const auto statement = parseSysctlStatement(line))
        return Statement{.key = statement->key, .value = statement->value};
    if (mayFail && isLinuxSysctlKey(line) && !line.contains(' '))
        return Statement{.key = line, .value = {}, .isExclusion = true};
    return {};
}

class SysctlConfigurationReader
{
public:
    explicit SysctlConfigurationReader(ParameterFile& file) : m_file(file) { }

    void addLine(const TextLine& line);
    [[nodiscard]] Expected<void> finish() { return {}; }

private:
    ParameterFile& m_file;
};

void SysctlConfigurationReader::addLine(const TextLine& line)
{
    const SourceRef place{.evidence = m_file.evidence, .line = line.number, .byteOffset = line.offset};
    const auto text = trimmed(line.text);
    if (text.empty() || isComment(text) || isPromptLine(text))
        return;
    const auto statement = parseStatement(text);
    if (!statement) {
        m_file.diagnostics.add(DiagnosticCode::ParameterLineMalformed, place, {"no key and value"});
        return;
    }
    if (statement->isExclusion)
        return;
    auto& parameter = appendParameter(m_file, sysctlKey(statement->key), statement->value, place);
    parameter.provenance = ParameterProvenance::Persisted;
}

/// Names the kernel and what it counts: nothing that a file would set.
bool isReadOnly(std::string_view key)
{
    static constexpr std::string_view keys[] = {"fs.dentry-state", "fs.file-nr", "fs.inode-nr", "fs.inode-state",
        "kernel.hostname", "kernel.osrelease", "kernel.ostype", "kernel.version"};
    return std::ranges::contains(keys, key) || key.starts_with("kernel.random.");
}

struct LineCounts
{
    std::size_t statements = 0;
    std::size_t commentedStatements = 0;
    std::size_t comments = 0;
    std::size_t others = 0;
    bool isWrittenByHand = false; ///< As sysctl -a never prints.
    bool isPrinted = false; ///< Holds what nobody sets.
    std::vector<std::string_view> roots; ///< First parts of the keys, in order.
};

void countLine(std::string_view line, LineCounts& counts)
{
    if (line.empty() || isPromptLine(line))
        return;
    if (isComment(line)) {
        const auto inside = parseStatement(trimmed(line.substr(1)));
        ++(inside && isLinuxSysctlKey(inside->key) ? counts.commentedStatements : counts.comments);
        return;
    }
    const auto statement = parseStatement(line);
    if (!statement || !isLinuxSysctlKey(statement->key)) {
        ++counts.others;
        return;
    }
    ++counts.statements;
    counts.isWrittenByHand |= line.starts_with('-') || !line.contains(" =") || statement->key.contains('*');
    counts.isPrinted |= isReadOnly(statement->key);
    const auto root = statement->key.substr(0, statement->key.find_first_of("./"));
    if (counts.roots.empty() || counts.roots.back() != root)
        counts.roots.push_back(root);
}

} // namespace

ProbeResult probeSysctlConfiguration(const ProbeInput& input)
{
    LineCounts counts;
    for (const auto line : headLines(input, probedLines))
        countLine(trimmed(line), counts);
    const bool isOnlyComments = counts.statements == 0;
    if (isOnlyComments && (counts.commentedStatements == 0 || counts.others > 0))
        return {};
    if (counts.statements < counts.others * 10 && !isOnlyComments)
        return {};
    const bool hasComments = counts.comments + counts.commentedStatements > 0;
    const bool mayBePrinted = counts.isPrinted || (!hasComments && std::ranges::is_sorted(counts.roots));
    if (mayBePrinted && !counts.isWrittenByHand)
        return {};
    return {isOnlyComments ? std::uint8_t{60} : std::uint8_t{92},
        std::format("{} settings of a sysctl configuration", counts.statements + counts.commentedStatements)};
}

Expected<void> readSysctlConfiguration(const ByteSource& source, ParameterFile& file, JobContext& job)
{
    SysctlConfigurationReader reader{file};
    return readParameterLines(source, file, job, reader);
}

} // namespace halfshake
