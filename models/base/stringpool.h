// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/strongindex.h"

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace halfshake {

/// Keeps one copy of every distinct string and hands out four byte ids for it.
///
/// For values that repeat: paths, hosts, upstream names. A value that is different in every row (a request id)
/// stays in the text it came from.
class StringPool
{
public:
    StringPool();
    StringPool(const StringPool& other);
    StringPool(StringPool&&) noexcept = default;
    StringPool& operator=(const StringPool& other);
    StringPool& operator=(StringPool&&) noexcept = default;
    ~StringPool() = default;

    StringId intern(std::string_view text);
    [[nodiscard]] StringId find(std::string_view text) const;
    [[nodiscard]] std::string_view view(StringId id) const { return m_strings[id.value()]; }
    [[nodiscard]] std::size_t size() const noexcept { return m_strings.size(); }

private:
    std::deque<std::string> m_strings; // a deque: the views in m_ids stay valid as it grows
    std::unordered_map<std::string_view, StringId> m_ids;
};

} // namespace halfshake
