// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/evaluator.h"

#include "models/rules/junction.h"
#include "models/rules/valuetext.h"

#include <algorithm>
#include <span>
#include <utility>

namespace halfshake {

namespace {

using Node = Expression::Node;

constexpr std::size_t maxRecordedSteps = 64;
constexpr std::size_t maxRecordedUses = 256;

/// What walking a value once costs.
StepBudget costOf(const Value& value)
{
    if (const auto* const text = as<std::string>(value))
        return static_cast<StepBudget>(text->size() / 16);
    if (const auto* const items = as<std::shared_ptr<const ValueList>>(value))
        return static_cast<StepBudget>((*items)->size());
    if (const auto* const ports = as<PortSet>(value))
        return static_cast<StepBudget>(ports->ranges().size() / 16);
    return 0;
}

std::string callText(const Function& function, std::span<const Value> arguments)
{
    std::string text;
    if (function.style == StepStyle::Infix)
        return stepText(arguments[0]) + ' ' + std::string(function.name) + ' ' + stepText(arguments[1]);
    for (const auto& argument : arguments) {
        if (!text.empty())
            text += ", ";
        text += stepText(argument);
    }
    return std::string(function.name) + '(' + text + ')';
}

bool isComparison(Operation operation)
{
    return operation >= Operation::Equal;
}

} // namespace

Evaluation Evaluator::run(const Node& root)
{
    m_evaluation.value = value(root);
    if (m_budget < 0)
        m_evaluation.value = Value::error("the evaluation takes too long");
    return std::move(m_evaluation);
}

Value Evaluator::value(const Node& node)
{
    if (--m_budget < 0)
        return Value::error("the evaluation takes too long");
    switch (node.kind) {
    case NodeKind::Literal:
        return node.value;
    case NodeKind::Identifier:
    case NodeKind::Select:
    case NodeKind::Index:
        return reference(node);
    case NodeKind::Has:
        return presence(*node.children[0]);
    case NodeKind::Call:
        return call(node);
    case NodeKind::Macro:
        return macro(node);
    case NodeKind::Not:
    case NodeKind::Negate: {
        auto operand = value(*node.children[0]);
        if (operand.isUnknown() || operand.isError())
            return operand;
        if (node.kind == NodeKind::Negate)
            return negated(operand);
        const auto* const truth = as<bool>(operand);
        return truth ? Value{!*truth} : Value::error("no truth value: " + std::string(typeName(operand)));
    }
    case NodeKind::Binary:
        return binary(node);
    case NodeKind::And:
    case NodeKind::Or:
        return logical(node);
    case NodeKind::Conditional:
        return conditional(node);
    case NodeKind::List:
        return list(node);
    case NodeKind::Map:
        return map(node);
    }
    std::unreachable();
}

Value Evaluator::reference(const Node& node)
{
    if (node.kind == NodeKind::Identifier) {
        auto found = variable(node.name);
        noteUse(found);
        return found;
    }
    auto operand = value(*node.children[0]);
    if (node.kind == NodeKind::Select) {
        if (operand.isUnknown() && isReference(node))
            return field(node, operand, {});
        if (operand.isUnknown() || operand.isError())
            return operand;
        return field(node, operand, node.name);
    }
    const std::array both{std::move(operand), value(*node.children[1])};
    Value storage;
    if (both[0].isUnknown() && isReference(node))
        return field(node, both[0], {});
    if (const auto* const undecided = unknownOrError(both, storage))
        return *undecided;
    return field(node, both[0], both[1]);
}

Value Evaluator::missing(std::string name) const
{
    const auto it = m_fallbacks.find(name);
    return it == m_fallbacks.end() ? Value::unknown(std::move(name)) : it->second;
}

Value Evaluator::variable(const std::string& name) const
{
    const auto scoped =
        std::ranges::find(m_scopes.rbegin(), m_scopes.rend(), name, &std::pair<std::string, Value>::first);
    if (scoped != m_scopes.rend())
        return scoped->second;
    const auto it = m_variables.find(name);
    return it == m_variables.end() ? missing(name) : it->second;
}

/// operand[key]. What is not there is unknown under the name the expression gives it.
Value Evaluator::field(const Node& node, const Value& operand, const Value& key)
{
    if (const auto* const unknown = as<Unknown>(operand)) {
        // "k8s" is not what somebody can collect, "k8s.nodePorts" is
        const bool isWholeMissing =
            unknown->missing.size() == 1 && referenceText(*node.children[0]) == unknown->missing[0];
        return isWholeMissing ? missing(referenceText(node)) : operand;
    }
    if (const auto* const fields = as<std::shared_ptr<const ValueMap>>(operand)) {
        const auto* const name = as<std::string>(key);
        if (!name)
            return Value::error("a map has strings as keys, not " + std::string(typeName(key)));
        const auto it = (*fields)->find(*name);
        auto found = it != (*fields)->end() ? it->second
            : isReference(node)             ? missing(referenceText(node))
                                            : Value::unknown(toString(key));
        noteUse(found);
        return found;
    }
    const auto* const items = as<std::shared_ptr<const ValueList>>(operand);
    if (!items || node.kind == NodeKind::Select)
        return Value::error("no fields in " + std::string(typeName(operand)));
    const auto* const index = as<std::int64_t>(key);
    if (!index)
        return Value::error("a list has numbers as indexes, not " + std::string(typeName(key)));
    if (*index < 0 || static_cast<std::uint64_t>(*index) >= (*items)->size())
        return Value::error("index " + std::to_string(*index) + " is outside the list");
    return (**items)[static_cast<std::size_t>(*index)];
}

Value Evaluator::presence(const Node& node)
{
    auto operand = value(*node.children[0]);
    if (operand.isUnknown() || operand.isError())
        return operand;
    const auto* const fields = as<std::shared_ptr<const ValueMap>>(operand);
    if (!fields)
        return Value::error("no fields in " + std::string(typeName(operand)));
    const auto it = (*fields)->find(node.name);
    if (it == (*fields)->end())
        return false;
    return it->second.isUnknown() ? it->second : Value{true};
}

Value Evaluator::call(const Node& node)
{
    std::vector<Value> arguments;
    arguments.reserve(node.children.size());
    for (const auto& child : node.children)
        arguments.push_back(value(*child));
    Value storage;
    if (const auto* const undecided = unknownOrError(arguments, storage))
        return *undecided;
    m_budget -= node.function->cost;
    for (const auto& argument : arguments)
        m_budget -= costOf(argument);
    if (m_budget < 0)
        return Value::error("the evaluation takes too long");
    auto result = node.function->apply(arguments);
    if (node.function->style != StepStyle::None)
        noteStep(callText(*node.function, arguments), result);
    return result;
}

Value Evaluator::binary(const Node& node)
{
    const std::array both{value(*node.children[0]), value(*node.children[1])};
    Value storage;
    if (const auto* const undecided = unknownOrError(both, storage))
        return *undecided;
    auto result = apply(node.operation, both[0], both[1], m_budget);
    if (isComparison(node.operation)) {
        noteStep(stepText(both[0]) + ' ' + std::string(toString(node.operation)) + ' ' + stepText(both[1]), result);
    }
    return result;
}

Value Evaluator::logical(const Node& node)
{
    Junction junction(node.kind == NodeKind::Or);
    for (const auto& child : node.children) {
        if (!junction.add(value(*child)))
            break;
    }
    return junction.result();
}

Value Evaluator::conditional(const Node& node)
{
    auto condition = value(*node.children[0]);
    if (condition.isUnknown() || condition.isError())
        return condition;
    const auto* const truth = as<bool>(condition);
    if (!truth)
        return Value::error("no truth value: " + std::string(typeName(condition)));
    return value(*node.children[*truth ? 1 : 2]);
}

Value Evaluator::list(const Node& node)
{
    ValueList items;
    items.reserve(node.children.size());
    for (const auto& child : node.children)
        items.push_back(value(*child));
    Value storage;
    if (const auto* const undecided = unknownOrError(items, storage))
        return *undecided;
    return Value::list(std::move(items));
}

Value Evaluator::map(const Node& node)
{
    ValueList parts;
    parts.reserve(node.children.size());
    for (const auto& child : node.children)
        parts.push_back(value(*child));
    Value storage;
    if (const auto* const undecided = unknownOrError(parts, storage))
        return *undecided;
    ValueMap fields;
    for (std::size_t i = 0; i < parts.size(); i += 2) {
        const auto* const key = as<std::string>(parts[i]);
        if (!key)
            return Value::error("a map has strings as keys, not " + std::string(typeName(parts[i])));
        if (!fields.emplace(*key, parts[i + 1]).second)
            return Value::error("the key " + toString(parts[i]) + " is there twice");
    }
    return Value::map(std::move(fields));
}

/// What the elements of a macro are is told by the list they come from.
void Evaluator::noteUse(const Value& value)
{
    auto& used = m_evaluation.used;
    const auto* const origin = value.origin();
    if (!origin || value.isUnknown() || !m_scopes.empty() || used.size() >= maxRecordedUses)
        return;
    const auto isSame = [origin](const Value& other) { return other.origin() == origin; };
    if (std::ranges::none_of(used, isSame))
        used.push_back(value);
}

void Evaluator::noteStep(std::string expression, const Value& result)
{
    if (m_scopes.empty() && m_evaluation.steps.size() < maxRecordedSteps)
        m_evaluation.steps.push_back({std::move(expression), resultText(result)});
}

} // namespace halfshake
