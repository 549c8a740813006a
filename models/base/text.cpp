// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"

#include <algorithm>

namespace halfshake {

namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view replacementCharacter = "\xEF\xBF\xBD";

/// How long the well-formed UTF-8 sequence at the start of \a bytes is; 0 where there is none (Unicode 16, table 3-7).
std::size_t sequenceLength(std::string_view bytes)
{
    const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u; };
    const auto continues = [&](std::size_t i) { return (at(i) & 0xC0u) == 0x80u; };
    const auto lead = at(0);
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return continues(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const auto lowest = lead == 0xE0 ? 0xA0u : 0x80u;
        const auto highest = lead == 0xED ? 0x9Fu : 0xBFu; // no surrogates
        return at(1) >= lowest && at(1) <= highest && continues(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const auto lowest = lead == 0xF0 ? 0x90u : 0x80u;
        const auto highest = lead == 0xF4 ? 0x8Fu : 0xBFu; // nothing above U+10FFFF
        return at(1) >= lowest && at(1) <= highest && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> pieces;
    for (auto end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
        pieces.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    pieces.push_back(text);
    return pieces;
}

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> result;
    for (auto begin = text.find_first_not_of(" \t"); begin != std::string_view::npos;) {
        const auto end = std::min(text.find_first_of(" \t", begin), text.size());
        result.push_back(text.substr(begin, end - begin));
        begin = text.find_first_not_of(" \t", end);
    }
    return result;
}

std::string toValidUtf8(std::string_view bytes)
{
    std::string result;
    result.reserve(bytes.size());
    while (!bytes.empty()) {
        const auto length = sequenceLength(bytes);
        result += length != 0 ? bytes.substr(0, length) : replacementCharacter;
        bytes.remove_prefix(length != 0 ? length : 1);
    }
    return result;
}

std::uint64_t hashText(std::string_view text)
{
    std::uint64_t hash = 0xcbf2'9ce4'8422'2325u;
    for (const char byte : text)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100'0000'01b3u;
    return hash != 0 ? hash : 1;
}

} // namespace halfshake
