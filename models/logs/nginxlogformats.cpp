// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/nginxlogformats.h"

#include "models/base/text.h"
#include "models/logs/textescape.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t npos = std::string_view::npos;

/// The words of an nginx configuration: quoted, bare, and the marks ; { } (nginx src/core/ngx_conf_file.c).
class ConfigurationWords
{
public:
    explicit ConfigurationWords(std::string_view text) : m_rest(text) { }

    /// The next word into \a word; marks come alone and unquoted. False at the end.
    bool next(std::string& word, bool& isQuoted)
    {
        skipBlanksAndComments();
        word.clear();
        isQuoted = false;
        if (m_rest.empty())
            return false;
        const char first = m_rest.front();
        isQuoted = first == '"' || first == '\'';
        if (isQuoted)
            takeQuoted(word, first);
        else if (isMark(first))
            takeCharacter(word);
        else
            takeBare(word);
        return true;
    }

private:
    static bool isBlank(char character)
    {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }
    static bool isMark(char character) { return character == ';' || character == '{' || character == '}'; }

    void skipBlanksAndComments()
    {
        while (!m_rest.empty() && (isBlank(m_rest.front()) || m_rest.front() == '#')) {
            const auto length = m_rest.front() == '#' ? m_rest.find('\n') : 1;
            m_rest.remove_prefix(std::min(length, m_rest.size()));
        }
    }

    void takeCharacter(std::string& word)
    {
        word += m_rest.front();
        m_rest.remove_prefix(1);
    }

    void takeEscape(std::string& word)
    {
        m_rest.remove_prefix(1);
        const char kind = m_rest.front();
        const auto known = std::string_view{"trn\"'\\"}.find(kind);
        if (known == npos)
            word += '\\';
        word += known < 3 ? "\t\r\n"[known] : kind;
        m_rest.remove_prefix(1);
    }

    void takeQuoted(std::string& word, char quote)
    {
        m_rest.remove_prefix(1);
        while (!m_rest.empty() && m_rest.front() != quote) {
            if (m_rest.front() == '\\' && m_rest.size() > 1)
                takeEscape(word);
            else
                takeCharacter(word);
        }
        m_rest.remove_prefix(std::min<std::size_t>(1, m_rest.size()));
    }

    void takeBare(std::string& word)
    {
        while (!m_rest.empty() && !isBlank(m_rest.front()) && m_rest.front() != ';') {
            const bool isVariable = m_rest.starts_with("${");
            if (isMark(m_rest.front()))
                return;
            if (isVariable) { // its braces are no marks
                const auto length = std::min(m_rest.find('}'), m_rest.size() - 1) + 1;
                word += m_rest.substr(0, length);
                m_rest.remove_prefix(length);
            } else if (m_rest.front() == '\\' && m_rest.size() > 1) {
                takeEscape(word);
            } else {
                takeCharacter(word);
            }
        }
    }

    std::string_view m_rest;
};

ValueEscape escapeNamed(std::string_view name)
{
    if (name == "json")
        return ValueEscape::Json;
    return name == "none" ? ValueEscape::None : ValueEscape::Default;
}

/// Reads on behind the word log_format up to its semicolon.
std::optional<LogFormatDefinition> readDirective(ConfigurationWords& words)
{
    LogFormatDefinition definition;
    std::string word;
    bool isQuoted = false;
    bool hasName = false;
    while (words.next(word, isQuoted)) {
        const bool isMark = !isQuoted && (word == ";" || word == "{" || word == "}");
        if (isMark)
            return word == ";" && !definition.text.empty() ? std::optional{definition} : std::nullopt;
        constexpr std::string_view escapeKey = "escape=";
        if (!hasName)
            definition.name = word;
        else if (definition.text.empty() && word.starts_with(escapeKey))
            definition.escape = escapeNamed(std::string_view{word}.substr(escapeKey.size()));
        else
            definition.text += word;
        hasName = true;
    }
    return {};
}

void collectDirectives(std::string_view configuration, std::vector<LogFormatDefinition>& formats)
{
    ConfigurationWords words{configuration};
    std::string word;
    bool isQuoted = false;
    bool isStart = true; // of a directive
    while (words.next(word, isQuoted)) {
        if (isStart && !isQuoted && word == "log_format") {
            if (auto definition = readDirective(words))
                formats.push_back(*std::move(definition));
            continue;
        }
        isStart = !isQuoted && (word == ";" || word == "{" || word == "}");
    }
}

/// The lines of \a text after a block scalar's "|" or ">", as long as they are indented deeper than its key.
std::string blockScalar(std::string_view text, std::size_t keyIndent, bool isFolded)
{
    std::string value;
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        const auto indent = line.find_first_not_of(' ');
        if (indent == npos || indent <= keyIndent)
            break;
        if (!value.empty() && isFolded)
            value += ' ';
        value += trimmed(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return value;
}

std::string quotedScalar(std::string_view text)
{
    const char quote = text.front();
    std::string value;
    for (text.remove_prefix(1); !text.empty(); text.remove_prefix(1)) {
        if (quote == '"' && text.front() == '\\' && text.size() > 1) {
            value += text.substr(0, 2);
            text.remove_prefix(1);
        } else if (text.starts_with("''") && quote == '\'') {
            value += '\'';
            text.remove_prefix(1);
        } else if (text.front() == quote) {
            break;
        } else {
            value += text.front();
        }
    }
    std::string buffer;
    return quote == '"' ? std::string{unescaped(value, ValueEscape::Json, buffer)} : value;
}

/// The scalar after "key:" in YAML or JSON; nothing where \a text has no such key.
std::optional<std::string> scalarOf(std::string_view text, std::string_view key)
{
    for (auto found = text.find(key); found != npos; found = text.find(key, found + 1)) {
        const auto lineStart = found == 0 ? 0 : text.rfind('\n', found - 1) + 1;
        const bool isQuotedKey = found > 0 && text[found - 1] == '"';
        auto rest = text.substr(found + key.size());
        rest.remove_prefix(isQuotedKey && rest.starts_with('"') ? 1 : 0);
        const bool isKey = isQuotedKey || text.substr(lineStart, found - lineStart).find_first_not_of(" -") == npos;
        if (!isKey || !rest.starts_with(':'))
            continue;
        rest.remove_prefix(1);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
        if (rest.empty())
            return {};
        if (rest.front() == '"' || rest.front() == '\'')
            return quotedScalar(rest);
        if (rest.front() == '|' || rest.front() == '>')
            return blockScalar(rest, found - lineStart, rest.front() == '>');
        return std::string{trimmed(rest.substr(0, rest.find('\n')))};
    }
    return {};
}

void collectConfigMap(std::string_view configuration, std::vector<LogFormatDefinition>& formats)
{
    const auto text = scalarOf(configuration, "log-format-upstream");
    if (!text || !text->contains('$'))
        return;
    auto escape = ValueEscape::Default;
    if (scalarOf(configuration, "log-format-escape-json") == "true")
        escape = ValueEscape::Json;
    else if (scalarOf(configuration, "log-format-escape-none") == "true")
        escape = ValueEscape::None;
    formats.push_back({"log-format-upstream", *text, escape});
}

} // namespace

std::vector<LogFormatDefinition> logFormatsIn(std::string_view configuration)
{
    std::vector<LogFormatDefinition> formats;
    collectDirectives(configuration, formats);
    collectConfigMap(configuration, formats);
    return formats;
}

} // namespace halfshake
