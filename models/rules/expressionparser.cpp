// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/expressionparser.h"

#include "models/rules/token.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace halfshake {

namespace {

using Node = Expression::Node;
using NodePointer = std::shared_ptr<const Node>;

/// Words that CEL keeps free for host languages or uses itself.
bool isReserved(std::string_view name)
{
    static constexpr std::array<std::string_view, 19> words{"as", "break", "const", "continue", "else", "false", "for",
        "function", "if", "import", "in", "let", "loop", "namespace", "null", "package", "return", "true", "var"};
    return std::ranges::contains(words, name) || name == "void" || name == "while";
}

std::optional<Macro> macroNamed(std::string_view name)
{
    static constexpr std::array<std::pair<std::string_view, Macro>, 5> macros{{{"all", Macro::All},
        {"exists", Macro::Exists}, {"exists_one", Macro::ExistsOne}, {"map", Macro::Map}, {"filter", Macro::Filter}}};
    const auto* const it = std::ranges::find(macros, name, &std::pair<std::string_view, Macro>::first);
    return it == macros.end() ? std::optional<Macro>{} : it->second;
}

std::optional<Operation> operationAt(const Token& token, std::uint8_t precedence)
{
    struct Entry
    {
        std::string_view symbol;
        Operation operation;
        std::uint8_t precedence;
    };
    static constexpr std::array<Entry, 12> entries{
        {{"==", Operation::Equal, 0}, {"!=", Operation::NotEqual, 0}, {"<", Operation::Less, 0},
            {"<=", Operation::LessOrEqual, 0}, {">", Operation::Greater, 0}, {">=", Operation::GreaterOrEqual, 0},
            {"in", Operation::In, 0}, {"+", Operation::Add, 1}, {"-", Operation::Subtract, 1},
            {"*", Operation::Multiply, 2}, {"/", Operation::Divide, 2}, {"%", Operation::Remainder, 2}}};
    if (token.kind != TokenKind::Symbol && token.kind != TokenKind::Identifier)
        return {};
    const auto* const it = std::ranges::find_if(
        entries, [&](const Entry& entry) { return entry.symbol == token.text && entry.precedence == precedence; });
    return it == entries.end() ? std::optional<Operation>{} : it->operation;
}

/// Recursive descent. After the first error every function returns null at once.
class Parser
{
public:
    explicit Parser(std::span<const Token> tokens) : m_tokens(tokens) { }

    std::expected<NodePointer, ExpressionError> run()
    {
        auto node = expression();
        if (!m_error && current().kind != TokenKind::End)
            fail("expected an operator or the end");
        if (m_error)
            return std::unexpected(*m_error);
        return node;
    }

private:
    [[nodiscard]] const Token& current() const { return m_tokens[m_at]; }
    [[nodiscard]] bool isSymbol(std::string_view symbol) const
    {
        return current().kind == TokenKind::Symbol && current().text == symbol;
    }

    bool take(std::string_view symbol)
    {
        if (!isSymbol(symbol))
            return false;
        ++m_at;
        return true;
    }

    bool expect(std::string_view symbol)
    {
        if (take(symbol))
            return true;
        fail("expected '" + std::string(symbol) + '\'');
        return false;
    }

    NodePointer fail(std::string text) { return fail(std::move(text), current()); }

    NodePointer fail(std::string text, const Token& at)
    {
        if (!m_error) {
            if (at.kind == TokenKind::End)
                text += " at the end";
            else
                text += " at '" + std::string(at.text.substr(0, 40)) + '\'';
            m_error = ExpressionError{std::move(text), at.line, at.column};
        }
        return {};
    }

    /// Takes over the node unless one of its children failed or the tree got too deep.
    NodePointer made(Node node)
    {
        for (const auto& child : node.children) {
            if (!child)
                return {};
            node.depth = std::max(node.depth, child->depth + 1);
        }
        if (node.depth > maxExpressionDepth)
            return fail("the expression is nested too deeply");
        return std::make_shared<const Node>(std::move(node));
    }

