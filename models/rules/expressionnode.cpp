// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/expressionnode.h"

#include <array>
#include <utility>

namespace halfshake {

std::string_view toString(Operation operation)
{
    static constexpr std::array<std::string_view, 12> symbols{
        "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "in"};
    return symbols[std::to_underlying(operation)];
}

bool isReference(const Expression::Node& node)
{
    switch (node.kind) {
    case NodeKind::Identifier:
        return true;
    case NodeKind::Select:
        return isReference(*node.children[0]);
    case NodeKind::Index:
        return isReference(*node.children[0]) && node.children[1]->kind == NodeKind::Literal;
    default:
        return false;
    }
}

std::string referenceText(const Expression::Node& node)
{
    switch (node.kind) {
    case NodeKind::Select:
        return referenceText(*node.children[0]) + '.' + node.name;
    case NodeKind::Index: {
        const auto& key = node.children[1]->value;
        const auto* const string = std::get_if<std::string>(&key.variant());
        return referenceText(*node.children[0]) + '[' + (string ? '\'' + *string + '\'' : toString(key)) + ']';
    }
    default:
        return node.name;
    }
}

} // namespace halfshake
