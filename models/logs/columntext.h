// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/stringpool.h"

#include <cstdint>
#include <string_view>

namespace halfshake {

/// Keeps the texts of one column of a log: every text once, until they turn out to be different in most rows, as ids
/// and the targets of some services are. Then looking for each costs more than it saves.
class ColumnText
{
public:
    explicit ColumnText(StringPool& strings) : m_strings(strings) { }

    StringId keep(std::string_view text)
    {
        if (m_isUnique)
            return m_strings.add(text);
        const auto before = m_strings.size();
        const auto id = m_strings.intern(text);
        m_new += m_strings.size() > before ? 1u : 0u;
        m_isUnique = ++m_rows == rowsPerLook && m_new * 2 > rowsPerLook;
        if (m_rows == rowsPerLook) {
            m_rows = 0;
            m_new = 0;
        }
        return id;
    }

private:
    static constexpr std::uint32_t rowsPerLook = 16384;

    StringPool& m_strings;
    std::uint32_t m_rows = 0;
    std::uint32_t m_new = 0; ///< Of m_rows.
    bool m_isUnique = false;
};

} // namespace halfshake
