// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/recorddocument.h"

#include "models/logs/textescape.h"

#include <algorithm>
#include <array>

namespace halfshake {

namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::array<std::string_view, 6> lineKeys{"log", "MESSAGE", "message", "line", "msg", "content"};

/// As much of a document as shows which key its lines have.
constexpr std::size_t sampleBytes = std::size_t{512} << 10;

std::string_view bestLineKey(std::string_view text)
{
    TolerantJson json{text.substr(0, sampleBytes)};
    TolerantJson::Member member;
    auto best = lineKeys.size();
    while (json.next(member)) {
        if (member.kind == TolerantJson::ValueKind::String)
            best = std::min(best, rankOfLineKey(member.key).value_or(best));
    }
    return best < lineKeys.size() ? lineKeys[best] : std::string_view{};
}

} // namespace

std::optional<std::size_t> rankOfLineKey(std::string_view key)
{
    const auto found = std::ranges::find(lineKeys, key);
    if (found == lineKeys.end())
        return {};
    return static_cast<std::size_t>(found - lineKeys.begin());
}

bool RecordDocument::isOne(std::string_view head)
{
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = head.find_first_not_of(blanks);
    if (first == npos)
        return false;
    if (head[first] == '[') {
        const auto second = head.find_first_not_of(blanks, first + 1);
        return second != npos && head[second] == '{' && !bestLineKey(head).empty();
    }
    const auto hits = head.find("\"hits\"");
    const auto source = hits == npos ? npos : head.find("\"_source\"", hits);
    return head[first] == '{' && source != npos && !bestLineKey(head).empty();
}

RecordDocument::RecordDocument(std::string_view text) : m_text(text), m_json(text), m_key(bestLineKey(text)) { }

bool RecordDocument::next(Record& record)
{
    TolerantJson::Member member;
    while (m_json.next(member)) {
        if (member.key != m_key || member.kind != TolerantJson::ValueKind::String)
            continue;
        const auto offset = static_cast<std::size_t>(member.value.data() - m_text.data());
        const auto passed = m_text.substr(m_counted, offset - m_counted);
        m_line += static_cast<std::uint64_t>(std::ranges::count(passed, '\n'));
        m_counted = offset;
        record.line = m_line;
        record.byteOffset = offset;
        record.text = unescaped(member.value, ValueEscape::Json, m_buffer);
        if (record.text.ends_with('\n'))
            record.text.remove_suffix(1);
        return true;
    }
    return false;
}

} // namespace halfshake
