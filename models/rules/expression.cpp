// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/expression.h"

#include "models/rules/evaluator.h"
#include "models/rules/expressionparser.h"

#include <algorithm>
#include <utility>

namespace halfshake {

namespace {

/// Outermost plain names below \a node that are no variables of macros around them.
void collectNames(const Expression::Node& node, std::vector<std::string>& variables, std::vector<std::string>& names)
{
    if (isReference(node)) {
        const auto* root = &node;
        while (root->kind != NodeKind::Identifier)
            root = root->children[0].get();
        auto text = referenceText(node);
        if (!std::ranges::contains(variables, root->name) && !std::ranges::contains(names, text))
            names.push_back(std::move(text));
        return;
    }
    if (node.kind != NodeKind::Macro) {
        for (const auto& child : node.children)
            collectNames(*child, variables, names);
        return;
    }
    collectNames(*node.children[0], variables, names);
    variables.push_back(node.name);
    for (std::size_t i = 1; i < node.children.size(); ++i)
        collectNames(*node.children[i], variables, names);
    variables.pop_back();
}

} // namespace

std::expected<Expression, ExpressionError> Expression::parse(std::string_view text)
{
    auto root = parseExpression(text);
    if (!root)
        return std::unexpected(std::move(root.error()));
    Expression expression;
    expression.m_text = text;
    expression.m_root = std::move(*root);
    return expression;
}

Evaluation Expression::evaluate(const ValueMap& variables, const ValueMap& fallbacks) const
{
    if (!m_root)
        return {.value = Value::error("there is no expression"), .steps = {}, .used = {}};
    return Evaluator(variables, fallbacks).run(*m_root);
}

std::vector<std::string> Expression::names() const
{
    std::vector<std::string> names;
    std::vector<std::string> variables;
    if (m_root)
        collectNames(*m_root, variables, names);
    return names;
}

std::vector<std::string> Expression::path() const
{
    std::vector<std::string> path;
    if (!m_root || !isReference(*m_root))
        return path;
    for (const auto* node = m_root.get();; node = node->children[0].get()) {
        if (node->kind == NodeKind::Index) {
            const auto* const key = std::get_if<std::string>(&node->children[1]->value.variant());
            if (!key)
                return {};
            path.push_back(*key);
        } else {
            path.push_back(node->name);
        }
        if (node->kind == NodeKind::Identifier)
            break;
    }
    std::ranges::reverse(path);
    return path;
}

} // namespace halfshake
