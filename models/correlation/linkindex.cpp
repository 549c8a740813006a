// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/correlation/linkindex.h"

#include <algorithm>

namespace halfshake {

LinkIndex::LinkIndex(std::span<const Link> links)
{
    for (std::uint32_t i = 0; i < links.size(); ++i) {
        const auto& link = links[i];
        m_entries.emplace_back(link.attempt, i);
        for (const auto& attempt : link.alsoLogged)
            m_entries.emplace_back(attempt, i);
        if (link.errorEntry)
            m_entries.emplace_back(*link.errorEntry, i);
        if (link.connection)
            m_entries.emplace_back(*link.connection, i);
        for (const auto& connection : link.sameConnection)
            m_entries.emplace_back(connection, i);
    }
    std::ranges::sort(m_entries);
}

std::optional<std::uint32_t> LinkIndex::find(ObjectRef object) const
{
    const auto it = std::ranges::lower_bound(m_entries, std::pair(object, 0u));
    if (it == m_entries.end() || it->first != object)
        return {};
    return it->second;
}

bool names(const Link& link, ObjectRef object)
{
    return link.attempt == object || link.errorEntry == object || link.connection == object
        || std::ranges::contains(link.alsoLogged, object) || std::ranges::contains(link.sameConnection, object);
}

} // namespace halfshake