    NodePointer expression()
    {
        if (m_nesting >= maxExpressionDepth)
            return fail("the expression is nested too deeply");
        ++m_nesting;
        auto node = conditional();
        --m_nesting;
        return node;
    }

    NodePointer conditional()
    {
        auto condition = logical(NodeKind::Or);
        if (m_error || !take("?"))
            return condition;
        auto then = logical(NodeKind::Or);
        if (m_error || !expect(":"))
            return {};
        auto otherwise = expression();
        return made(
            {.kind = NodeKind::Conditional, .children = {std::move(condition), std::move(then), std::move(otherwise)}});
    }

    /// Terms of || or &&: one node for all, so that a long row stays flat.
    NodePointer logical(NodeKind kind)
    {
        const std::string_view symbol = kind == NodeKind::Or ? "||" : "&&";
        Node node{.kind = kind};
        do {
            node.children.push_back(kind == NodeKind::Or ? logical(NodeKind::And) : binary(0));
        } while (!m_error && take(symbol));
        if (m_error || node.children.size() == 1)
            return node.children.back();
        return made(std::move(node));
    }

    /// Relations, sums, products: left-associative.
    NodePointer binary(std::uint8_t precedence)
    {
        const auto operand = [this, precedence] { return precedence == 2 ? unary() : binary(precedence + 1); };
        auto left = operand();
        while (!m_error) {
            const auto operation = operationAt(current(), precedence);
            if (!operation)
                break;
            ++m_at;
            auto right = operand();
            left = made(
                {.kind = NodeKind::Binary, .operation = *operation, .children = {std::move(left), std::move(right)}});
        }
        return left;
    }

    NodePointer unary()
    {
        for (const std::string_view symbol : {"!", "-"}) {
            if (!isSymbol(symbol))
                continue;
            std::size_t count = 0;
            while (take(symbol))
                ++count;
            return prefixed(symbol, count);
        }
        return member();
    }

    NodePointer prefixed(std::string_view symbol, std::size_t count)
    {
        NodePointer node;
        if (symbol == "-" && current().kind == TokenKind::Integer) { // -9223372036854775808 has no positive twin
            node = integer(true);
            --count;
            node = selectors(std::move(node));
        } else {
            node = member();
        }
        for (; node && count > 0; --count)
            node = made({.kind = symbol == "!" ? NodeKind::Not : NodeKind::Negate, .children = {node}});
        return node;
    }

    NodePointer member() { return selectors(primary()); }

    NodePointer selectors(NodePointer node)
    {
        while (node && !m_error) {
            if (take(".")) {
                node = selection(std::move(node));
            } else if (take("[")) {
                auto index = expression();
                if (m_error || !expect("]"))
                    return {};
                node = made({.kind = NodeKind::Index, .children = {std::move(node), std::move(index)}});
            } else {
                break;
            }
        }
        return node;
    }

    NodePointer selection(NodePointer operand)
    {
        const auto& name = current();
        if (name.kind != TokenKind::Identifier || isReserved(name.text))
            return fail("expected a field or function name");
        ++m_at;
        if (!take("("))
            return made({.kind = NodeKind::Select, .name = std::string(name.text), .children = {std::move(operand)}});
        if (const auto macro = macroNamed(name.text))
            return macroCall(*macro, std::move(operand), name);
        return call(name, std::move(operand));
    }

    NodePointer primary()
    {
        const auto& token = current();
        switch (token.kind) {
        case TokenKind::Integer:
            return integer(false);
        case TokenKind::Double:
            ++m_at;
            return made({.value = token.number});
        case TokenKind::String:
            ++m_at;
            return made({.value = token.string});
        case TokenKind::Identifier:
            return identifier();
        case TokenKind::Symbol:
            return bracketed();
        case TokenKind::End:
            break;
        }
        return fail("expected a value");
    }

