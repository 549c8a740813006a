// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/errorlogscanner.h"

#include "models/base/text.h"

#include <algorithm>
#include <array>
#include <optional>

namespace halfshake {

namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t timeLength = 19;
constexpr std::array<std::string_view, 8> levels{"debug", "info", "notice", "warn", "error", "crit", "alert", "emerg"};

/// What may follow a quoted value of the tail.
constexpr std::array<std::string_view, 5> nextKeys{
    "\", subrequest: \"", "\", upstream: \"", "\", host: \"", "\", referrer: \"", "\", ctx: \""};

std::size_t digitCount(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::find_if_not(text, [](char c) { return c >= '0' && c <= '9'; }) - text.begin());
}

/// Takes the decimal number \a text begins with off it.
template<typename Integer>
std::optional<Integer> takeNumber(std::string_view& text)
{
    const auto length = digitCount(text);
    const auto value = toInteger<Integer>(text.substr(0, length));
    if (value)
        text.remove_prefix(length);
    return value;
}

bool takePrefix(std::string_view& text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool takeLevel(std::string_view& text, ErrorLevel& level)
{
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (text.starts_with(levels[i]) && text.substr(levels[i].size()).starts_with("] ")) {
            text.remove_prefix(levels[i].size() + 2);
            level = static_cast<ErrorLevel>(i);
            return true;
        }
    }
    return false;
}

/// "(111: Connection refused)" -> 111: the first number in parentheses with a colon and a blank.
int errorNumberIn(std::string_view message)
{
    for (auto open = message.find('('); open != npos; open = message.find('(', open + 1)) {
        auto rest = message.substr(open + 1);
        const auto length = digitCount(rest);
        if (length == 0 || length > 4 || !rest.substr(length).starts_with(": "))
            continue;
        return toInteger<int>(rest.substr(0, length)).value_or(0);
    }
    return 0;
}

/// Where the quoted value that \a text begins with ends: at the quote before the next key, or at the last byte. The
/// request line is raw bytes and may hold quotes; the first fitting end counts, after an HTTP version if there is one.
std::size_t quotedLength(std::string_view text)
{
    const auto version = text.find(" HTTP/");
    auto length = npos;
    for (const auto key : nextKeys) {
        const auto afterVersion = version == npos ? npos : text.find(key, version);
        length = std::min(length, afterVersion != npos ? afterVersion : text.find(key));
    }
    if (length == npos)
        length = text.find("\", "); // keys of other modules
    if (length == npos && text.ends_with('"'))
        length = text.size() - 1;
    return length;
}

/// The value of \a key in the tail, without its quotes; what is cut off at the end of the line has none.
std::string_view quotedValue(std::string_view tail, std::string_view key)
{
    const auto found = tail.find(key);
    if (found == npos)
        return {};
    const auto rest = tail.substr(found + key.size());
    const auto length = quotedLength(rest);
    return length == npos ? std::string_view{} : rest.substr(0, length);
}

void scanTail(std::string_view tail, ErrorLine& result)
{
    result.clientAddress = tail.substr(0, std::min(tail.find(", "), tail.size()));
    constexpr std::string_view requestKey = ", request: \"";
    const auto request = tail.find(requestKey);
    if (request != npos) {
        const auto rest = tail.substr(request + requestKey.size());
        const auto length = quotedLength(rest);
        result.isRequestCut = length == npos;
        result.request = rest.substr(0, std::min(length, rest.size()));
        tail = rest.substr(std::min(length, rest.size()));
    }
    result.upstream = quotedValue(tail, ", upstream: \"");
    result.host = quotedValue(tail, ", host: \"");
}

} // namespace

bool startsLikeErrorLine(std::string_view line)
{
    return line.size() > timeLength + 2 && line[4] == '/' && line[7] == '/' && line[10] == ' ' && line[13] == ':'
        && line[timeLength] == ' ' && line[timeLength + 1] == '[';
}

bool scanErrorLine(std::string_view line, ErrorLine& result)
{
    result = {};
    if (!startsLikeErrorLine(line))
        return false;
    const auto time = parseErrorLogTime(line.substr(0, timeLength));
    auto rest = line.substr(timeLength + 2);
    if (!time || !takeLevel(rest, result.level))
        return false;
    result.time = *time;

    const auto process = takeNumber<std::uint32_t>(rest);
    if (!process || !takePrefix(rest, "#") || !takeNumber<std::uint64_t>(rest) || !takePrefix(rest, ": "))
        return false;
    result.processId = *process;
    if (auto afterStar = rest; takePrefix(afterStar, "*")) {
        const auto connection = takeNumber<std::uint64_t>(afterStar);
        if (connection && takePrefix(afterStar, " ")) {
            result.connection = *connection;
            rest = afterStar;
        }
    }

    constexpr std::string_view clientKey = ", client: ";
    const auto client = rest.find(clientKey);
    result.message = rest.substr(0, client);
    result.errorNumber = errorNumberIn(result.message);
    if (client != npos)
        scanTail(rest.substr(client + clientKey.size()), result);
    return true;
}

std::optional<Endpoint> endpointOfUrl(std::string_view url)
{
    if (const auto scheme = url.find("://"); scheme != npos)
        url.remove_prefix(scheme + 3);
    return Endpoint::parse(url.substr(0, std::min(url.find('/'), url.size())));
}

} // namespace halfshake
