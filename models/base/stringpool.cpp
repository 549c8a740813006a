// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/stringpool.h"

namespace halfshake {

StringPool::StringPool()
{
    intern({});
}

StringId StringPool::intern(std::string_view text)
{
    if (const auto known = find(text); known.isValid())
        return known;
    const StringId id{static_cast<StringId::value_type>(m_strings.size())};
    m_ids.emplace(m_strings.emplace_back(text), id);
    return id;
}

StringId StringPool::find(std::string_view text) const
{
    const auto it = m_ids.find(text);
    return it == m_ids.end() ? StringId{} : it->second;
}

} // namespace halfshake
