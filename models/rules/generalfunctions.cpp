// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"
#include "models/rules/function.h"
#include "models/rules/operators.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <string>

namespace halfshake {

namespace {

std::int64_t codePoints(std::string_view text)
{
    return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

Value size(std::span<const Value> arguments)
{
    const auto& value = arguments[0];
    if (const auto* const text = as<std::string>(value))
        return codePoints(*text);
    if (const auto* const items = as<std::shared_ptr<const ValueList>>(value))
        return static_cast<std::int64_t>((*items)->size());
    if (const auto* const fields = as<std::shared_ptr<const ValueMap>>(value))
        return static_cast<std::int64_t>((*fields)->size());
    if (const auto* const ports = as<PortSet>(value))
        return std::int64_t{ports->size()};
    return noMatchingOverload("size", arguments);
}

template<typename Number>
std::optional<Number> parsed(std::string_view text)
{
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return {};
    return number;
}

Value toInt(std::span<const Value> arguments)
{
    const auto& value = arguments[0];
    if (as<std::int64_t>(value))
        return value;
    if (const auto* const number = as<double>(value)) {
        const bool fits = *number > -9223372036854775808.0 && *number < 9223372036854775808.0;
        return fits ? Value{static_cast<std::int64_t>(*number)} : Value::error("the number does not fit an int");
    }
    const auto* const text = as<std::string>(value);
    if (!text)
        return noMatchingOverload("int", arguments);
    const auto integer = parsed<std::int64_t>(trimmed(*text));
    return integer ? Value{*integer} : Value::error("no integer: " + toString(value));
}

Value toDouble(std::span<const Value> arguments)
{
    const auto& value = arguments[0];
    if (as<double>(value))
        return value;
    if (const auto* const integer = as<std::int64_t>(value))
        return static_cast<double>(*integer);
    const auto* const text = as<std::string>(value);
    if (!text)
        return noMatchingOverload("double", arguments);
    const auto number = parsed<double>(trimmed(*text));
    return number ? Value{*number} : Value::error("no number: " + toString(value));
}

/// The largest (or smallest) of the arguments, or of the one list that is the argument.
Value extreme(std::span<const Value> arguments, Operation better)
{
    const auto* const list = arguments.size() == 1 ? as<std::shared_ptr<const ValueList>>(arguments[0]) : nullptr;
    const auto values = list ? std::span<const Value>(**list) : arguments;
    Value storage;
    if (const auto* const undecided = unknownOrError(values, storage))
        return *undecided;
    if (values.empty())
        return Value::error("max and min of nothing");
    auto best = values[0];
    StepBudget budget = std::numeric_limits<StepBudget>::max();
    for (const auto& value : values.subspan(1)) {
        const auto isBetter = apply(better, value, best, budget);
        if (isBetter.isError())
            return isBetter;
        if (*as<bool>(isBetter))
            best = value;
    }
    return best;
}

Value largest(std::span<const Value> arguments)
{
    return extreme(arguments, Operation::Greater);
}

Value smallest(std::span<const Value> arguments)
{
    return extreme(arguments, Operation::Less);
}

constexpr std::array table{
    Function{"size", true, 1, 1, size},
    Function{"size", false, 1, 1, size},
    Function{"int", false, 1, 1, toInt, StepStyle::None},
    Function{"double", false, 1, 1, toDouble, StepStyle::None},
    Function{"max", false, 1, 32, largest},
    Function{"min", false, 1, 32, smallest},
};

} // namespace

std::span<const Function> generalFunctions()
{
    return table;
}

} // namespace halfshake
