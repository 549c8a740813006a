// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/shellscript.h"

#include "models/base/text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace halfshake {

namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view operators = "\n;&|()<>";

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool isName(std::string_view text)
{
    return !text.empty() && !(text.front() >= '0' && text.front() <= '9') && std::ranges::all_of(text, isNameCharacter);
}

bool isKeyword(std::string_view word)
{
    static constexpr std::string_view keywords[] = {
        "!", "do", "elif", "else", "exec", "export", "if", "then", "until", "while", "{", "}"};
    return std::ranges::contains(keywords, word);
}

/// A variable that holds itself twice grows without end otherwise.
void appendBounded(std::string& text, std::string_view value)
{
    if (text.size() + value.size() <= longestShellWord)
        text += value;
}

class ShellScanner
{
public:
    ShellScanner(std::string_view script, const ShellVariables& variables)
        : m_script(script), m_variables(variables) { }

    std::vector<ShellCommand> scan();

private:
    struct HereDocument
    {
        std::size_t command = 0;
        std::string end;
        bool stripsTabs = false;
    };

    [[nodiscard]] char at(std::size_t position) const { return position < m_script.size() ? m_script[position] : '\0'; }
    void step();
    void takeOperator();
    void takeRedirection();
    void takeHereDocuments();
    void takeWord();
    void finishCommand();
    [[nodiscard]] ShellWord readWord();
    void readDoubleQuoted(std::string& text);
    void readDollar(std::string& text);
    void readSubstitution(std::string& text);
    [[nodiscard]] const std::string* valueOf(std::string_view variable) const;

    std::string_view m_script;
    const ShellVariables& m_variables;
    ShellVariables m_assigned; ///< By the script itself.
    std::size_t m_position = 0;
    ShellCommand m_command;
    std::vector<ShellCommand> m_commands;
    std::vector<HereDocument> m_hereDocuments;
};

std::vector<ShellCommand> ShellScanner::scan()
{
    while (m_position < m_script.size())
        step();
    finishCommand();
    return std::move(m_commands);
}

void ShellScanner::step()
{
    const char c = at(m_position);
    if (blanks.contains(c))
        ++m_position;
    else if (c == '\\' && at(m_position + 1) == '\n')
        m_position += 2;
    else if (c == '#')
        m_position = std::min(m_script.find('\n', m_position), m_script.size());
    else if (c == '<' || c == '>')
        takeRedirection();
    else if (operators.contains(c))
        takeOperator();
    else
        takeWord();
}

void ShellScanner::takeOperator()
{
    const char c = m_script[m_position++];
    finishCommand();
    if (c == '|' && at(m_position) != '|')
        m_command.isPipedInto = true;
    else if (c == at(m_position) && (c == '|' || c == '&' || c == ';'))
        ++m_position;
    if (c == '\n' && !m_hereDocuments.empty())
        takeHereDocuments();
}

void ShellScanner::takeRedirection()
{
    const bool isOutput = m_script[m_position++] == '>';
    const bool isHereDocument = !isOutput && at(m_position) == '<' && at(m_position + 1) != '<';
    const bool stripsTabs = isHereDocument && at(m_position + 1) == '-';
    while (std::string_view{"<>&|-"}.contains(at(m_position)) && m_position < m_script.size())
        ++m_position;
    while (blanks.contains(at(m_position)) && m_position < m_script.size())
        ++m_position;
    if (m_position >= m_script.size() || operators.contains(at(m_position)))
        return;
    auto target = readWord();
    if (isHereDocument)
        m_hereDocuments.push_back({m_commands.size(), std::move(target.text), stripsTabs});
    else if (isOutput)
        m_command.outputFiles.push_back(std::move(target));
}

void ShellScanner::takeHereDocuments()
{
    for (const auto& document : std::exchange(m_hereDocuments, {})) {
        const auto begin = m_position;
        auto end = m_position;
        while (m_position < m_script.size()) {
            const auto newline = std::min(m_script.find('\n', m_position), m_script.size());
            auto line = m_script.substr(m_position, newline - m_position);
            end = m_position;
            m_position = std::min(newline + 1, m_script.size());
            if (document.stripsTabs)
                line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
            if (line == document.end)
                break;
            end = m_position;
        }
        if (document.command >= m_commands.size())
            continue;
        m_commands[document.command].hereDocument = m_script.substr(begin, end - begin);
        m_commands[document.command].hereDocumentOffset = begin;
    }
}

