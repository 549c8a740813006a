// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace halfshake {

/// Unaligned loads. The caller has checked that the bytes are there.
template<typename Integer>
[[nodiscard]] inline Integer loadBig(const std::byte* bytes) noexcept
{
    Integer value{};
    std::memcpy(&value, bytes, sizeof value);
    if constexpr (std::endian::native == std::endian::little && sizeof value > 1)
        value = std::byteswap(value);
    return value;
}

template<typename Integer>
[[nodiscard]] inline Integer loadNative(const std::byte* bytes, bool isSwapped) noexcept
{
    Integer value{};
    std::memcpy(&value, bytes, sizeof value);
    return isSwapped ? std::byteswap(value) : value;
}

[[nodiscard]] inline std::uint8_t loadByte(const std::byte* bytes) noexcept
{
    return std::to_integer<std::uint8_t>(*bytes);
}

} // namespace halfshake
