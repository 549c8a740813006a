// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

namespace halfshake {

/// Append-only rows of numbers, packed in blocks: each field of a block takes as many bytes as its numbers differ in,
/// none where they are all the same. Copies share the blocks; rows are appended to one of them only.
template<std::size_t fields>
class PackedRows
{
public:
    static constexpr std::size_t blockRows = 128;
    using Row = std::array<std::uint64_t, fields>;

    [[nodiscard]] std::size_t size() const noexcept { return m_blocks.size() * blockRows + m_pendingRows; }

    [[nodiscard]] std::size_t bytes() const noexcept
    {
        return m_chunks.size() * chunkSize + m_blocks.capacity() * sizeof(Block) + sizeof(*this);
    }

    void append(const Row& row)
    {
        for (std::size_t field = 0; field < fields; ++field)
            m_pending[field][m_pendingRows] = row[field];
        if (++m_pendingRows == blockRows)
            pack();
    }

    [[nodiscard]] std::uint64_t value(std::size_t field, std::size_t row) const
    {
        const std::size_t number = row / blockRows;
        if (number == m_blocks.size())
            return m_pending[field][row % blockRows];
        const Block& block = m_blocks[number];
        return block.base[field] + load(block.column(field), row % blockRows, block.width[field]);
    }

    /// The sum of the values of \a field from the first row of the block \a row is in up to \a row.
    [[nodiscard]] std::uint64_t sumInBlock(std::size_t field, std::size_t row) const
    {
        const std::size_t number = row / blockRows;
        const std::size_t count = row % blockRows + 1;
        if (number == m_blocks.size())
            return std::accumulate(m_pending[field].begin(),
                m_pending[field].begin() + static_cast<std::ptrdiff_t>(count), std::uint64_t{0});
        const Block& block = m_blocks[number];
        std::uint64_t sum = block.base[field] * count;
        if (block.width[field] == 0)
            return sum;
        const std::byte* column = block.column(field);
        for (std::size_t i = 0; i < count; ++i)
            sum += load(column, i, block.width[field]);
        return sum;
    }

    /// Replaces every value of \a field by what \a function makes of it.
    template<typename Function>
    void transform(std::size_t field, Function function)
    {
        PackedRows changed;
        for (std::size_t row = 0; row < size(); ++row) {
            Row values;
            for (std::size_t i = 0; i < fields; ++i)
                values[i] = value(i, row);
            values[field] = function(values[field]);
            changed.append(values);
        }
        *this = std::move(changed);
    }

private:
    static constexpr std::size_t wordSize = sizeof(std::uint64_t);
    static constexpr std::size_t chunkSize = std::size_t{1} << 18;
    static constexpr std::size_t largestBlock = fields * blockRows * wordSize;
    static_assert(std::endian::native == std::endian::little && largestBlock + wordSize <= chunkSize);

    struct Block
    {
        Row base;
        const std::byte* bytes = nullptr;
        std::array<std::uint8_t, fields> width; ///< Bytes of each number of the field.

        [[nodiscard]] const std::byte* column(std::size_t field) const
        {
            std::size_t before = 0;
            for (std::size_t i = 0; i < field; ++i)
                before += width[i];
            return bytes + before * blockRows;
        }
    };

    [[nodiscard]] static std::uint64_t load(const std::byte* column, std::size_t row, std::uint8_t width)
    {
        if (width == 0)
            return 0;
        std::uint64_t word = 0;
        std::memcpy(&word, column + row * width, wordSize);
        return word & ~std::uint64_t{0} >> (wordSize - width) * 8;
    }

    struct Extent
    {
        std::uint64_t least = 0;
        std::uint64_t most = 0;
    };

    // Written so that no branch depends on the values: they cannot be predicted.
    [[nodiscard]] static Extent extentOf(const std::array<std::uint64_t, blockRows>& values)
    {
        std::uint64_t differing = 0;
        for (const std::uint64_t value : values)
            differing |= value ^ values[0];
        Extent extent{values[0], values[0]};
        if (differing == 0)
            return extent;
        for (const std::uint64_t value : values) {
            extent.least = std::min(extent.least, value);
            extent.most = std::max(extent.most, value);
        }
        return extent;
    }

    void pack()
    {
        Block block;
        std::size_t rowSize = 0;
        for (std::size_t field = 0; field < fields; ++field) {
            const Extent extent = extentOf(m_pending[field]);
            block.base[field] = extent.least;
            block.width[field] = static_cast<std::uint8_t>((std::bit_width(extent.most - extent.least) + 7) / 8);
            rowSize += block.width[field];
        }
        std::byte* out = room(rowSize * blockRows);
        block.bytes = out;
        for (std::size_t field = 0; field < fields; ++field) {
            const std::size_t width = block.width[field];
            if (width == 0)
                continue;
            // A whole word each time: what it writes too much is overwritten by the next.
            for (const std::uint64_t value : m_pending[field]) {
                const std::uint64_t word = value - block.base[field];
                std::memcpy(out, &word, wordSize);
                out += width;
            }
        }
        m_blocks.push_back(block);
        m_pendingRows = 0;
    }

    std::byte* room(std::size_t size)
    {
        if (m_chunks.empty() || chunkSize - m_used < size + wordSize) {
            m_chunks.push_back(std::make_shared_for_overwrite<std::byte[]>(chunkSize));
            m_used = 0;
        }
        std::byte* found = m_chunks.back().get() + m_used;
        m_used += size;
        return found;
    }

    std::array<std::array<std::uint64_t, blockRows>, fields> m_pending{};
    std::size_t m_pendingRows = 0;
    std::vector<Block> m_blocks;
    std::vector<std::shared_ptr<std::byte[]>> m_chunks;
    std::size_t m_used = 0; ///< Of the last chunk.
};

} // namespace halfshake
