// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/operators.h"

#include "models/rules/junction.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>

namespace halfshake {

namespace {

constexpr std::size_t maxStringLength = 1 << 20;
constexpr std::size_t maxListLength = 100'000;

Value mismatch(Operation operation, const Value& left, const Value& right)
{
    return Value::error("cannot compute " + std::string(typeName(left)) + ' ' + std::string(toString(operation)) + ' '
        + std::string(typeName(right)));
}

std::partial_ordering orderOfIntegerAndNumber(std::int64_t integer, double number)
{
    if (std::isnan(number))
        return std::partial_ordering::unordered;
    if (number >= 9223372036854775808.0)
        return std::partial_ordering::less;
    if (number < -9223372036854775808.0)
        return std::partial_ordering::greater;
    const auto truncated = static_cast<std::int64_t>(number); // a double cannot hold every int64
    if (integer != truncated)
        return integer <=> truncated;
    return 0.0 <=> number - std::trunc(number);
}

/// Nothing where the types do not compare.
std::optional<std::partial_ordering> order(const Value& left, const Value& right)
{
    if (const auto *const integer = as<std::int64_t>(left), *const other = as<std::int64_t>(right); integer && other)
        return *integer <=> *other;
    if (const auto* const integer = as<std::int64_t>(left); integer && as<double>(right))
        return orderOfIntegerAndNumber(*integer, *as<double>(right));
    if (const auto* const integer = as<std::int64_t>(right); integer && as<double>(left))
        return 0 <=> orderOfIntegerAndNumber(*integer, *as<double>(left));
    return std::visit(
        [&right](const auto& value) -> std::optional<std::partial_ordering> {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, double> || std::is_same_v<T, std::string>
                || std::is_same_v<T, Duration> || std::is_same_v<T, Version>) {
                if (const auto* const other = as<T>(right))
                    return value <=> *other;
            }
            return {};
        },
        left.variant());
}

Value compare(Operation operation, const Value& left, const Value& right)
{
    const auto ordering = order(left, right);
    if (!ordering)
        return mismatch(operation, left, right);
    switch (operation) {
    case Operation::Less:
        return *ordering < 0;
    case Operation::LessOrEqual:
        return *ordering <= 0;
    case Operation::Greater:
        return *ordering > 0;
    default:
        return *ordering >= 0;
    }
}

Value integerArithmetic(Operation operation, std::int64_t left, std::int64_t right)
{
    std::int64_t result = 0;
    bool overflows = false;
    switch (operation) {
    case Operation::Add:
        overflows = __builtin_add_overflow(left, right, &result);
        break;
    case Operation::Subtract:
        overflows = __builtin_sub_overflow(left, right, &result);
        break;
    case Operation::Multiply:
        overflows = __builtin_mul_overflow(left, right, &result);
        break;
    default:
        if (right == 0)
            return Value::error("division by zero");
        overflows = left == std::numeric_limits<std::int64_t>::min() && right == -1;
        if (!overflows)
            result = operation == Operation::Divide ? left / right : left % right;
        break;
    }
    return overflows ? Value::error("integer overflow") : Value{result};
}

Value numberArithmetic(Operation operation, const Value& left, const Value& right)
{
    const auto a = *as<double>(left);
    const auto b = *as<double>(right);
    switch (operation) {
    case Operation::Add:
        return a + b;
    case Operation::Subtract:
        return a - b;
    case Operation::Multiply:
        return a * b;
    case Operation::Divide:
        return a / b;
    default:
        return mismatch(operation, left, right);
    }
}

Value concatenation(const Value& left, const Value& right, StepBudget& budget)
{
    if (const auto *const text = as<std::string>(left), *const other = as<std::string>(right); text && other) {
        if (text->size() + other->size() > maxStringLength)
            return Value::error("the string gets too long");
        budget -= static_cast<StepBudget>((text->size() + other->size()) / 64);
        return *text + *other;
    }
    using List = std::shared_ptr<const ValueList>;
    const auto* const items = as<List>(left);
    const auto* const others = as<List>(right);
    if (!items || !others)
        return mismatch(Operation::Add, left, right);
    if ((*items)->size() + (*others)->size() > maxListLength)
        return Value::error("the list gets too long");
    budget -= static_cast<StepBudget>((*items)->size() + (*others)->size());
    ValueList joined = **items;
    joined.insert(joined.end(), (*others)->begin(), (*others)->end());
    return Value::list(std::move(joined));
}

Value arithmetic(Operation operation, const Value& left, const Value& right, StepBudget& budget)
{
    if (const auto *const a = as<std::int64_t>(left), *const b = as<std::int64_t>(right); a && b)
        return integerArithmetic(operation, *a, *b);
    if (as<double>(left) && as<double>(right))
        return numberArithmetic(operation, left, right);
    const bool isSum = operation == Operation::Add || operation == Operation::Subtract;
    if (const auto *const a = as<Duration>(left), *const b = as<Duration>(right); a && b && isSum) {
        const auto result = integerArithmetic(operation, a->count(), b->count());
        return result.isError() ? Value::error("duration overflow") : Value{Duration{*as<std::int64_t>(result)}};
    }
    if (operation == Operation::Add)
        return concatenation(left, right, budget);
    return mismatch(operation, left, right);
}

Value isIn(const Value& left, const Value& right, StepBudget& budget)
{
    if (const auto* const fields = as<std::shared_ptr<const ValueMap>>(right)) {
        const auto* const key = as<std::string>(left);
        return key ? Value{(*fields)->contains(*key)} : mismatch(Operation::In, left, right);
    }
    const auto* const items = as<std::shared_ptr<const ValueList>>(right);
    if (!items)
        return mismatch(Operation::In, left, right);
    Junction any(true);
    for (const auto& item : **items) {
        if (!any.add(areEqual(left, item, budget)))
            break;
    }
    return any.result();
}

Value areListsEqual(const ValueList& left, const ValueList& right, StepBudget& budget)
{
    Junction all(false);
    if (left.size() != right.size())
        return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (!all.add(areEqual(left[i], right[i], budget)))
            break;
    }
    return all.result();
}

