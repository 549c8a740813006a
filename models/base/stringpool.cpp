// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/stringpool.h"

namespace halfshake {

StringPool::StringPool()
{
    intern({});
}

// the views in m_ids look into the strings of their own pool, so a copy needs its own
StringPool::StringPool(const StringPool& other) : m_strings(other.m_strings)
{
    m_ids.reserve(m_strings.size());
    for (StringId::value_type id = 0; const auto& text : m_strings)
        m_ids.emplace(text, StringId{id++});
}

StringPool& StringPool::operator=(const StringPool& other)
{
    if (this != &other)
        *this = StringPool{other};
    return *this;
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
