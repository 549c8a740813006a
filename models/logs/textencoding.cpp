// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/textencoding.h"

#include <array>
#include <span>

namespace halfshake {

namespace {

constexpr std::string_view littleEndianMark = "\xFF\xFE";
constexpr std::string_view bigEndianMark = "\xFE\xFF";
constexpr std::uint64_t largestText = std::uint64_t{512} << 20;
constexpr char32_t replacement = 0xFFFD;

void append(std::string& text, char32_t code)
{
    const auto byte = [&](char32_t value) { text += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | code >> 6);
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x1'0000) {
        byte(0xE0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3F));
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
}

Expected<std::string> wholeText(const ByteSource& source)
{
    std::string text(source.size(), '\0');
    const auto count = source.read(0, std::as_writable_bytes(std::span{text}));
    if (!count)
        return std::unexpected(count.error());
    text.resize(*count);
    return text;
}

} // namespace

bool isUtf16(std::string_view head)
{
    return head.starts_with(littleEndianMark) || head.starts_with(bigEndianMark);
}

std::string utf8FromUtf16(std::string_view bytes)
{
    const std::size_t high = bytes.starts_with(bigEndianMark) ? 0 : 1;
    if (isUtf16(bytes))
        bytes.remove_prefix(2);
    const auto unitAt = [&](std::size_t i) -> char32_t {
        if (i + 1 >= bytes.size())
            return 0;
        const auto byteAt = [&](std::size_t j) { return static_cast<char32_t>(static_cast<unsigned char>(bytes[j])); };
        return byteAt(i + high) << 8 | byteAt(i + 1 - high);
    };
    std::string text;
    text.reserve(bytes.size() / 2);
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto unit = unitAt(i);
        const bool isHigh = unit >= 0xD800 && unit < 0xDC00;
        const auto low = isHigh ? unitAt(i + 2) : 0;
        if (isHigh && low >= 0xDC00 && low < 0xE000) {
            append(text, 0x1'0000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
            i += 2;
        } else {
            append(text, unit >= 0xD800 && unit < 0xE000 ? replacement : unit);
        }
    }
    return text;
}

Expected<std::shared_ptr<const ByteSource>> utf8Source(std::shared_ptr<const ByteSource> source)
{
    std::array<std::byte, 2> mark{};
    const auto count = source->read(0, mark);
    if (!count)
        return std::unexpected(count.error());
    if (!isUtf16({reinterpret_cast<const char*>(mark.data()), *count}))
        return source;
    if (source->size() > largestText)
        return failure(DiagnosticCode::FileNotReadable, {}, {"UTF-16 text of more than 512 MiB"});
    const auto text = wholeText(*source);
    if (!text)
        return std::unexpected(text.error());
    return memorySource(utf8FromUtf16(*text));
}

} // namespace halfshake