    NodePointer integer(bool isNegative)
    {
        const auto& token = current();
        constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
        if (token.integer > largest + (isNegative ? 1 : 0))
            return fail("the number is too large");
        ++m_at;
        const auto bits = isNegative ? std::uint64_t{0} - token.integer : token.integer;
        return made({.value = static_cast<std::int64_t>(bits)});
    }

    NodePointer identifier()
    {
        const auto& token = current();
        if (token.text == "true" || token.text == "false" || token.text == "null") {
            ++m_at;
            return made({.value = token.text == "null" ? Value{} : Value{token.text == "true"}});
        }
        if (isReserved(token.text))
            return fail("reserved word");
        ++m_at;
        if (!take("("))
            return made({.kind = NodeKind::Identifier, .name = std::string(token.text)});
        return token.text == "has" ? hasCall(token) : call(token, {});
    }

    NodePointer bracketed()
    {
        if (take("(")) {
            auto node = expression();
            return !m_error && expect(")") ? node : NodePointer{};
        }
        if (take("[")) {
            Node node{.kind = NodeKind::List};
            return items(node.children, "]", false) ? made(std::move(node)) : NodePointer{};
        }
        if (take("{")) {
            Node node{.kind = NodeKind::Map};
            return items(node.children, "}", true) ? made(std::move(node)) : NodePointer{};
        }
        return fail("expected a value");
    }

    /// Expressions up to the closing symbol; with \a pairs "key: value" each. A comma may stand before the end.
    bool items(Node::Children& children, std::string_view close, bool pairs)
    {
        while (!m_error && !take(close)) {
            children.push_back(expression());
            if (pairs && !m_error && expect(":"))
                children.push_back(expression());
            if (!m_error && !isSymbol(close))
                expect(",");
        }
        return !m_error;
    }

    NodePointer hasCall(const Token& name)
    {
        auto field = expression();
        if (m_error || !expect(")"))
            return {};
        if (field->kind != NodeKind::Select)
            return fail("has() takes a field: has(a.b)", name);
        return made({.kind = NodeKind::Has, .children = {std::move(field)}});
    }

    NodePointer macroCall(Macro macro, NodePointer range, const Token& name)
    {
        Node node{.kind = NodeKind::Macro, .macro = macro, .children = {std::move(range)}};
        if (!items(node.children, ")", false))
            return {};
        const std::size_t most = macro == Macro::Map ? 4 : 3;
        if (node.children.size() < 3 || node.children.size() > most)
            return fail("expected a variable and an expression", name);
        if (node.children[1]->kind != NodeKind::Identifier)
            return fail("the first argument must be a variable's name", name);
        node.name = node.children[1]->name;
        node.children.erase(node.children.begin() + 1);
        return made(std::move(node));
    }

    NodePointer call(const Token& name, NodePointer receiver)
    {
        const bool isMember = receiver != nullptr;
        Node node{.kind = NodeKind::Call, .function = findFunction(name.text, isMember)};
        if (!node.function) {
            return fail(findFunction(name.text, !isMember)
                    ? isMember ? "not a member function" : "not a global function"
                    : "unknown function",
                name);
        }
        if (isMember)
            node.children.push_back(std::move(receiver));
        if (!items(node.children, ")", false))
            return {};
        if (node.children.size() < node.function->leastArguments || node.children.size() > node.function->mostArguments)
            return fail("wrong number of arguments", name);
        return made(std::move(node));
    }

    std::span<const Token> m_tokens;
    std::size_t m_at = 0;
    std::uint32_t m_nesting = 0;
    std::optional<ExpressionError> m_error;
};

} // namespace

std::expected<std::shared_ptr<const Expression::Node>, ExpressionError> parseExpression(std::string_view text)
{
    if (text.size() > maxExpressionLength)
        return std::unexpected(ExpressionError{"the expression is too long", 1, 1});
    return tokenize(text).and_then([](const std::vector<Token>& tokens) { return Parser(tokens).run(); });
}

} // namespace halfshake
