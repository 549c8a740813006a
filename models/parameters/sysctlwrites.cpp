// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/sysctlwrites.h"

#include "models/base/text.h"
#include "models/parameters/sysctlkey.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <utility>

namespace halfshake {

namespace {

constexpr int deepestScript = 4;

/// Commands that only show their arguments.
bool isPrinting(std::string_view name)
{
    static constexpr std::string_view names[] = {"echo", "printf", "grep", "cat", "[", "[[", "test"};
    return std::ranges::contains(names, name);
}

/// An argument that is a script of its own, as behind sh -c.
bool isScript(std::string_view argument)
{
    return argument.find_first_of(" \t\n") != std::string_view::npos
        && (argument.contains("sysctl") || argument.contains("/proc/sys/"));
}

class AssignmentCollector
{
public:
    explicit AssignmentCollector(const ShellVariables& variables) : m_variables(variables) { }

    void addCommandLine(const std::vector<std::string_view>& arguments);
    [[nodiscard]] std::vector<SysctlAssignment> take() { return std::move(m_assignments); }

private:
    void addScript(std::string_view script);
    void addCommand(const ShellCommand& command);
    void addSysctl(const ShellCommand& command, std::size_t first);
    void addConfiguration(std::string_view text, std::size_t offset);
    void addPath(const ShellWord& path);
    void addPaths(const std::vector<ShellWord>& paths);
    void rememberPrinted(const ShellCommand& command);
    void add(std::string_view key, std::string_view value, std::size_t offset);

    const ShellVariables& m_variables;
    std::vector<SysctlAssignment> m_assignments;
    std::string m_printed; ///< What the last command printed, for the file or pipe behind it.
    std::size_t m_argument = 0;
    std::optional<std::size_t> m_offset; ///< Of the outermost script's word, inside scripts in a script.
    int m_depth = 0;
};

std::size_t positionOfSysctl(const std::vector<ShellWord>& words)
{
    const auto isSysctl = [](const ShellWord& word) { return commandName(word.text) == "sysctl"; };
    return static_cast<std::size_t>(std::ranges::find_if(words, isSysctl) - words.begin());
}

void AssignmentCollector::addCommandLine(const std::vector<std::string_view>& arguments)
{
    ShellCommand command;
    for (const auto argument : arguments)
        command.words.push_back({.text = std::string{argument}});
    if (const auto sysctl = positionOfSysctl(command.words); sysctl < command.words.size()) {
        for (m_argument = sysctl + 1; m_argument < arguments.size(); ++m_argument) {
            if (const auto statement = parseSysctlStatement(arguments[m_argument]))
                add(statement->key, statement->value, 0);
        }
        return;
    }
    for (m_argument = 0; m_argument < arguments.size(); ++m_argument) {
        if (isScript(arguments[m_argument]))
            addScript(arguments[m_argument]);
    }
}

void AssignmentCollector::addScript(std::string_view script)
{
    if (m_depth >= deepestScript)
        return;
    ++m_depth;
    for (const auto& command : parseShellScript(script, m_variables))
        addCommand(command);
    --m_depth;
}

void AssignmentCollector::addCommand(const ShellCommand& command)
{
    if (!command.isPipedInto)
        m_printed.clear();
    const auto name = command.words.empty() ? std::string_view{} : commandName(command.words.front().text);
    const auto sysctl = positionOfSysctl(command.words);
    if (isPrinting(name)) {
        rememberPrinted(command);
    } else if (sysctl < command.words.size()) {
        addSysctl(command, sysctl + 1);
    } else if (std::ranges::contains(command.words, "tee", &ShellWord::text)) {
        addPaths(command.words);
    } else {
        for (const auto& word : command.words | std::views::filter([](const auto& w) { return isScript(w.text); })) {
            const bool isOutermost = !m_offset.has_value();
            if (isOutermost)
                m_offset = word.offset;
            addScript(word.text);
            if (isOutermost)
                m_offset.reset();
        }
    }
    addPaths(command.outputFiles);
}

void AssignmentCollector::addSysctl(const ShellCommand& command, std::size_t first)
{
    for (const auto& word : command.words | std::views::drop(first)) {
        if (word.text.starts_with('-'))
            continue;
        if (const auto statement = parseSysctlStatement(word.text))
            add(statement->key, statement->value, word.offset);
    }
    addConfiguration(command.hereDocument, command.hereDocumentOffset);
}

void AssignmentCollector::addConfiguration(std::string_view text, std::size_t offset)
{
    for (const auto line : split(text, '\n')) {
        const auto statement = parseSysctlStatement(trimmed(line));
        if (statement && isLinuxSysctlKey(statement->key))
            add(statement->key, statement->value, offset + static_cast<std::size_t>(line.data() - text.data()));
    }
}

void AssignmentCollector::addPath(const ShellWord& path)
{
    const auto key = sysctlKeyOfPath(path.text);
    if (!key || trimmed(m_printed).empty())
        return;
    add(*key, trimmed(m_printed), path.offset);
    m_assignments.back().key = *key;
    m_assignments.back().writtenKey = path.text;
}

void AssignmentCollector::addPaths(const std::vector<ShellWord>& paths)
{
    for (const auto& path : paths)
        addPath(path);
}

void AssignmentCollector::rememberPrinted(const ShellCommand& command)
{
    static constexpr std::string_view notPrinted[] = {"-n", "-e", "-en", "%s", "%s\\n"};
    if (command.words.front().text == "cat") {
        m_printed = command.hereDocument;
        return;
    }
    for (const auto& word : command.words | std::views::drop(1)) {
        if (m_printed.empty() && std::ranges::contains(notPrinted, word.text))
            continue;
        m_printed += (m_printed.empty() ? "" : " ") + word.text;
    }
    // printf and echo -e understand it, and it only ends the line
    if (m_printed.ends_with("\\n"))
        m_printed.resize(m_printed.size() - 2);
}

void AssignmentCollector::add(std::string_view key, std::string_view value, std::size_t offset)
{
    m_assignments.push_back({.key = sysctlKey(key),
        .value = std::string{value},
        .writtenKey = std::string{key},
        .argument = m_argument,
        .offset = m_offset.value_or(offset)});
}

} // namespace

std::vector<SysctlAssignment> sysctlAssignments(
    const std::vector<std::string_view>& commandLine, const ShellVariables& variables)
{
    AssignmentCollector collector{variables};
    collector.addCommandLine(commandLine);
    return collector.take();
}

std::string_view commandName(std::string_view path)
{
    return path.substr(path.find_last_of('/') + 1);
}

} // namespace halfshake
