// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/logformat.h"

#include "models/base/text.h"

#include <algorithm>
#include <optional>

namespace halfshake {

namespace {

bool isNameCharacter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9') || character == '_';
}

struct VariableReference
{
    std::string_view name;
    std::size_t length = 0; ///< With dollar sign and braces.
};

/// The variable that \a text begins with, if it begins with one (nginx ngx_http_log_compile_format).
std::optional<VariableReference> variablePrefix(std::string_view text)
{
    if (!text.starts_with('$'))
        return {};
    const bool hasBrace = text.starts_with("${");
    const auto rest = text.substr(hasBrace ? 2 : 1);
    const auto length = static_cast<std::size_t>(std::ranges::find_if_not(rest, isNameCharacter) - rest.begin());
    if (length == 0 || (hasBrace && !rest.substr(length).starts_with('}')))
        return {};
    return VariableReference{rest.substr(0, length), length + (hasBrace ? 3 : 1)};
}

bool hasFixedLength(ValueShape shape)
{
    return shape == ValueShape::TimeLocal || shape == ValueShape::TimeIso8601;
}

std::string_view withoutLeadingBlanks(std::string_view text)
{
    return text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

} // namespace

LogFormat LogFormat::anyJson()
{
    LogFormat format;
    format.m_definition.name = "JSON";
    format.m_definition.escape = ValueEscape::Json;
    format.m_isJson = true;
    return format;
}

Expected<LogFormat> LogFormat::compile(LogFormatDefinition definition)
{
    LogFormat format;
    format.m_definition = std::move(definition);
    std::string_view text = trimmed(format.m_definition.text);
    if (text.starts_with('{'))
        format.collectJsonKeys();
    std::size_t literal = 0;
    for (std::size_t position = 0; position < text.size();) {
        const auto variable = variablePrefix(text.substr(position));
        if (!variable) {
            ++position;
            continue;
        }
        format.addLiteral(text.substr(literal, position - literal));
        format.addVariable(variable->name);
        position += variable->length;
        literal = position;
    }
    format.addLiteral(text.substr(literal));
    format.markQuotes();
    const bool hasTime =
        format.has(LogField::TimeLocal) || format.has(LogField::TimeIso8601) || format.has(LogField::Msec);
    if (!hasTime)
        return failure(DiagnosticCode::LogFormatUnknown, {}, {format.m_definition.text});
    return format;
}

bool LogFormat::has(LogField field) const
{
    return std::ranges::contains(m_steps, field, &Step::field);
}

void LogFormat::addLiteral(std::string_view text)
{
    if (text.empty())
        return;
    (m_steps.empty() ? m_prefix : m_steps.back().until) += text;
    m_weight += text.size();
}

void LogFormat::addVariable(std::string_view name)
{
    const auto variable = logVariable(name);
    if (!m_steps.empty() && m_steps.back().until.empty() && !hasFixedLength(m_steps.back().shape)) {
        // nothing tells where the one ends and the other begins
        m_steps.back() = {.field = LogField::Other, .shape = ValueShape::OpenText, .until = {}};
        return;
    }
    addStep(variable);
}

void LogFormat::addStep(LogVariable variable)
{
    m_steps.push_back({.field = variable.field, .shape = variable.shape, .until = {}});
    if (variable.shape != ValueShape::Text && variable.shape != ValueShape::OpenText)
        m_weight += 4;
}

void LogFormat::markQuotes()
{
    std::string_view before = m_prefix;
    for (auto& step : m_steps) {
        step.isQuoted = before.ends_with('"') && step.until.starts_with('"');
        before = step.until;
    }
}

void LogFormat::collectJsonKeys()
{
    std::string_view text = m_definition.text;
    for (; !text.empty(); m_isJson = !m_jsonKeys.empty()) {
        const auto open = text.find('"');
        const auto close = open == std::string_view::npos ? open : text.find('"', open + 1);
        if (close == std::string_view::npos)
            return;
        const auto key = text.substr(open + 1, close - open - 1);
        auto rest = withoutLeadingBlanks(text.substr(close + 1));
        if (!rest.starts_with(':')) {
            text = text.substr(close + 1);
            continue;
        }
        rest = withoutLeadingBlanks(rest.substr(1));
        const bool isQuoted = rest.starts_with('"');
        if (isQuoted)
            rest.remove_prefix(1);
        const auto variable = variablePrefix(rest);
        const auto after = variable ? rest.substr(variable->length) : rest;
        // a value made of several parts is no variable's
        const bool isWhole = variable && (isQuoted ? after.starts_with('"') : after.find_first_of(" ,}\r\n\t") == 0);
        m_jsonKeys.push_back({std::string{key}, isWhole ? logVariable(variable->name).field : LogField::Other});
        if (isQuoted)
            rest = rest.substr(std::min(rest.find('"'), rest.size() - 1) + 1);
        text = rest;
    }
}

} // namespace halfshake
