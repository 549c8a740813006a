// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/value.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <format>
#include <utility>

namespace halfshake {

namespace {

/// Lists share their parts, so that a small value can have an endless text.
constexpr std::size_t maxTextLength = 4096;

std::string secondsText(Duration duration)
{
    constexpr std::int64_t perSecond = 1'000'000'000;
    const auto count = duration.count();
    std::string text = std::to_string(count / perSecond);
    if (count < 0 && count / perSecond == 0)
        text.insert(0, 1, '-');
    if (const auto fraction = std::abs(count % perSecond); fraction != 0) {
        text += std::format(".{:09}", fraction);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text + 's';
}

std::string quotedText(std::string_view string)
{
    std::string text = "\"";
    for (const char c : string) {
        if (c == '\n' || c == '\t' || c == '\r')
            text += c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r";
        else if (c == '"' || c == '\\')
            (text += '\\') += c;
        else
            text += c;
    }
    return text + '"';
}

void append(std::string& text, const Value& value);

struct Writer
{
    std::string& text;

    void operator()(std::monostate) const { text += "null"; }
    void operator()(bool value) const { text += value ? "true" : "false"; }
    void operator()(std::int64_t value) const { text += std::to_string(value); }
    void operator()(double value) const { text += std::format("{}", value); }
    void operator()(const std::string& value) const { text += quotedText(value); }
    void operator()(Duration value) const { text += secondsText(value); }
    void operator()(const Version& value) const
    {
        text += std::format("{}.{}.{}", value.major, value.minor, value.patch);
    }
    void operator()(const PortSet& value) const { text += value.isEmpty() ? "nothing" : toString(value); }
    void operator()(const std::shared_ptr<const ValueList>& items) const
    {
        text += '[';
        for (std::string_view separator; const auto& item : *items) {
            text += std::exchange(separator, ", ");
            append(text, item);
            if (text.size() > maxTextLength)
                break;
        }
        text += ']';
    }
    void operator()(const std::shared_ptr<const ValueMap>& fields) const
    {
        text += '{';
        for (std::string_view separator; const auto& [key, field] : *fields) {
            text += std::exchange(separator, ", ");
            text += quotedText(key) + ": ";
            append(text, field);
            if (text.size() > maxTextLength)
                break;
        }
        text += '}';
    }
    void operator()(const Unknown& value) const
    {
        text += "unknown(";
        for (std::string_view separator; const auto& name : value.missing)
            (text += std::exchange(separator, ", ")) += name;
        text += ')';
    }
    void operator()(const EvaluationError& value) const { text += "error(" + value.text + ')'; }
};

void append(std::string& text, const Value& value)
{
    if (text.size() > maxTextLength)
        text += "…";
    else
        std::visit(Writer{text}, value.variant());
}

} // namespace

Value Value::list(ValueList items)
{
    return Variant{std::make_shared<const ValueList>(std::move(items))};
}

Value Value::map(ValueMap fields)
{
    return Variant{std::make_shared<const ValueMap>(std::move(fields))};
}

Value Value::unknown(std::string missing)
{
    return Variant{Unknown{{std::move(missing)}}};
}

Value Value::error(std::string text)
{
    return Variant{EvaluationError{std::move(text)}};
}

Value& Value::setOrigin(Origin origin)
{
    m_origin = std::make_shared<const Origin>(std::move(origin));
    return *this;
}

std::string toString(const Value& value)
{
    std::string text;
    append(text, value);
    return text;
}

} // namespace halfshake
