// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/textescape.h"

#include <cstdint>
#include <optional>

namespace halfshake {

namespace {

int hexDigit(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    if (character >= 'A' && character <= 'F')
        return character - 'A' + 10;
    return character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
}

std::optional<std::uint32_t> hexNumber(std::string_view text, std::size_t digits)
{
    if (text.size() < digits)
        return {};
    std::uint32_t value = 0;
    for (const char character : text.substr(0, digits)) {
        const auto digit = hexDigit(character);
        if (digit < 0)
            return {};
        value = value << 4 | static_cast<std::uint32_t>(digit);
    }
    return value;
}

void appendUtf8(std::string& text, std::uint32_t code)
{
    const auto append = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    const auto appendTail = [&](int shift) { append(0x80 | (code >> shift & 0x3F)); };
    if (code < 0x80) {
        append(code);
    } else if (code < 0x800) {
        append(0xC0 | code >> 6);
        appendTail(0);
    } else if (code < 0x1'0000) {
        append(0xE0 | code >> 12);
        appendTail(6);
        appendTail(0);
    } else {
        append(0xF0 | code >> 18);
        appendTail(12);
        appendTail(6);
        appendTail(0);
    }
}

/// "\uD83D\uDE00" and "\u4E2D"; a lone surrogate becomes U+FFFD. Returns how many bytes of \a text it took.
std::size_t appendUnicodeEscape(std::string& result, std::string_view text)
{
    auto code = hexNumber(text.substr(2), 4).value_or(0xFFFD);
    std::size_t length = 6;
    const bool isHigh = code >= 0xD800 && code < 0xDC00;
    if (isHigh && text.substr(6).starts_with("\\u")) {
        const auto low = hexNumber(text.substr(8), 4).value_or(0);
        if (low >= 0xDC00 && low < 0xE000) {
            code = 0x1'0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            length = 12;
        }
    }
    appendUtf8(result, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
    return length;
}

std::optional<char> jsonControl(char character)
{
    switch (character) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case '/':
        return '/';
    default:
        return {};
    }
}

/// Undoes the escape that \a text begins with; returns how many bytes it took.
std::size_t appendEscape(std::string& result, std::string_view text, ValueEscape escape)
{
    const char kind = text.size() > 1 ? text[1] : '\0';
    if (kind == 'x') {
        if (const auto byte = hexNumber(text.substr(2), 2)) {
            result += static_cast<char>(*byte);
            return 4;
        }
    }
    if (kind == '"' || kind == '\\') {
        result += kind;
        return 2;
    }
    if (escape == ValueEscape::Json) {
        if (kind == 'u' && hexNumber(text.substr(2), 4))
            return appendUnicodeEscape(result, text);
        if (const auto control = jsonControl(kind)) {
            result += *control;
            return 2;
        }
    }
    result += '\\';
    return 1;
}

} // namespace

std::string_view unescaped(std::string_view text, ValueEscape escape, std::string& buffer)
{
    auto backslash = escape == ValueEscape::None ? std::string_view::npos : text.find('\\');
    if (backslash == std::string_view::npos)
        return text;
    buffer.clear();
    while (backslash != std::string_view::npos) {
        buffer += text.substr(0, backslash);
        text.remove_prefix(backslash);
        text.remove_prefix(appendEscape(buffer, text, escape));
        backslash = text.find('\\');
    }
    buffer += text;
    return buffer;
}

} // namespace halfshake
