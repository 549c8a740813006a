// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/tomcatlogformats.h"

#include "models/base/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t npos = std::string_view::npos;

struct Code
{
    char letter;
    std::string_view text;
};

/// What one letter after "%" writes (Tomcat AbstractAccessLogValve).
constexpr auto codes = std::to_array<Code>({{'a', "$remote_addr"}, {'h', "$remote_addr"}, {'l', "$ident"},
    {'u', "$remote_user"}, {'t', "[$time_local]"}, {'r', "$request"}, {'s', "$status"}, {'b', "$body_bytes_sent"},
    {'B', "$body_bytes_sent"}, {'D', "$duration_any_unit"}, {'T', "$request_time"}, {'F', "$request_length"},
    {'H', "$server_protocol"}, {'m', "$request_method"}, {'p', "$server_port"}, {'U', "$uri"}, {'q', "$tomcat_query"},
    {'v', "$host"}, {'A', "$tomcat_local_address"}, {'I', "$tomcat_thread"}, {'S', "$tomcat_session"},
    {'X', "$tomcat_connection_state"}});

std::string lowerCase(std::string_view text)
{
    std::string lower{text};
    std::ranges::transform(lower, lower.begin(), [](char character) {
        return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
    });
    return lower;
}

/// "%{name}kind": a header, a cookie, an attribute, or a way to write the time.
std::string_view namedVariable(std::string_view name, char kind)
{
    const auto lower = lowerCase(name);
    if (kind == 't') {
        const bool isCount = lower.ends_with("sec") || lower.ends_with("msec");
        return isCount ? "$msec" : "$any_time";
    }
    if (lower == "x-request-id" || lower == "x-req-id" || lower == "request-id")
        return "$http_x_request_id";
    return lower == "host" ? "$http_host" : "$tomcat_named";
}

/// Reads what follows "%" at the start of \a pattern; nothing where Tomcat knows no such code.
std::optional<std::string_view> takeCode(std::string_view& pattern)
{
    if (pattern.starts_with('{')) {
        const auto end = pattern.find('}');
        if (end == npos || end + 1 >= pattern.size())
            return {};
        const auto variable = namedVariable(pattern.substr(1, end - 1), pattern[end + 1]);
        pattern.remove_prefix(end + 2);
        return variable;
    }
    if (pattern.empty())
        return {};
    const auto code = std::ranges::find(codes, pattern.front(), &Code::letter);
    if (code == codes.end())
        return {};
    pattern.remove_prefix(1);
    return code->text;
}

std::optional<LogFormatDefinition> translated(std::string_view pattern)
{
    LogFormatDefinition definition;
    definition.name = "Tomcat access log pattern";
    definition.dialect = LogDialect::Tomcat;
    while (!pattern.empty()) {
        const auto percent = std::min(pattern.find('%'), pattern.size());
        definition.text += pattern.substr(0, percent);
        pattern.remove_prefix(std::min(percent + 1, pattern.size()));
        if (percent == pattern.size() && pattern.empty())
            break;
        const auto code = takeCode(pattern);
        if (!code)
            return definition.text.empty() ? std::nullopt : std::optional{std::move(definition)};
        definition.text += *code;
    }
    return definition.text.contains('$') ? std::optional{std::move(definition)} : std::nullopt;
}

std::string withoutEntities(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, char>, 5> entities{
        {{"&quot;", '"'}, {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&apos;", '\''}}};
    std::string plain;
    while (!text.empty()) {
        const auto* entity =
            std::ranges::find_if(entities, [&](const auto& one) { return text.starts_with(one.first); });
        plain += entity == entities.end() ? text.front() : entity->second;
        text.remove_prefix(entity == entities.end() ? 1 : entity->first.size());
    }
    return plain;
}

/// The value of pattern="..." in the element that begins \a element.
std::optional<std::string> patternOf(std::string_view element)
{
    element = element.substr(0, element.find('>'));
    constexpr std::string_view key = "pattern=";
    const auto found = element.find(key);
    if (found == npos || found + key.size() >= element.size())
        return {};
    const char quote = element[found + key.size()];
    const auto value = element.substr(found + key.size() + 1);
    const auto end = value.find(quote);
    if ((quote != '"' && quote != '\'') || end == npos)
        return {};
    return withoutEntities(value.substr(0, end));
}

void collectValves(std::string_view text, std::vector<LogFormatDefinition>& formats)
{
    constexpr std::string_view valve = "AccessLogValve";
    for (auto found = text.find(valve); found != npos; found = text.find(valve, found + 1)) {
        const auto pattern = patternOf(text.substr(found));
        if (!pattern || !pattern->contains('%'))
            continue; // "common" and "combined" are built in
        if (auto definition = translated(*pattern))
            formats.push_back(*std::move(definition));
    }
}

void collectProperties(std::string_view text, std::vector<LogFormatDefinition>& formats)
{
    constexpr std::string_view key = "server.tomcat.accesslog.pattern";
    const auto found = text.find(key);
    if (found == npos)
        return;
    const auto line = text.substr(found + key.size(), text.find('\n', found) - found - key.size());
    const auto equals = line.find_first_of("=:");
    if (equals == npos)
        return;
    if (auto definition = translated(trimmed(line.substr(equals + 1))))
        formats.push_back(*std::move(definition));
}

} // namespace

std::vector<LogFormatDefinition> tomcatLogFormatsIn(std::string_view configuration)
{
    std::vector<LogFormatDefinition> formats;
    collectValves(configuration, formats);
    collectProperties(configuration, formats);
    return formats;
}

} // namespace halfshake
