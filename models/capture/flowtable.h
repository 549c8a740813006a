// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"
#include "models/capture/encapsulation.h"
#include "models/capture/packetview.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace halfshake {

/// Which way along a flow: from its lower or from its higher endpoint.
enum class FlowDirection : std::uint8_t { FromLower, FromHigher };

[[nodiscard]] constexpr FlowDirection opposite(FlowDirection direction) noexcept
{
    return direction == FlowDirection::FromLower ? FlowDirection::FromHigher : FlowDirection::FromLower;
}

/// Two endpoints inside one network: the same pair inside another VLAN or tunnel is another flow.
struct Flow
{
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    Endpoint lower;
    Endpoint higher;
    std::uint32_t latestAttempt = none;
    std::uint32_t nextOfPair = none; ///< The same endpoints, encapsulated otherwise.
    /// As first seen in each direction; \c isSeen tells whether there is one.
    std::array<EncapsulationTable::Id, 2> encapsulation{};
    std::array<bool, 2> isSeen{};
};

/// Finds the flow of a segment.
class FlowTable
{
public:
    struct Place
    {
        std::uint32_t flow = Flow::none;
        FlowDirection direction = FlowDirection::FromLower;
    };

    explicit FlowTable(const EncapsulationTable& encapsulations);

    /// The flow \a view belongs to, made where there is none.
    [[nodiscard]] Place place(const PacketView& view);
    /// The flow \a view belongs to, whose number is Flow::none where there is none.
    [[nodiscard]] Place find(const PacketView& view) const;

    [[nodiscard]] Flow& operator[](std::uint32_t flow) { return m_flows[flow]; }
    [[nodiscard]] const Flow& operator[](std::uint32_t flow) const { return m_flows[flow]; }

private:
    struct Pair
    {
        Endpoint lower;
        Endpoint higher;
        std::uint32_t hash = 0;
        FlowDirection direction = FlowDirection::FromLower;
    };
    struct Slot
    {
        std::uint32_t hash = 0;
        std::uint32_t flow = Flow::none;
    };

    [[nodiscard]] static Pair pairOf(const PacketView& view);
    [[nodiscard]] std::size_t slotOf(const Pair& pair) const;
    [[nodiscard]] std::uint32_t fitting(std::uint32_t first, FlowDirection direction, EncapsulationTable::Id id) const;
    std::uint32_t append(const Pair& pair);
    void grow();

    const EncapsulationTable& m_encapsulations;
    std::vector<Flow> m_flows;
    std::vector<Slot> m_slots;
    std::size_t m_usedSlots = 0;
};

} // namespace halfshake
