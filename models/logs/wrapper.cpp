// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/wrapper.h"

#include "models/logs/jsonwrapper.h"
#include "models/logs/timestamp.h"

#include <algorithm>

namespace halfshake {

namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr char escape = '\x1B';

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

bool isLetter(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

/// The word \a text begins with; both it and the blank after it are taken off. Empty where no blank follows.
std::string_view takeWord(std::string_view& text)
{
    const auto end = text.find(' ');
    if (end == npos)
        return {};
    const auto word = text.substr(0, end);
    text.remove_prefix(end + 1);
    return word;
}

/// An ISO time with zone and the blank after it.
std::optional<EvidenceTime> takeTime(std::string_view& text)
{
    const auto prefix = parseIso8601Prefix(text);
    if (!prefix || !prefix->instant.zone || text[10] != 'T' || !text.substr(prefix->length).starts_with(' '))
        return {};
    text.remove_prefix(prefix->length + 1);
    return prefix->instant.time;
}

std::optional<PeeledLine> peelCri(std::string_view line)
{
    PeeledLine peeled;
    peeled.writtenAt = takeTime(line);
    peeled.stream = takeWord(line);
    const auto end = std::min(line.find(' '), line.size());
    const auto tags = line.substr(0, end);
    const bool isTag = tags == "F" || tags == "P" || tags.starts_with("F:") || tags.starts_with("P:");
    if (!peeled.writtenAt || !isTag || (peeled.stream != "stdout" && peeled.stream != "stderr"))
        return {};
    peeled.text = line.substr(std::min(end + 1, line.size()));
    peeled.isPart = tags.starts_with('P');
    return peeled;
}

std::optional<PeeledLine> peelTimestamp(std::string_view line)
{
    const auto time = takeTime(line);
    if (!time)
        return {};
    return PeeledLine{.text = line, .stream = {}, .writtenAt = time};
}

std::optional<PeeledLine> peelKubectlPrefix(std::string_view line)
{
    const auto end = line.find("] ");
    if (!line.starts_with("[pod/") || end == npos || line.substr(0, end).contains(' '))
        return {};
    return PeeledLine{.text = line.substr(end + 2), .stream = line.substr(1, end - 1), .writtenAt = {}};
}

/// "ESC[2K", "ESC[36m" and the like, as terminals understand them.
std::string_view withoutControlSequences(std::string_view text)
{
    while (text.size() > 2 && text[0] == escape && text[1] == '[') {
        const auto end = std::ranges::find_if(text.substr(2), isLetter) - text.begin();
        text.remove_prefix(std::min(static_cast<std::size_t>(end) + 1, text.size()));
    }
    return text;
}

std::optional<PeeledLine> peelCompose(std::string_view line)
{
    const auto text = withoutControlSequences(line);
    const auto nameEnd = text.find(' ');
    const auto bar = nameEnd == npos ? npos : text.find_first_not_of(' ', nameEnd);
    if (nameEnd == 0 || bar == npos || text[bar] != '|')
        return {};
    const auto name = text.substr(0, nameEnd);
    const bool isName =
        std::ranges::all_of(name, [](char c) { return isLetter(c) || isDigit(c) || c == '-' || c == '_' || c == '.'; });
    auto rest = withoutControlSequences(text.substr(bar + 1));
    if (!isName || (!rest.empty() && rest.front() != ' '))
        return {};
    rest.remove_prefix(rest.empty() ? 0 : 1);
    return PeeledLine{.text = rest, .stream = name, .writtenAt = {}};
}

/// "<134>": facility and severity; optional.
void skipPriority(std::string_view& text)
{
    const auto end = text.find('>');
    const bool isPriority = text.starts_with('<') && end != npos && end >= 2 && end <= 4
        && std::ranges::all_of(text.substr(1, end - 1), isDigit);
    if (isPriority)
        text.remove_prefix(end + 1);
}

/// "Nov 23 11:31:45 ", also with month names of other languages.
bool takeSyslogTime(std::string_view& text)
{
    auto rest = text;
    const auto month = takeWord(rest);
    while (rest.starts_with(' '))
        rest.remove_prefix(1);
    const auto day = takeWord(rest);
    const auto clock = takeWord(rest);
    const bool isMonth = month.size() >= 3 && month.size() <= 6 && !std::ranges::any_of(month, isDigit);
    const bool isDay = !day.empty() && day.size() <= 2 && std::ranges::all_of(day, isDigit);
    const bool isClock = clock.size() >= 8 && clock.size() <= 18 && clock[2] == ':' && clock[5] == ':'
        && isDigit(clock[0]) && isDigit(clock[7]) && (clock.size() == 8 || clock[8] == '.');
    if (!isMonth || !isDay || !isClock)
        return false;
    text = rest;
    return true;
}

std::optional<PeeledLine> peelSyslog(std::string_view line)
{
    skipPriority(line);
    PeeledLine peeled;
    constexpr std::int64_t leapYear = 2000;
    if (const auto stamp = parseSyslogTimePrefix(line, leapYear))
        peeled.stamp = stamp->instant;
    if (!takeSyslogTime(line)) {
        peeled.writtenAt = takeTime(line);
        if (!peeled.writtenAt)
            return {};
    }
    const auto host = takeWord(line);
    const auto tag = takeWord(line);
    const bool isTag = tag.size() >= 2 && tag.ends_with(':') && !isDigit(tag.front());
    if (host.empty() || !isTag)
        return {};
    peeled.stream = tag;
    peeled.program = tag.substr(0, tag.find_first_of("[:"));
    peeled.text = line;
    return peeled;
}

std::optional<PeeledLine> peelSyslog5424(std::string_view line)
{
    const auto whole = line;
    skipPriority(line);
    if (line.size() == whole.size() || takeWord(line) != "1")
        return {};
    PeeledLine peeled;
    peeled.writtenAt = takeTime(line);
    const auto host = takeWord(line);
    peeled.stream = takeWord(line);
    peeled.program = peeled.stream;
    const auto process = takeWord(line);
    const auto message = takeWord(line);
    if (!peeled.writtenAt || host.empty() || peeled.stream.empty() || process.empty() || message.empty())
        return {};
    // structured data: "-" or elements in brackets
    const auto data = line.starts_with('[') ? line.find("] ") : line.find(' ');
    if (data == npos)
        return {};
    peeled.text = line.substr(data + (line.starts_with('[') ? 2 : 1));
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (peeled.text.starts_with(byteOrderMark))
        peeled.text.remove_prefix(byteOrderMark.size());
    return peeled;
}

} // namespace

std::string_view toString(WrapperKind kind)
{
    switch (kind) {
    case WrapperKind::Cri:
        return "CRI";
    case WrapperKind::DockerJson:
        return "docker json-file";
    case WrapperKind::KubectlPrefix:
        return "kubectl --prefix";
    case WrapperKind::Compose:
        return "docker compose";
    case WrapperKind::Syslog:
        return "syslog";
    case WrapperKind::Syslog5424:
        return "syslog (RFC 5424)";
    case WrapperKind::Journal:
        return "journal";
    case WrapperKind::JsonRecord:
        return "JSON records";
    case WrapperKind::Timestamp:
        return "kubectl --timestamps";
    }
    return {};
}

std::optional<PeeledLine> peel(WrapperKind kind, std::string_view line, std::string& buffer)
{
    switch (kind) {
    case WrapperKind::Cri:
        return peelCri(line);
    case WrapperKind::KubectlPrefix:
        return peelKubectlPrefix(line);
    case WrapperKind::Compose:
        return peelCompose(line);
    case WrapperKind::Syslog:
        return peelSyslog(line);
    case WrapperKind::Syslog5424:
        return peelSyslog5424(line);
    case WrapperKind::Timestamp:
        return peelTimestamp(line);
    case WrapperKind::DockerJson:
    case WrapperKind::Journal:
    case WrapperKind::JsonRecord:
        return peelJson(kind, line, buffer);
    }
    return {};
}

} // namespace halfshake
