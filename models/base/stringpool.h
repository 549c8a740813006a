// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/strongindex.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace halfshake {

/// Keeps one copy of every distinct string and hands out four byte ids for it.
///
/// For values that repeat: paths, hosts, upstream names. A value that is different in every row (a request id)
/// costs its length and 16 bytes if it is added, 32 more if it is interned.
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
    /// A new id for \a text, whether it is there already or not; find() does not know it. For values that hardly ever
    /// repeat.
    StringId add(std::string_view text);
    [[nodiscard]] StringId find(std::string_view text) const;
    /// Valid as long as the pool, or the one it is moved to.
    [[nodiscard]] std::string_view view(StringId id) const { return m_strings[id.value()]; }
    [[nodiscard]] std::size_t size() const noexcept { return m_strings.size(); }

private:
    /// One place of the open-addressing table; empty where the id is invalid.
    struct Slot
    {
        std::uint32_t hash = 0;
        StringId id;
    };

    [[nodiscard]] std::size_t slotOf(std::string_view text, std::uint32_t hash) const;
    [[nodiscard]] std::string_view keep(std::string_view text);
    void grow();

    std::vector<std::string_view> m_strings; ///< Into m_blocks.
    std::vector<std::unique_ptr<char[]>> m_blocks;
    char* m_next = nullptr; ///< Free space of the last block.
    std::size_t m_free = 0;
    std::vector<Slot> m_slots; ///< A power of two, at most half of them taken.
    std::size_t m_taken = 0;
};

} // namespace halfshake
