// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/parameters/nginxdirectives.h"

#include "models/parameters/wholetext.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t mostProblems = 100;
constexpr std::size_t deepestBlock = 64;
constexpr std::size_t mostArguments = 4096;
constexpr std::size_t mostDirectives = 2'000'000;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

class NginxScanner
{
public:
    explicit NginxScanner(std::string_view text) : m_text(text) { }

    NginxSyntax scan();

private:
    [[nodiscard]] bool isAtEnd() const { return m_position >= m_text.size(); }
    void skipSpace();
    [[nodiscard]] bool skipMessage();
    void takeDirective();
    [[nodiscard]] NginxWord readWord();
    void readQuoted(NginxWord& word, char quote);
    void openBlock(NginxDirective directive);
    void closeBlock();
    void skipLua();
    void advanceTo(std::size_t position);
    void addProblem(std::string what);

    std::string_view m_text;
    std::size_t m_position = 0;
    std::uint64_t m_line = 1;
    std::vector<std::uint32_t> m_open;
    NginxSyntax m_syntax;
};

NginxSyntax NginxScanner::scan()
{
    while (true) {
        skipSpace();
        if (isAtEnd())
            break;
        if (skipMessage())
            continue;
        if (m_syntax.directives.size() >= mostDirectives) {
            addProblem("too many directives");
            return std::move(m_syntax);
        }
        if (m_text[m_position] == '}')
            closeBlock();
        else
            takeDirective();
    }
    if (!m_open.empty())
        addProblem("unexpected end of file");
    return std::move(m_syntax);
}

void NginxScanner::advanceTo(std::size_t position)
{
    position = std::min(position, m_text.size());
    m_line += static_cast<std::uint64_t>(std::ranges::count(m_text.substr(m_position, position - m_position), '\n'));
    m_position = position;
}

void NginxScanner::skipSpace()
{
    while (!isAtEnd()) {
        if (isSpace(m_text[m_position]))
            advanceTo(m_position + 1);
        else if (m_text[m_position] == '#')
            advanceTo(m_text.find('\n', m_position));
        else
            return;
    }
}

/// nginx -T prints what it thinks of the files on the other stream, and a terminal mixes both.
bool NginxScanner::skipMessage()
{
    const auto line = m_text.substr(m_position, m_text.find('\n', m_position) - m_position);
    const bool isLineStart = m_position == 0 || m_text[m_position - 1] == '\n';
    if (!isLineStart || !(line.starts_with("nginx: ") || isPromptLine(line)))
        return false;
    advanceTo(m_position + line.size());
    return true;
}

void NginxScanner::takeDirective()
{
    NginxDirective directive;
    directive.parent = m_open.empty() ? NginxDirective::topLevel : m_open.back();
    directive.line = m_line;
    directive.offset = m_position;
    while (!isAtEnd()) {
        const char c = m_text[m_position];
        if (c == ';' || c == '{' || c == '}')
            break;
        auto word = readWord();
        if (directive.name.empty() && directive.arguments.empty())
            directive.name = std::move(word.text);
        else if (directive.arguments.size() < mostArguments)
            directive.arguments.push_back(std::move(word));
        skipSpace();
    }
    const char end = isAtEnd() ? '\0' : m_text[m_position];
    if (end == '}' || end == '\0')
        return addProblem(end == '}' ? "unexpected }" : "unexpected end of file");
    advanceTo(m_position + 1);
    if (directive.name.empty())
        return addProblem(std::string{"unexpected "} + end);
    if (end == '{')
        openBlock(std::move(directive));
    else
        m_syntax.directives.push_back(std::move(directive));
}

NginxWord NginxScanner::readWord()
{
    NginxWord word;
    if (const char quote = m_text[m_position]; quote == '"' || quote == '\'') {
        readQuoted(word, quote);
        return word;
    }
    while (!isAtEnd()) {
        const char c = m_text[m_position];
        // braces belong to a variable's name in "${name}", as nginx's own scanner has it
        const bool opensName = c == '{' && word.text.ends_with('$');
        if (opensName) {
            const auto close = m_text.find('}', m_position);
            const auto end = close == std::string_view::npos ? m_text.size() : close + 1;
            word.text += m_text.substr(m_position, end - m_position);
            advanceTo(end);
            continue;
        }
        if (isSpace(c) || c == ';' || c == '{')
            break;
        const auto length = c == '\\' && m_position + 1 < m_text.size() ? std::size_t{2} : std::size_t{1};
        word.text += m_text.substr(m_position, length);
        advanceTo(m_position + length);
    }
    return word;
}

void NginxScanner::readQuoted(NginxWord& word, char quote)
{
    word.isQuoted = true;
    advanceTo(m_position + 1);
    while (!isAtEnd() && m_text[m_position] != quote) {
        char c = m_text[m_position];
        if (c == '\\' && m_position + 1 < m_text.size()) {
            const char escaped = m_text[m_position + 1];
            if (escaped == quote || escaped == '\\')
                c = escaped;
            else if (const auto i = std::string_view{"trn"}.find(escaped); i != std::string_view::npos)
                c = std::string_view{"\t\r\n"}[i];
            else
                word.text += c, c = escaped;
            advanceTo(m_position + 1);
        }
        word.text += c;
        advanceTo(m_position + 1);
    }
    if (isAtEnd())
        addProblem("quote without end");
    else
        advanceTo(m_position + 1);
}

void NginxScanner::openBlock(NginxDirective directive)
{
    directive.isBlock = true;
    const bool isLua = directive.name.ends_with("_by_lua_block");
    const auto row = static_cast<std::uint32_t>(m_syntax.directives.size());
    m_syntax.directives.push_back(std::move(directive));
    if (isLua) {
        skipLua();
    } else if (m_open.size() >= deepestBlock) {
        addProblem("too deep");
        m_position = m_text.size();
    } else {
        m_open.push_back(row);
    }
}

void NginxScanner::closeBlock()
{
    if (m_open.empty())
        addProblem("unexpected }");
    else
        m_open.pop_back();
    advanceTo(m_position + 1);
}

/// To the brace that ends a Lua block; braces in Lua's strings and comments do not count.
void NginxScanner::skipLua()
{
    std::size_t depth = 1;
    while (!isAtEnd()) {
        const char c = m_text[m_position];
        const auto rest = m_text.substr(m_position);
        if (rest.starts_with("[[") || rest.starts_with("--[[")) {
            const auto close = m_text.find("]]", m_position);
            advanceTo(close == std::string_view::npos ? close : close + 2);
        } else if (rest.starts_with("--")) {
            advanceTo(m_text.find('\n', m_position));
        } else if (c == '"' || c == '\'') {
            auto close = m_position + 1;
            while (close < m_text.size() && m_text[close] != c && m_text[close] != '\n')
                close += m_text[close] == '\\' ? std::size_t{2} : std::size_t{1};
            advanceTo(close + 1);
        } else {
            advanceTo(m_position + 1);
            if (c == '{')
                ++depth;
            if (c == '}' && --depth == 0)
                return;
        }
    }
    addProblem("Lua block without end");
}

void NginxScanner::addProblem(std::string what)
{
    if (m_syntax.problems.size() < mostProblems)
        m_syntax.problems.push_back({.what = std::move(what), .line = m_line, .offset = m_position});
}

} // namespace

NginxSyntax parseNginxDirectives(std::string_view text)
{
    return NginxScanner{text}.scan();
}

} // namespace halfshake
