// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/rules/finding.h"
#include "models/rules/value.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake {

/// Where an expression cannot be parsed.
struct ExpressionError
{
    std::string text;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

/// What an evaluation leaves behind besides its value.
struct Evaluation
{
    Value value;
    std::vector<EvaluationStep> steps; ///< Calls and comparisons in the order they were made.
    std::vector<Value> used; ///< Values with an origin that were looked up.
};

/// A parsed condition: the subset of CEL (Common Expression Language) described in resources/rules/README.md, with
/// CEL's treatment of unknown and error in && and ||, plus port sets, versions and back-off functions.
///
/// Side-effect free, always ends: no loops but macros over finite lists, and a bound on evaluation steps. Immutable,
/// may be shared by threads.
class Expression
{
public:
    struct Node;

    [[nodiscard]] static std::expected<Expression, ExpressionError> parse(std::string_view text);

    /// Identifiers are looked up as fields of \a variables. A name that is not there is unknown, never an error.
    /// \a fallbacks stand in for names that are not there, by the name as it is written in the expression.
    [[nodiscard]] Evaluation evaluate(const ValueMap& variables, const ValueMap& fallbacks = {}) const;
    [[nodiscard]] const std::string& text() const { return m_text; }
    /// Dotted names the expression mentions: "k8s.nodePorts".
    [[nodiscard]] std::vector<std::string> names() const;
    /// The parts of an expression that is nothing but a name: "sysctl", "net.ipv4.tcp_tw_reuse"; empty for others.
    [[nodiscard]] std::vector<std::string> path() const;

private:
    std::string m_text;
    std::shared_ptr<const Node> m_root;
};

} // namespace halfshake
