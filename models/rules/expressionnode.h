// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/expression.h"
#include "models/rules/function.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace halfshake {

enum class NodeKind : std::uint8_t {
    Literal, // value
    Identifier, // name
    Select, // children: operand; name
    Index, // children: operand, index
    Has, // children: the Select
    Call, // children: receiver, arguments; function
    Macro, // children: range, body [, transformation]; macro, name = variable
    Not,
    Negate,
    Binary, // children: left, right; operation
    And, // children: two or more
    Or, // children: two or more
    Conditional, // children: condition, then, else
    List, // children: items
    Map, // children: key, value, key, value, ...
};

enum class Operation : std::uint8_t {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
};

/// "==", "in", ...
[[nodiscard]] std::string_view toString(Operation operation);

enum class Macro : std::uint8_t { All, Exists, ExistsOne, Map, Filter };

/// A part of a parsed expression.
struct Expression::Node
{
    using Children = std::vector<std::shared_ptr<const Node>>;

    NodeKind kind = NodeKind::Literal;
    Value value{};
    std::string name{};
    Operation operation = Operation::Add;
    Macro macro = Macro::All;
    const Function* function = nullptr;
    Children children{};
    std::uint32_t depth = 1; ///< Of the tree below, this node included.
};

/// Whether the node is a plain name: identifiers, fields and constant keys only.
[[nodiscard]] bool isReference(const Expression::Node& node);

/// A plain name as it is written in expressions: sysctl['net.ipv4.tcp_tw_reuse'], k8s.nodePorts.
[[nodiscard]] std::string referenceText(const Expression::Node& node);

} // namespace halfshake
