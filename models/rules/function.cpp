// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/function.h"

#include <algorithm>
#include <array>
#include <string>

namespace halfshake {

const Function* findFunction(std::string_view name, bool isMember)
{
    for (const auto functions : {generalFunctions(), textFunctions(), portFunctions(), timeFunctions(),
             statisticFunctions(), settingFunctions()}) {
        const auto it = std::ranges::find_if(functions,
            [&](const Function& function) { return function.name == name && function.isMember == isMember; });
        if (it != functions.end())
            return &*it;
    }
    return nullptr;
}

std::string_view typeName(const Value& value)
{
    static constexpr std::array<std::string_view, 12> names{"null", "bool", "int", "double", "string", "duration",
        "version", "port set", "list", "map", "unknown", "error"};
    static_assert(names.size() == std::variant_size_v<Value::Variant>);
    return names[value.variant().index()];
}

Value noMatchingOverload(std::string_view name, std::span<const Value> arguments)
{
    std::string types;
    for (const auto& argument : arguments) {
        if (!types.empty())
            types += ", ";
        types += typeName(argument);
    }
    return Value::error(std::string(name) + " does not take (" + types + ')');
}

} // namespace halfshake
