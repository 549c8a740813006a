// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>

namespace halfshake {

/// How far \a to lies ahead of \a from on the circle of TCP sequence numbers; negative where it lies behind.
[[nodiscard]] constexpr std::int32_t sequenceDistance(std::uint32_t from, std::uint32_t to) noexcept
{
    return static_cast<std::int32_t>(to - from);
}

} // namespace halfshake
