// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace halfshake {

/// One column of an append-only table.
///
/// A copy is a snapshot: it shares the rows with the original and does not see what is appended later. One thread may
/// append to the original while others read copies it handed out, because neither touches the other's rows.
template<typename T>
    requires std::is_trivially_copyable_v<T>
class Column
{
public:
    static constexpr std::size_t chunkRows = std::size_t{1} << 16;

    void append(T value)
    {
        if (m_size % chunkRows == 0)
            m_chunks.push_back(std::make_shared<Chunk>());
        (*m_chunks.back())[m_size++ % chunkRows] = value;
    }

    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] T operator[](std::size_t row) const { return (*m_chunks[row / chunkRows])[row % chunkRows]; }

    /// The rows from index * chunkRows on, for loops over the whole column.
    [[nodiscard]] std::span<const T> chunk(std::size_t index) const
    {
        return std::span(*m_chunks[index]).first(std::min(chunkRows, m_size - index * chunkRows));
    }
    [[nodiscard]] std::size_t chunkCount() const noexcept { return m_chunks.size(); }

private:
    using Chunk = std::array<T, chunkRows>;

    std::vector<std::shared_ptr<Chunk>> m_chunks;
    std::size_t m_size = 0;
};

} // namespace halfshake
