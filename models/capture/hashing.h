// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"

#include <cstdint>
#include <cstring>

namespace halfshake {

/// Mixes \a value into \a hash. Not for storage: the result may differ between versions.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) noexcept
{
    hash = (hash ^ value) * 0x9e37'79b9'7f4a'7c15;
    return hash ^ hash >> 32;
}

[[nodiscard]] inline std::uint64_t mixed(std::uint64_t hash, const IpAddress& address) noexcept
{
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::memcpy(&high, address.bytes.data(), sizeof high);
    std::memcpy(&low, address.bytes.data() + sizeof high, sizeof low);
    return mixed(mixed(hash, high), low);
}

} // namespace halfshake
