// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/evaluator.h"
#include "models/rules/junction.h"

#include <ranges>
#include <utility>

namespace halfshake {

namespace {

using Node = Expression::Node;

/// Elements of a list, keys of a map; null for other types.
std::shared_ptr<const ValueList> itemsOf(const Value& range, StepBudget& budget)
{
    if (const auto* const items = as<std::shared_ptr<const ValueList>>(range))
        return *items;
    const auto* const fields = as<std::shared_ptr<const ValueMap>>(range);
    if (!fields)
        return {};
    budget -= static_cast<StepBudget>((*fields)->size());
    ValueList keys;
    for (const auto& key : **fields | std::views::keys)
        keys.emplace_back(key);
    return std::make_shared<const ValueList>(std::move(keys));
}

} // namespace

Value Evaluator::macro(const Node& node)
{
    auto range = value(*node.children[0]);
    if (range.isUnknown() || range.isError())
        return range;
    const bool isMap = as<std::shared_ptr<const ValueMap>>(range) != nullptr;
    const auto items = itemsOf(range, m_budget);
    if (!items || (isMap && (node.macro == Macro::Map || node.macro == Macro::Filter)))
        return Value::error("a macro cannot walk " + std::string(typeName(range)));
    switch (node.macro) {
    case Macro::All:
    case Macro::Exists:
        return quantifier(node, *items);
    case Macro::ExistsOne:
        return existsOne(node, *items);
    case Macro::Map:
    case Macro::Filter:
        break;
    }
    return transformation(node, *items);
}

Value Evaluator::withVariable(const std::string& name, const Value& item, const Node& body)
{
    m_scopes.emplace_back(name, item);
    auto result = value(body);
    m_scopes.pop_back();
    return result;
}

Value Evaluator::quantifier(const Node& node, const ValueList& items)
{
    Junction junction(node.macro == Macro::Exists);
    for (const auto& item : items) {
        if (!junction.add(withVariable(node.name, item, *node.children[1])) || m_budget < 0)
            break;
    }
    return junction.result();
}

Value Evaluator::existsOne(const Node& node, const ValueList& items)
{
    ValueList results;
    std::size_t count = 0;
    for (const auto& item : items) {
        results.push_back(withVariable(node.name, item, *node.children[1]));
        const auto* const truth = as<bool>(results.back());
        if (!truth && !results.back().isUnknown() && !results.back().isError())
            return Value::error("no truth value: " + std::string(typeName(results.back())));
        count += truth && *truth ? 1 : 0;
        if (m_budget < 0)
            break;
    }
    Value storage;
    if (const auto* const undecided = unknownOrError(results, storage))
        return *undecided;
    return count == 1;
}

/// filter(x, p), map(x, t) and map(x, p, t).
Value Evaluator::transformation(const Node& node, const ValueList& items)
{
    const bool isFilter = node.macro == Macro::Filter;
    ValueList results;
    ValueList undecided;
    for (const auto& item : items) {
        if (m_budget < 0)
            return Value::error("the evaluation takes too long");
        const auto keep =
            isFilter || node.children.size() == 3 ? withVariable(node.name, item, *node.children[1]) : Value{true};
        const auto* const truth = as<bool>(keep);
        if (!truth) {
            const bool isUndecided = keep.isUnknown() || keep.isError();
            undecided.push_back(isUndecided ? keep : Value::error("no truth value: " + std::string(typeName(keep))));
        } else if (*truth) {
            auto result = isFilter ? item : withVariable(node.name, item, *node.children.back());
            const bool isUndecided = !isFilter && (result.isUnknown() || result.isError());
            (isUndecided ? undecided : results).push_back(std::move(result));
        }
    }
    Value storage;
    const auto* const failed = unknownOrError(undecided, storage);
    return failed ? *failed : Value::list(std::move(results));
}

} // namespace halfshake
