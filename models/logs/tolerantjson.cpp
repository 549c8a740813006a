// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/logs/tolerantjson.h"

#include <algorithm>

namespace halfshake {

namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view blanks = " \t\r\n";

bool isEscaped(std::string_view text, std::size_t position)
{
    std::size_t backslashes = 0;
    while (backslashes < position && text[position - backslashes - 1] == '\\')
        ++backslashes;
    return backslashes % 2 == 1;
}

std::string_view withoutTrailingBlanks(std::string_view text)
{
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

} // namespace

std::size_t TolerantJson::afterBlanks(std::size_t position) const
{
    return std::min(m_text.find_first_not_of(blanks, position), m_text.size());
}

void TolerantJson::skipBetweenMembers()
{
    for (; m_position < m_text.size(); ++m_position) {
        switch (m_text[m_position]) {
        case '{':
            ++m_depth;
            break;
        case '}':
            m_depth -= m_depth > 0 ? 1 : 0;
            break;
        case '"':
            return;
        default:
            break;
        }
    }
}

/// The closing quote of a string: one that is not escaped and after which a member or an object may end. A raw quote
/// inside (escape=none) is followed by something else.
std::size_t TolerantJson::endOfString(std::size_t from) const
{
    for (auto quote = m_text.find('"', from); quote != npos; quote = m_text.find('"', quote + 1)) {
        if (isEscaped(m_text, quote))
            continue;
        const auto next = afterBlanks(quote + 1);
        if (next == m_text.size() || std::string_view{",:}]"}.contains(m_text[next]))
            return quote;
    }
    return npos;
}

bool TolerantJson::takeString(std::string_view& value)
{
    const auto end = endOfString(m_position + 1);
    if (end == npos) {
        m_isCut = true;
        m_position = m_text.size();
        return false;
    }
    value = m_text.substr(m_position + 1, end - m_position - 1);
    m_position = end + 1;
    return true;
}

bool TolerantJson::startsKey(std::size_t position) const
{
    if (position >= m_text.size() || m_text[position] != '"')
        return false;
    const auto end = m_text.find('"', position + 1);
    const auto colon = end == npos ? m_text.size() : afterBlanks(end + 1);
    return colon < m_text.size() && m_text[colon] == ':';
}

/// A bare value reaches to the end of its object or to the next key, so that lists in it stay whole.
std::size_t TolerantJson::endOfBare(std::size_t from) const
{
    for (auto end = m_text.find_first_of(",}", from); end != npos; end = m_text.find_first_of(",}", end + 1)) {
        if (m_text[end] == '}' || startsKey(afterBlanks(end + 1)))
            return end;
    }
    return npos;
}

bool TolerantJson::takeKey(std::string_view& key)
{
    while (m_position < m_text.size()) {
        skipBetweenMembers();
        if (m_position == m_text.size() || !takeString(key))
            return false;
        m_position = afterBlanks(m_position);
        if (m_position < m_text.size() && m_text[m_position] == ':') {
            ++m_position;
            return true;
        }
    }
    return false;
}

bool TolerantJson::takeValue(Member& member)
{
    const char first = m_text[m_position];
    if (first == '"') {
        member.kind = ValueKind::String;
        return takeString(member.value);
    }
    member.kind = first == '[' ? ValueKind::Array : ValueKind::Bare;
    const auto begin = m_position + (first == '[' ? 1 : 0);
    const auto end = first == '[' ? m_text.find(']', begin) : endOfBare(begin);
    if (end == npos) {
        m_isCut = true;
        m_position = m_text.size();
        return false;
    }
    member.value = withoutTrailingBlanks(m_text.substr(begin, end - begin));
    m_position = end + (first == '[' ? 1 : 0);
    return true;
}

bool TolerantJson::next(Member& member)
{
    while (takeKey(member.key)) {
        m_position = afterBlanks(m_position);
        if (m_position == m_text.size()) {
            m_isCut = true;
            return false;
        }
        const bool isNested = m_text[m_position] == '{'
            || (m_text[m_position] == '[' && m_text.substr(afterBlanks(m_position + 1)).starts_with('{'));
        if (isNested)
            continue;
        member.depth = m_depth;
        return takeValue(member);
    }
    return false;
}

} // namespace halfshake
