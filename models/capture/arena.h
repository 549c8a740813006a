// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace halfshake {

/// Rows that are appended and changed in place. Growing moves none of them, so that references stay valid and no memory
/// is touched twice.
template<typename T>
class Arena
{
public:
    static constexpr std::size_t chunkRows = std::size_t{1} << 10;

    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] T& operator[](std::size_t row) { return m_chunks[row / chunkRows][row % chunkRows]; }
    [[nodiscard]] const T& operator[](std::size_t row) const { return m_chunks[row / chunkRows][row % chunkRows]; }

    T& append()
    {
        if (m_size % chunkRows == 0)
            m_chunks.push_back(std::make_unique<T[]>(chunkRows));
        return (*this)[m_size++];
    }

private:
    std::vector<std::unique_ptr<T[]>> m_chunks;
    std::size_t m_size = 0;
};

} // namespace halfshake
