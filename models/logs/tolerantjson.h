// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace halfshake {

/// Walks over the members of JSON objects in one line, also where it is not quite JSON: bare values that are no
/// numbers ("-", nothing at all, lists like 0, 3), \xXX escapes, bytes that are no UTF-8, raw quotes, a cut end.
///
/// Members of nested objects come out like those of the outermost one, with their depth.
class TolerantJson
{
public:
    enum class ValueKind : std::uint8_t { String, Bare, Array };

    struct Member
    {
        std::string_view key; ///< Escapes not undone.
        std::string_view value; ///< A string without its quotes, an array without its brackets; escapes not undone.
        ValueKind kind = ValueKind::Bare;
        std::uint32_t depth = 0; ///< 1 in the outermost object.
    };

    explicit TolerantJson(std::string_view text) : m_text(text) { }

    /// The next member whose value is complete; false at the end.
    [[nodiscard]] bool next(Member& member);
    /// After the last member: whether every object was closed.
    [[nodiscard]] bool isComplete() const { return m_depth == 0 && !m_isCut; }

private:
    void skipBetweenMembers();
    [[nodiscard]] bool takeKey(std::string_view& key);
    [[nodiscard]] bool takeValue(Member& member);
    [[nodiscard]] bool takeString(std::string_view& value);
    [[nodiscard]] std::size_t endOfString(std::size_t from) const;
    [[nodiscard]] std::size_t endOfBare(std::size_t from) const;
    [[nodiscard]] std::size_t afterBlanks(std::size_t position) const;
    [[nodiscard]] bool startsKey(std::size_t position) const;

    std::string_view m_text;
    std::size_t m_position = 0;
    std::uint32_t m_depth = 0;
    bool m_isCut = false;
};

} // namespace halfshake
