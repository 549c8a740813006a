// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/applicationlogscanner.h"

#include "models/base/text.h"
#include "models/logs/textescape.h"
#include "models/logs/tolerantjson.h"

#include <algorithm>
#include <array>
#include <optional>

namespace halfshake {

namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr int mostWords = 10; ///< Before the message.
constexpr std::size_t longestRequestText = 4096;

std::string_view withoutLeadingBlanks(std::string_view text)
{
    return text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
}

bool isLoggerCharacter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9') || std::string_view{"._$-/"}.contains(character);
}

/// The time that \a rest begins with, in brackets or not; it is taken off.
std::optional<LogInstant> takeTime(std::string_view& rest)
{
    const bool isBracketed = rest.starts_with('[');
    auto text = rest.substr(isBracketed ? 1 : 0);
    const auto prefix = parseApplicationTimePrefix(text);
    if (!prefix)
        return {};
    text.remove_prefix(prefix->length);
    if (isBracketed && !text.starts_with(']'))
        return {};
    text.remove_prefix(isBracketed ? 1 : 0);
    if (!text.empty() && text.front() != ' ' && text.front() != '\t' && text.front() != '[' && text.front() != '|')
        return {};
    rest = text;
    return prefix->instant;
}

/// Walks over the words between the time and the message.
class Header
{
public:
    explicit Header(ApplicationLine& result) : m_result(result) { }

    /// False where no level is among them.
    bool read(std::string_view rest)
    {
        for (int word = 0; word < mostWords && !rest.empty(); ++word) {
            rest = withoutLeadingBlanks(rest);
            if (rest.starts_with('['))
                takeBracket(rest);
            else if (takeWord(rest))
                break;
        }
        m_result.message = trimmed(rest);
        return m_hasLevel;
    }

private:
    void takeBracket(std::string_view& rest)
    {
        const auto end = rest.find(']');
        const auto inside = trimmed(rest.substr(1, end == npos ? npos : end - 1));
        if (!takeLevel(inside))
            m_result.thread = inside;
        rest.remove_prefix(end == npos ? rest.size() : end + 1);
    }

    bool takeLevel(std::string_view word)
    {
        const auto level = m_hasLevel ? std::nullopt : logLevelNamed(word);
        if (level)
            m_result.level = *level;
        m_hasLevel = m_hasLevel || level.has_value();
        return level.has_value();
    }

    /// True where the message begins at \a rest.
    bool takeWord(std::string_view& rest)
    {
        auto word = rest.substr(0, rest.find_first_of(" \t"));
        const auto after = rest.substr(word.size());
        const bool isSeparator = word == "-" || word == ":" || word == "|" || word == "---";
        const bool hasColon = word.size() > 1 && word.ends_with(':');
        word.remove_suffix(hasColon ? 1 : 0);
        if (isSeparator) {
            rest = after;
            return m_hasLevel && !m_result.logger.empty() && word != "|";
        }
        if (takeLevel(word) || std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; })) {
            rest = after;
            return false;
        }
        if (!m_result.logger.empty() || !isLogger(word, after, hasColon))
            return true;
        m_result.logger = word;
        rest = after;
        return hasColon && m_hasLevel;
    }

    [[nodiscard]] bool isLogger(std::string_view word, std::string_view after, bool hasColon) const
    {
        if (word.empty() || !std::ranges::all_of(word, isLoggerCharacter))
            return false;
        const auto next = withoutLeadingBlanks(after);
        return !m_hasLevel || hasColon || word.contains('.') || next.starts_with(": ") || next.starts_with("- ");
    }

    ApplicationLine& m_result;
    bool m_hasLevel = false;
};

/// What the keys of JSON log encoders mean.
struct JsonParts
{
    std::optional<LogInstant> time;
    std::optional<LogLevel> level;
    std::optional<std::string_view> message;
};

