// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/rules/token.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <system_error>

namespace halfshake {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

void appendUtf8(std::string& text, std::uint32_t codePoint)
{
    const auto byte = [&text](std::uint32_t bits) { text += static_cast<char>(bits); };
    if (codePoint < 0x80) {
        byte(codePoint);
    } else if (codePoint < 0x800) {
        byte(0xC0 | codePoint >> 6);
        byte(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        byte(0xE0 | codePoint >> 12);
        byte(0x80 | (codePoint >> 6 & 0x3F));
        byte(0x80 | (codePoint & 0x3F));
    } else {
        byte(0xF0 | codePoint >> 18);
        byte(0x80 | (codePoint >> 12 & 0x3F));
        byte(0x80 | (codePoint >> 6 & 0x3F));
        byte(0x80 | (codePoint & 0x3F));
    }
}

class Tokenizer
{
public:
    explicit Tokenizer(std::string_view text) : m_text(text) { }

    std::expected<std::vector<Token>, ExpressionError> run()
    {
        std::vector<Token> tokens;
        while (!m_error) {
            skipBlanksAndComments();
            tokens.push_back(next());
            if (tokens.back().kind == TokenKind::End)
                break;
        }
        if (m_error)
            return std::unexpected(*m_error);
        return tokens;
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }

    [[nodiscard]] bool startsWith(std::string_view prefix) const { return m_text.substr(m_at).starts_with(prefix); }

    void advance(std::size_t bytes = 1)
    {
        for (; bytes > 0 && m_at < m_text.size(); --bytes, ++m_at) {
            const auto c = m_text[m_at];
            if (c == '\n') {
                ++m_line;
                m_column = 1;
            } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
                ++m_column; // the bytes of one UTF-8 character count once
            }
        }
    }

    void skipBlanksAndComments()
    {
        while (m_at < m_text.size()) {
            if (std::string_view{" \t\n\f\r"}.contains(peek()))
                advance();
            else if (startsWith("//"))
                advance(std::min(m_text.find('\n', m_at), m_text.size()) - m_at);
            else
                return;
        }
    }

    Token next()
    {
        Token token{.line = m_line, .column = m_column};
        const auto start = m_at;
        if (m_at == m_text.size())
            return token;
        if (const auto prefix = stringPrefix())
            readString(token, *prefix);
        else if (isLetter(peek()))
            readIdentifier(token);
        else if (isDigit(peek()) || (peek() == '.' && isDigit(peek(1))))
            readNumber(token);
        else
            readSymbol(token);
        token.text = m_text.substr(start, m_at - start);
        return token;
    }

    void fail(std::string text, const Token& at)
    {
        if (!m_error)
            m_error = ExpressionError{std::move(text), at.line, at.column};
    }

    void readIdentifier(Token& token)
    {
        token.kind = TokenKind::Identifier;
        while (isLetter(peek()) || isDigit(peek()))
            advance();
    }

    void readSymbol(Token& token)
    {
        static constexpr std::array<std::string_view, 6> pairs{"==", "!=", "<=", ">=", "&&", "||"};
        token.kind = TokenKind::Symbol;
        const auto pair = std::ranges::find_if(pairs, [this](std::string_view symbol) { return startsWith(symbol); });
        if (pair != pairs.end())
            advance(2);
        else if (std::string_view{"()[]{}.,:?<>+-*/%!"}.contains(peek()))
            advance();
        else
            fail("unexpected character", token);
    }

    void readNumber(Token& token)
    {
        token.kind = TokenKind::Integer;
        const auto start = m_at;
        const bool isHexadecimal = peek() == '0' && (peek(1) == 'x' || peek(1) == 'X') && isHexDigit(peek(2));
        if (isHexadecimal) {
            advance(2);
            while (isHexDigit(peek()))
                advance();
        } else {
            readDecimal(token);
        }
        const auto text = m_text.substr(start, m_at - start);
        if (isLetter(peek()) || isDigit(peek()))
            return fail("a number ends with '" + std::string(1, peek()) + '\'', token);
        const auto digits = isHexadecimal ? text.substr(2) : text;
        const auto* const end = digits.data() + digits.size();
        const auto result = token.kind == TokenKind::Double
            ? std::from_chars(digits.data(), end, token.number)
            : std::from_chars(digits.data(), end, token.integer, isHexadecimal ? 16 : 10);
        if (result.ec != std::errc{} || result.ptr != end)
            fail("the number is too large", token);
    }

    void readDecimal(Token& token)
    {
        const auto digits = [this] {
            while (isDigit(peek()))
                advance();
        };
        digits();
        if (peek() == '.' && isDigit(peek(1))) {
            token.kind = TokenKind::Double;
            advance();
            digits();
        }
        const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
        if ((peek() == 'e' || peek() == 'E') && isDigit(peek(1 + sign))) {
            token.kind = TokenKind::Double;
            advance(1 + sign);
            digits();
        }
    }

    struct StringPrefix
    {
        bool isRaw = false;
        std::string_view quote;
    };

    [[nodiscard]] std::optional<StringPrefix> stringPrefix() const
    {
        const bool isRaw = peek() == 'r' || peek() == 'R';
        const auto rest = m_text.substr(std::min(m_at + (isRaw ? 1 : 0), m_text.size()));
        for (const std::string_view quote : {"\"\"\"", "'''", "\"", "'"}) {
            if (rest.starts_with(quote))
                return StringPrefix{isRaw, quote};
        }
        return {};
    }

    void readString(Token& token, StringPrefix prefix)
    {
        token.kind = TokenKind::String;
        advance(prefix.quote.size() + (prefix.isRaw ? 1 : 0));
        while (!startsWith(prefix.quote)) {
            const bool isNewline = peek() == '\n' || peek() == '\r';
            if (m_at == m_text.size() || (isNewline && prefix.quote.size() == 1))
                return fail("the string is not closed", token);
            if (peek() == '\\' && !prefix.isRaw) {
                readEscape(token);
            } else {
                token.string += peek();
                advance();
            }
            if (m_error)
                return;
        }
        advance(prefix.quote.size());
    }

    void readEscape(Token& token)
    {
        static constexpr std::string_view letters = "abfnrtv\\?\"'`";
        static constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\?\"'`";
        const Token here{.line = m_line, .column = m_column};
        advance();
        if (const auto letter = letters.find(peek()); letter != std::string_view::npos) {
            token.string += meanings[letter];
            advance();
        } else if (peek() == 'x' || peek() == 'X') {
            readCodePoint(token, 1, 2, 16);
        } else if (peek() == 'u') {
            readCodePoint(token, 1, 4, 16);
        } else if (peek() == 'U') {
            readCodePoint(token, 1, 8, 16);
        } else if (peek() >= '0' && peek() <= '3') {
            readCodePoint(token, 0, 3, 8);
        } else {
            fail("unknown escape sequence", here);
        }
    }

    void readCodePoint(Token& token, std::size_t skipped, std::size_t length, int base)
    {
        const Token here{.line = m_line, .column = m_column};
        advance(skipped);
        const auto digits = m_text.substr(m_at, length);
        std::uint32_t codePoint = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), codePoint, base);
        const bool isSurrogate = codePoint >= 0xD800 && codePoint < 0xE000;
        if (error != std::errc{} || digits.size() != length || end != digits.data() + length || codePoint > 0x10FFFF
            || isSurrogate)
            return fail("the escape sequence names no character", here);
        appendUtf8(token.string, codePoint);
        advance(length);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::uint32_t m_line = 1;
    std::uint32_t m_column = 1;
    std::optional<ExpressionError> m_error;
};

} // namespace

std::expected<std::vector<Token>, ExpressionError> tokenize(std::string_view text)
{
    return Tokenizer(text).run();
}

} // namespace halfshake
