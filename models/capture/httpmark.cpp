// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/httpmark.h"

#include "models/base/text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace halfshake {

namespace {

// Longer methods than those of the HTTP method registry are not tried.
constexpr std::size_t longestMethod = 18;

constexpr std::array<std::string_view, 9> commonMethods{
    "GET", "POST", "PUT", "HEAD", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE"};

std::string_view textOf(std::span<const std::byte> payload)
{
    return {reinterpret_cast<const char*>(payload.data()), payload.size()};
}

constexpr char lowered(char character)
{
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool equalsIgnoringCase(std::string_view text, std::string_view lowerCase)
{
    return std::ranges::equal(text, lowerCase, {}, lowered);
}

std::string_view methodOf(std::string_view text)
{
    const auto end = std::ranges::find_if(text, [](char c) { return (c < 'A' || c > 'Z') && c != '-' && c != '_'; });
    const auto method = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    return method.size() >= 3 && method.size() <= longestMethod && end != text.end() && *end == ' '
        ? method
        : std::string_view{};
}

std::uint64_t requestIdHash(std::string_view headers)
{
    constexpr std::string_view name = "x-request-id";
    while (!headers.empty()) {
        const std::size_t lineEnd = headers.find('\n');
        if (lineEnd == std::string_view::npos)
            return 0; // the value may be cut off
        const auto line = headers.substr(0, lineEnd);
        headers.remove_prefix(lineEnd + 1);
        if (trimmed(line).empty())
            return 0;
        const std::size_t colon = line.find(':');
        if (colon == name.size() && equalsIgnoringCase(line.substr(0, colon), name))
            return hashText(trimmed(line.substr(colon + 1)));
    }
    return 0;
}

} // namespace

std::optional<HttpRequestHead> readHttpRequest(std::span<const std::byte> payload)
{
    const auto text = textOf(payload);
    const auto method = methodOf(text);
    if (method.empty())
        return {};
    const auto afterMethod = text.substr(method.size() + 1);
    const std::size_t lineEnd = afterMethod.find('\n');
    const auto line = afterMethod.substr(0, lineEnd);
    const std::size_t targetEnd = line.find(" HTTP/1.");
    if (targetEnd == std::string_view::npos) {
        // Only a common method is believed where the line goes on in the next segment or beyond the snap length.
        const bool isCut = lineEnd == std::string_view::npos && !line.empty();
        return isCut && std::ranges::contains(commonMethods, method) ? std::optional(HttpRequestHead{}) : std::nullopt;
    }
    if (targetEnd == 0)
        return {};
    HttpRequestHead head{.targetHash = hashText(line.substr(0, targetEnd)), .requestIdHash = 0};
    if (lineEnd != std::string_view::npos)
        head.requestIdHash = requestIdHash(afterMethod.substr(lineEnd + 1));
    return head;
}

std::optional<std::uint16_t> readHttpStatus(std::span<const std::byte> payload)
{
    constexpr std::string_view prefix = "HTTP/1.";
    constexpr std::size_t statusOffset = 9; // "HTTP/1.1 "
    constexpr std::size_t statusLength = 3;
    const auto text = textOf(payload);
    if (!text.starts_with(prefix) || text.size() < statusOffset + statusLength || text[statusOffset - 1] != ' ')
        return {};
    const auto status = toInteger<std::uint16_t>(text.substr(statusOffset, statusLength));
    return status && *status >= 100 ? status : std::nullopt;
}

} // namespace halfshake