void collect(const TolerantJson::Member& member, JsonParts& parts, ApplicationLine& result)
{
    constexpr std::array<std::string_view, 4> times{"@timestamp", "timestamp", "time", "ts"};
    constexpr std::array<std::string_view, 5> levels{"level", "severity", "log.level", "levelname", "lvl"};
    constexpr std::array<std::string_view, 2> messages{"message", "msg"};
    constexpr std::array<std::string_view, 4> loggers{"logger_name", "logger", "log.logger", "loggerName"};
    constexpr std::array<std::string_view, 4> threads{"thread_name", "thread", "process.thread.name", "threadName"};
    constexpr std::array<std::string_view, 4> traces{"stack_trace", "error.stack_trace", "stacktrace", "stackTrace"};
    const auto isOneOf = [&](const auto& keys) { return std::ranges::contains(keys, member.key); };
    if (isOneOf(times) && !parts.time)
        parts.time = parseAnyTime(member.value);
    else if (isOneOf(levels) && !parts.level)
        parts.level = logLevelNamed(member.value);
    else if (isOneOf(messages) && !parts.message)
        parts.message = member.value;
    else if (isOneOf(loggers))
        result.logger = member.value;
    else if (isOneOf(threads))
        result.thread = member.value;
    else if (isOneOf(traces))
        result.stackTrace = member.value;
}

bool isHexDigit(char character)
{
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f')
        || (character >= 'A' && character <= 'F');
}

/// Whether \a word has the shape of an id: 32 digits, or 8-4-4-4-12.
bool isRequestId(std::string_view word)
{
    constexpr std::size_t plainLength = 32;
    constexpr std::size_t uuidLength = 36;
    if (word.size() == plainLength)
        return !word.contains('-');
    return word.size() == uuidLength && word[8] == '-' && word[13] == '-' && word[18] == '-' && word[23] == '-'
        && std::ranges::count(word, '-') == 4;
}

} // namespace

bool scanApplicationLine(std::string_view line, ApplicationLine& result)
{
    result = {};
    auto rest = line;
    if (const auto time = takeTime(rest)) {
        result.time = *time;
        return Header{result}.read(rest);
    }
    // java.util.logging: "Nov 23, 2026 4:29:17 AM com.shop.Cart add", its level on the next line
    const auto prefix = parseUtilLoggingTimePrefix(line);
    if (!prefix)
        return false;
    result.time = prefix->instant;
    const auto place = words(line.substr(prefix->length));
    if (place.empty() || place.size() > 2)
        return false;
    result.logger = place.front();
    return true;
}

bool scanApplicationJson(std::string_view line, ApplicationLine& result, std::string& buffer)
{
    result = {};
    if (!line.starts_with('{'))
        return false;
    JsonParts parts;
    TolerantJson json{line};
    TolerantJson::Member member;
    while (json.next(member))
        collect(member, parts, result);
    if (!parts.time || !parts.level || !parts.message)
        return false;
    result.time = *parts.time;
    result.level = *parts.level;
    result.message = *parts.message;
    result.stackTrace = unescaped(result.stackTrace, ValueEscape::Json, buffer);
    return true;
}

std::optional<LogLevel> levelOfSecondLine(std::string_view line)
{
    const auto colon = line.find(": ");
    return colon == npos || colon > 8 ? std::nullopt : logLevelNamed(line.substr(0, colon));
}

std::string_view requestIdIn(std::string_view text)
{
    text = text.substr(0, longestRequestText);
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && (isHexDigit(text[i]) || text[i] == '-'))
            continue;
        const auto word = text.substr(begin, i - begin);
        const bool isWhole = begin == 0 || !isLoggerCharacter(text[begin - 1]);
        const bool isEnd = i == text.size() || !isLoggerCharacter(text[i]) || text[i] == '.';
        if (isWhole && isEnd && isRequestId(word))
            return word;
        begin = i + 1;
    }
    return {};
}

} // namespace halfshake
