// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/packetview.h"

#include <cstdint>

namespace halfshake {

/// Which way along a flow: from its lower or from its higher endpoint.
enum class FlowDirection : std::uint8_t { FromLower, FromHigher };

[[nodiscard]] constexpr FlowDirection opposite(FlowDirection direction) noexcept
{
    return direction == FlowDirection::FromLower ? FlowDirection::FromHigher : FlowDirection::FromLower;
}

/// Where a packet belongs: a hash of its two endpoints, the same for both directions, and the direction.
struct FlowKey
{
    std::uint64_t hash = 0;
    FlowDirection direction = FlowDirection::FromLower;
};

[[nodiscard]] FlowKey flowKeyOf(const PacketView& view) noexcept;

} // namespace halfshake
