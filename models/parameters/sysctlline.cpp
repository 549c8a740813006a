// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/sysctlline.h"

#include "models/base/text.h"
#include "models/parameters/sysctlkey.h"
#include "models/parameters/wholetext.h"

#include <algorithm>
#include <optional>

namespace halfshake {

namespace {

/// What stands in the first pair of quotes after \a phrase.
std::optional<std::string_view> quotedAfter(std::string_view line, std::string_view phrase)
{
    const auto found = line.find(phrase);
    if (found == std::string_view::npos)
        return {};
    const auto rest = line.substr(found + phrase.size());
    const auto open = rest.find_first_of("'\"");
    const auto close = open == std::string_view::npos ? open : rest.find(rest[open], open + 1);
    if (close == std::string_view::npos)
        return {};
    return rest.substr(open + 1, close - open - 1);
}

/// A command that could not be started leaves its complaint in place of its output.
bool isCommandFailure(std::string_view line)
{
    return (line.starts_with("exec of \"") && line.contains("failed"))
        || (line.contains("sysctl") && (line.contains("command not found") || line.ends_with(": not found")))
        || (line.starts_with("timeout: ") && line.contains("sysctl"));
}

/// sysctl's own messages, which come along with 2>&1. The part of the message before the key differs by version.
std::optional<SysctlLine> parseComplaint(std::string_view line)
{
    if (!line.starts_with("sysctl: ") && !line.starts_with("error: "))
        return {};
    if (isCommandFailure(line))
        return SysctlLine{.kind = SysctlLineKind::CommandFailure, .key = {}, .value = {}, .host = {}};
    SysctlLine result{.kind = SysctlLineKind::Complaint, .key = {}, .value = {}, .host = {}};
    if (const auto denied = quotedAfter(line, "permission denied on key")) {
        result.kind = SysctlLineKind::Denied;
        result.key = sysctlKey(*denied);
    } else if (const auto failing = quotedAfter(line, "reading key")) {
        result.kind = line.contains("ermission denied") ? SysctlLineKind::Denied : SysctlLineKind::Unreadable;
        result.key = sysctlKey(*failing);
    }
    return result;
}

/// A BSD prints "kern.ostype: FreeBSD"; NetBSD and OpenBSD print an equals sign.
std::optional<SysctlLine> parseBsdStatement(std::string_view line)
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
    return SysctlLine{.kind = SysctlLineKind::BsdStatement,
        .key = std::string{key},
        .value = trimmed(line.substr(separator + 1)),
        .host = {}};
}

/// grep -r . /proc/sys prints a colon after the path, scripts print " = ".
std::optional<SysctlLine> parseProcStatement(std::string_view line)
{
    const auto separator = line.find_first_of(":= \t");
    const auto key = sysctlKeyOfPath(line.substr(0, separator));
    if (!key || separator == std::string_view::npos)
        return {};
    auto value = trimmed(line.substr(separator));
    if (value.starts_with(':') || value.starts_with('='))
        value.remove_prefix(1);
    return SysctlLine{.kind = SysctlLineKind::Statement, .key = *key, .value = trimmed(value), .host = {}};
}

std::optional<SysctlLine> parseStatement(std::string_view line)
{
    const auto statement = parseSysctlStatement(line);
    if (!statement || !isLinuxSysctlKey(statement->key))
        return parseProcStatement(line);
    return SysctlLine{
        .kind = SysctlLineKind::Statement, .key = sysctlKey(statement->key), .value = statement->value, .host = {}};
}

std::optional<SysctlLine> parseHostHeader(std::string_view line)
{
    SysctlLine result{.kind = SysctlLineKind::HostHeader, .key = {}, .value = {}, .host = {}};
    if (line.starts_with("==> ") && line.ends_with(" <==")) {
        result.host = trimmed(line.substr(4, line.size() - 8));
        return result;
    }
    const auto bar = line.find(" | ");
    if (bar == std::string_view::npos || bar == 0 || !line.ends_with(">>") || !line.contains("rc="))
        return {};
    result.host = trimmed(line.substr(0, bar));
    return result;
}

} // namespace

SysctlLine parseSysctlLine(std::string_view line)
{
    line = trimmed(line);
    // "* Applying /etc/sysctl.d/99-k8s.conf ..." is what sysctl --system says between the values it sets
    if (line.empty() || line.starts_with('#') || line.starts_with("* Applying ") || isPromptLine(line))
        return {.kind = SysctlLineKind::Blank, .key = {}, .value = {}, .host = {}};
    if (auto complaint = parseComplaint(line))
        return *complaint;
    if (auto statement = parseStatement(line))
        return *statement;
    if (auto header = parseHostHeader(line))
        return *header;
    if (auto statement = parseBsdStatement(line))
        return *statement;
    if (isCommandFailure(line))
        return {.kind = SysctlLineKind::CommandFailure, .key = {}, .value = {}, .host = {}};
    if (const auto colon = line.find(": "); colon != std::string_view::npos && !line.substr(0, colon).contains(' ')) {
        const auto rest = trimmed(line.substr(colon + 2));
        if (auto inner = parseComplaint(rest); inner || (inner = parseStatement(rest))) {
            inner->host = line.substr(0, colon);
            return *inner;
        }
    }
    return {};
}

} // namespace halfshake
