// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/expressionnode.h"
#include "models/rules/value.h"

#include <cstdint>
#include <span>

namespace halfshake {

/// Counts down while values are compared: lists that share parts are small and yet endless to walk.
using StepBudget = std::int64_t;

/// CEL's strict operators on values that are neither unknown nor error (In and Equal look into lists and maps, where
/// such values may stand). Different types are an error as in checked CEL, except int and double, which compare by
/// value, and null, which is equal to null only.
[[nodiscard]] Value apply(Operation operation, const Value& left, const Value& right, StepBudget& budget);

[[nodiscard]] Value negated(const Value& value);

/// true, false, unknown (where a part is unknown and no other part differs) or error.
[[nodiscard]] Value areEqual(const Value& left, const Value& right, StepBudget& budget);

/// The first unknown of \a values with the names of all of them, else the first error, else null pointer.
[[nodiscard]] const Value* unknownOrError(std::span<const Value> values, Value& storage);

/// Adds the names of \a other that \a unknown does not have.
void mergeUnknown(Unknown& unknown, const Unknown& other);

} // namespace halfshake
