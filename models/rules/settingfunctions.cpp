// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"
#include "models/rules/function.h"
#include "models/rules/kerneldefault.h"
#include "models/rules/settingcomparison.h"

#include <array>
#include <string>

namespace halfshake {

namespace {

/// kernelDefault('net.core.somaxconn', kernelVersion)
Value defaultOf(std::span<const Value> arguments)
{
    const auto* const key = as<std::string>(arguments[0]);
    const auto* const kernel = as<Version>(arguments[1]);
    if (!key || !kernel)
        return noMatchingOverload("kernelDefault", arguments);
    auto value = kernelDefault(*key, *kernel);
    return value ? std::move(*value) : Value::error("no default is known of " + *key);
}

std::string settingText(const Value& value)
{
    const auto* const text = as<std::string>(value);
    return text ? *text : toString(value);
}

/// sameSetting(1, '1 # on'): whether two values state the same.
Value sameSetting(std::span<const Value> arguments)
{
    return isSameSetting(settingText(arguments[0]), settingText(arguments[1]));
}

/// numbers('4096 131072 6291456'): a list of ints.
Value numbers(std::span<const Value> arguments)
{
    if (as<std::int64_t>(arguments[0]))
        return Value::list({arguments[0]});
    const auto* const text = as<std::string>(arguments[0]);
    if (!text)
        return noMatchingOverload("numbers", arguments);
    ValueList list;
    for (const auto word : words(*text)) {
        const auto number = toInteger<std::int64_t>(word);
        if (!number)
            return Value::error("no numbers: " + toString(arguments[0]));
        list.emplace_back(*number);
    }
    return Value::list(std::move(list));
}

constexpr std::array table{
    Function{"numbers", false, 1, 1, numbers, StepStyle::None},
    Function{"kernelDefault", false, 2, 2, defaultOf, StepStyle::Call},
    Function{"sameSetting", false, 2, 2, sameSetting, StepStyle::Call, 4},
};

} // namespace

std::span<const Function> settingFunctions()
{
    return table;
}

} // namespace halfshake