void ShellScanner::takeWord()
{
    auto word = readWord();
    const bool isDescriptor = word.text.size() == 1 && word.text[0] >= '0' && word.text[0] <= '9'
        && (at(m_position) == '>' || at(m_position) == '<') && m_position == word.offset + 1;
    if (isDescriptor)
        return;
    if (m_command.words.empty()) {
        if (isKeyword(word.text))
            return;
        const auto equals = word.text.find('=');
        if (equals != std::string::npos && isName(std::string_view(word.text).substr(0, equals))) {
            m_assigned[word.text.substr(0, equals)] = word.text.substr(equals + 1);
            return;
        }
    }
    m_command.words.push_back(std::move(word));
}

void ShellScanner::finishCommand()
{
    if (!m_command.words.empty() || !m_command.outputFiles.empty())
        m_commands.push_back(std::move(m_command));
    m_command = {};
}

ShellWord ShellScanner::readWord()
{
    ShellWord word{.text = {}, .offset = m_position};
    while (m_position < m_script.size()) {
        const char c = m_script[m_position];
        if (blanks.contains(c) || operators.contains(c))
            break;
        ++m_position;
        if (c == '\'') {
            const auto end = std::min(m_script.find('\'', m_position), m_script.size());
            word.text += m_script.substr(m_position, end - m_position);
            m_position = std::min(end + 1, m_script.size());
        } else if (c == '"') {
            readDoubleQuoted(word.text);
        } else if (c == '$') {
            readDollar(word.text);
        } else if (c == '`') {
            const auto end = std::min(m_script.find('`', m_position), m_script.size());
            word.text += m_script.substr(m_position - 1, end - m_position + 2);
            m_position = std::min(end + 1, m_script.size());
        } else if (c == '\\') {
            if (m_position < m_script.size() && m_script[m_position] != '\n')
                word.text += m_script[m_position];
            m_position = std::min(m_position + 1, m_script.size());
        } else {
            word.text += c;
        }
    }
    return word;
}

void ShellScanner::readDoubleQuoted(std::string& text)
{
    while (m_position < m_script.size()) {
        const char c = m_script[m_position++];
        if (c == '"')
            return;
        if (c == '$') {
            readDollar(text);
        } else if (c == '\\' && std::string_view{"$`\"\\\n"}.contains(at(m_position)) && m_position < m_script.size()) {
            if (m_script[m_position] != '\n')
                text += m_script[m_position];
            ++m_position;
        } else {
            text += c;
        }
    }
}

void ShellScanner::readDollar(std::string& text)
{
    const auto begin = m_position - 1;
    std::string_view name;
    if (at(m_position) == '(')
        return readSubstitution(text);
    if (at(m_position) == '{') {
        const auto end = m_script.find('}', m_position);
        if (end == std::string_view::npos) {
            text += '$';
            return;
        }
        name = m_script.substr(m_position + 1, end - m_position - 1);
        m_position = end + 1;
    } else {
        while (m_position < m_script.size() && isNameCharacter(m_script[m_position]))
            ++m_position;
        name = m_script.substr(begin + 1, m_position - begin - 1);
    }
    const auto fallback = name.find(":-");
    if (const auto* const value = valueOf(name.substr(0, fallback)))
        appendBounded(text, *value);
    else if (fallback != std::string_view::npos && isName(name.substr(0, fallback)))
        text += name.substr(fallback + 2);
    else
        text += m_script.substr(begin, m_position - begin);
}

/// Of "$(...)" as it stands. "$(NAME)" is also how Kubernetes writes an environment variable in a command.
void ShellScanner::readSubstitution(std::string& text)
{
    const auto begin = m_position;
    std::size_t depth = 0;
    while (m_position < m_script.size()) {
        const char c = m_script[m_position++];
        if (c == '(')
            ++depth;
        else if (c == ')' && --depth == 0)
            break;
    }
    const auto whole = m_script.substr(begin, m_position - begin);
    if (const auto* const value = valueOf(whole.substr(1, whole.size() - std::min<std::size_t>(whole.size(), 2))))
        return appendBounded(text, *value);
    text += '$';
    text += whole;
}

const std::string* ShellScanner::valueOf(std::string_view variable) const
{
    for (const auto* const variables : {&std::as_const(m_assigned), &m_variables}) {
        if (const auto found = variables->find(variable); found != variables->end())
            return &found->second;
    }
    return nullptr;
}

} // namespace

std::vector<ShellCommand> parseShellScript(std::string_view script, const ShellVariables& variables)
{
    return ShellScanner{script, variables}.scan();
}

} // namespace halfshake
