// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/value.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace halfshake {

/// How a call shows up among the steps of an evaluation.
enum class StepStyle : std::uint8_t {
    Call, ///< size(30000-32767)
    Infix, ///< 1024-65535 minus nothing
    None, ///< Says nothing by itself.
};

/// A function of the rule language (resources/rules/README.md lists them). Arguments are never unknown or error; a
/// receiver is the first of them. A wrong type gives EvaluationError.
struct Function
{
    std::string_view name;
    bool isMember = false; ///< Called as receiver.name(...).
    std::size_t leastArguments = 0; ///< Receiver included.
    std::size_t mostArguments = 0;
    Value (*apply)(std::span<const Value> arguments) = nullptr;
    StepStyle style = StepStyle::Call;
    std::int64_t cost = 0; ///< Steps of the evaluation's budget, on top of what its arguments' sizes cost.
};

/// All functions of that name and call style; a name may stand for both f(x) and x.f().
[[nodiscard]] const Function* findFunction(std::string_view name, bool isMember);

// The parts of the table, by what they work on.
[[nodiscard]] std::span<const Function> generalFunctions();
[[nodiscard]] std::span<const Function> textFunctions();
[[nodiscard]] std::span<const Function> portFunctions();
[[nodiscard]] std::span<const Function> timeFunctions();
[[nodiscard]] std::span<const Function> statisticFunctions();
[[nodiscard]] std::span<const Function> settingFunctions();

/// "minus(port set, int)": what a call with these arguments looks like, for errors.
[[nodiscard]] Value noMatchingOverload(std::string_view name, std::span<const Value> arguments);

/// "int", "port set", ...
[[nodiscard]] std::string_view typeName(const Value& value);

} // namespace halfshake
