// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/function.h"
#include "models/rules/pattern.h"
#include "models/rules/valuetext.h"

#include <array>
#include <format>
#include <optional>
#include <string>

namespace halfshake {

namespace {

constexpr std::size_t maxJoinedLength = 1 << 20;

std::optional<double> asNumber(const Value& value)
{
    if (const auto* const integer = as<std::int64_t>(value))
        return static_cast<double>(*integer);
    if (const auto* const number = as<double>(value))
        return *number;
    return {};
}

/// string.contains(string), ports.contains(port)
Value contains(std::span<const Value> arguments)
{
    if (const auto *const text = as<std::string>(arguments[0]), *const part = as<std::string>(arguments[1]);
        text && part)
        return text->contains(*part);
    const auto* const ports = as<PortSet>(arguments[0]);
    const auto* const port = as<std::int64_t>(arguments[1]);
    if (!ports || !port)
        return noMatchingOverload("contains", arguments);
    return *port >= 0 && *port <= 65535 && ports->contains(static_cast<std::uint16_t>(*port));
}

Value startsWith(std::span<const Value> arguments)
{
    const auto* const text = as<std::string>(arguments[0]);
    const auto* const part = as<std::string>(arguments[1]);
    return text && part ? Value{text->starts_with(*part)} : noMatchingOverload("startsWith", arguments);
}

Value endsWith(std::span<const Value> arguments)
{
    const auto* const text = as<std::string>(arguments[0]);
    const auto* const part = as<std::string>(arguments[1]);
    return text && part ? Value{text->ends_with(*part)} : noMatchingOverload("endsWith", arguments);
}

Value matches(std::span<const Value> arguments)
{
    const auto* const text = as<std::string>(arguments[0]);
    const auto* const pattern = as<std::string>(arguments[1]);
    if (!text || !pattern)
        return noMatchingOverload("matches", arguments);
    const auto result = matchesPattern(*text, *pattern);
    return result ? Value{*result} : Value::error(result.error());
}

Value toText(std::span<const Value> arguments)
{
    return as<std::string>(arguments[0]) ? arguments[0] : Value{toString(arguments[0])};
}

/// human(x): as in running text, "31.6 s".
Value human(std::span<const Value> arguments)
{
    return displayText(arguments[0]);
}

/// list.join(", ")
Value join(std::span<const Value> arguments)
{
    const auto* const items = as<std::shared_ptr<const ValueList>>(arguments[0]);
    const auto* const separator = as<std::string>(arguments[1]);
    if (!items || !separator || separator->size() > 16)
        return noMatchingOverload("join", arguments);
    std::string text;
    for (const auto& item : **items) {
        if (&item != (*items)->data())
            text += *separator;
        text += displayText(item);
        if (text.size() > maxJoinedLength)
            return Value::error("the string gets too long");
    }
    return text;
}

/// percent(part, whole): "1.4 %"
Value percent(std::span<const Value> arguments)
{
    const auto part = asNumber(arguments[0]);
    const auto whole = asNumber(arguments[1]);
    if (!part || !whole)
        return noMatchingOverload("percent", arguments);
    if (*whole == 0)
        return Value::error("a percentage of nothing");
    return std::format("{:.3g} %", *part * 100 / *whole);
}

/// plural(5, "attempt", "attempts"): "5 attempts"
Value plural(std::span<const Value> arguments)
{
    const auto* const number = as<std::int64_t>(arguments[0]);
    const auto* const one = as<std::string>(arguments[1]);
    const auto* const many = as<std::string>(arguments[2]);
    if (!number || !one || !many)
        return noMatchingOverload("plural", arguments);
    return std::format("{} {}", *number, *number == 1 ? *one : *many);
}

constexpr std::array table{
    Function{"contains", true, 2, 2, contains},
    Function{"startsWith", true, 2, 2, startsWith},
    Function{"endsWith", true, 2, 2, endsWith},
    Function{"matches", true, 2, 2, matches, StepStyle::Call, 100},
    Function{"string", false, 1, 1, toText, StepStyle::None},
    Function{"human", false, 1, 1, human, StepStyle::None, 16},
    Function{"join", true, 2, 2, join, StepStyle::None, 16},
    Function{"percent", false, 2, 2, percent, StepStyle::None},
    Function{"plural", false, 3, 3, plural, StepStyle::None},
};

} // namespace

std::span<const Function> textFunctions()
{
    return table;
}

} // namespace halfshake