Value areMapsEqual(const ValueMap& left, const ValueMap& right, StepBudget& budget)
{
    Junction all(false);
    if (!std::ranges::equal(left, right, {}, &ValueMap::value_type::first, &ValueMap::value_type::first))
        return false;
    for (auto it = left.begin(), other = right.begin(); it != left.end(); ++it, ++other) {
        if (!all.add(areEqual(it->second, other->second, budget)))
            break;
    }
    return all.result();
}

} // namespace

Value areEqual(const Value& left, const Value& right, StepBudget& budget)
{
    if (--budget < 0)
        return Value::error("the evaluation takes too long");
    Value storage;
    const std::array both{left, right};
    if (const auto* const undecided = unknownOrError(both, storage))
        return *undecided;
    if (as<std::monostate>(left) || as<std::monostate>(right))
        return left.variant().index() == right.variant().index();
    if (const auto ordering = order(left, right)) {
        const bool areNan =
            as<double>(left) && as<double>(right) && std::isnan(*as<double>(left)) && std::isnan(*as<double>(right));
        return areNan || *ordering == 0;
    }
    if (const auto *const a = as<PortSet>(left), *const b = as<PortSet>(right); a && b)
        return *a == *b;
    using List = std::shared_ptr<const ValueList>;
    if (const auto *const a = as<List>(left), *const b = as<List>(right); a && b)
        return areListsEqual(**a, **b, budget);
    using Map = std::shared_ptr<const ValueMap>;
    if (const auto *const a = as<Map>(left), *const b = as<Map>(right); a && b)
        return areMapsEqual(**a, **b, budget);
    return mismatch(Operation::Equal, left, right);
}

Value apply(Operation operation, const Value& left, const Value& right, StepBudget& budget)
{
    switch (operation) {
    case Operation::Equal:
        return areEqual(left, right, budget);
    case Operation::NotEqual: {
        auto equal = areEqual(left, right, budget);
        const auto* const isEqual = as<bool>(equal);
        return isEqual ? Value{!*isEqual} : equal;
    }
    case Operation::In:
        return isIn(left, right, budget);
    case Operation::Less:
    case Operation::LessOrEqual:
    case Operation::Greater:
    case Operation::GreaterOrEqual:
        return compare(operation, left, right);
    default:
        return arithmetic(operation, left, right, budget);
    }
}

Value negated(const Value& value)
{
    if (const auto* const integer = as<std::int64_t>(value))
        return integerArithmetic(Operation::Subtract, 0, *integer);
    if (const auto* const number = as<double>(value))
        return -*number;
    return Value::error("cannot negate " + std::string(typeName(value)));
}

const Value* unknownOrError(std::span<const Value> values, Value& storage)
{
    const auto first = std::ranges::find_if(values, &Value::isUnknown);
    if (first == values.end()) {
        const auto error = std::ranges::find_if(values, &Value::isError);
        return error == values.end() ? nullptr : &*error;
    }
    auto merged = *as<Unknown>(*first);
    for (auto it = first + 1; it != values.end(); ++it) {
        if (const auto* const other = as<Unknown>(*it))
            mergeUnknown(merged, *other);
    }
    storage = Value::Variant{std::move(merged)};
    return &storage;
}

void mergeUnknown(Unknown& unknown, const Unknown& other)
{
    for (const auto& name : other.missing) {
        if (!std::ranges::contains(unknown.missing, name))
            unknown.missing.push_back(name);
    }
}

} // namespace halfshake
