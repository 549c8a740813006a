// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"
#include "models/capture/arena.h"
#include "models/capture/encapsulation.h"
#include "models/capture/flowkey.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace halfshake {

/// Two endpoints inside one network: the same pair inside another VLAN or tunnel is another flow.
struct alignas(64) Flow // looked at for every packet: one cache line
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

    /// Brings what place() and find() will look at nearer to the processor.
    void prefetchSlot(const FlowKey& key) const { __builtin_prefetch(&m_slots[placeOf(tagOf(key))]); }
    void prefetchFlow(const FlowKey& key) const
    {
        if (const Slot& slot = m_slots[placeOf(tagOf(key))]; slot.flow != Flow::none)
            __builtin_prefetch(&m_flows[slot.flow]);
    }

    /// The flow \a view belongs to, made where there is none. \a key is that of \a view.
    [[nodiscard]] Place place(const PacketView& view, const FlowKey& key);
    /// The flow \a view belongs to, whose number is Flow::none where there is none.
    [[nodiscard]] Place find(const PacketView& view, const FlowKey& key) const;

    [[nodiscard]] Flow& operator[](std::uint32_t flow) { return m_flows[flow]; }
    [[nodiscard]] const Flow& operator[](std::uint32_t flow) const { return m_flows[flow]; }

private:
    struct Slot
    {
        std::uint32_t tag = 0;
        std::uint32_t flow = Flow::none;
    };

    /// Kept in the slot: enough to find its place in a larger table, and to tell most flows apart.
    [[nodiscard]] static std::uint32_t tagOf(const FlowKey& key) { return static_cast<std::uint32_t>(key.hash >> 32); }
    [[nodiscard]] std::size_t placeOf(std::uint32_t tag) const { return tag >> m_unusedBits; }
    [[nodiscard]] std::size_t slotOf(const PacketView& view, const FlowKey& key) const;
    [[nodiscard]] std::uint32_t fitting(std::uint32_t first, FlowDirection direction, EncapsulationTable::Id id) const;
    std::uint32_t append(const PacketView& view, const FlowKey& key);
    void grow();

    const EncapsulationTable& m_encapsulations;
    Arena<Flow> m_flows;
    std::vector<Slot> m_slots;
    std::size_t m_usedSlots = 0;
    int m_unusedBits; ///< Of a tag: the upper ones, which are mixed best, choose the slot.
};

} // namespace halfshake
