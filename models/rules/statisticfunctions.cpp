// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/exacttest.h"
#include "models/rules/function.h"

#include <array>

namespace halfshake {

namespace {

/// binomialTail(successes, trials, probability)
Value binomialTail(std::span<const Value> arguments)
{
    const auto* const successes = as<std::int64_t>(arguments[0]);
    const auto* const trials = as<std::int64_t>(arguments[1]);
    const auto* const probability = as<double>(arguments[2]);
    if (!successes || !trials || !probability)
        return noMatchingOverload("binomialTail", arguments);
    if (*trials < 0 || *trials > exacttest::mostTrials || !(*probability >= 0 && *probability <= 1))
        return Value::error("binomialTail takes a number of trials and a probability");
    return exacttest::binomialTail(*successes, *trials, *probability);
}

/// hypergeometricTail(drawnMarked, drawn, marked, population)
Value hypergeometricTail(std::span<const Value> arguments)
{
    std::array<std::int64_t, 4> numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto* const number = as<std::int64_t>(arguments[i]);
        if (!number)
            return noMatchingOverload("hypergeometricTail", arguments);
        numbers[i] = *number;
    }
    const auto [drawnMarked, drawn, marked, population] = numbers;
    if (drawn < 0 || marked < 0 || drawn > population || marked > population || population > exacttest::mostTrials)
        return Value::error("hypergeometricTail draws from a population");
    return exacttest::hypergeometricTail(drawnMarked, drawn, marked, population);
}

constexpr std::array table{
    Function{"binomialTail", false, 3, 3, binomialTail, StepStyle::Call, 1000},
    Function{"hypergeometricTail", false, 4, 4, hypergeometricTail, StepStyle::Call, 1000},
};

} // namespace

std::span<const Function> statisticFunctions()
{
    return table;
}

} // namespace halfshake
