// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/flowtable.h"

#include <utility>

namespace halfshake {

namespace {

constexpr int firstSlotBits = 12;

bool isBetween(const Flow& flow, const PacketView& view, FlowDirection direction)
{
    const bool isFromLower = direction == FlowDirection::FromLower;
    const Endpoint& source = isFromLower ? flow.lower : flow.higher;
    const Endpoint& destination = isFromLower ? flow.higher : flow.lower;
    return source.port == view.tcp.sourcePort && destination.port == view.tcp.destinationPort
        && source.address == view.source && destination.address == view.destination;
}

// The same endpoints in more networks than this is hostile; the rest share the first one found.
constexpr int mostNetworksPerPair = 64;

} // namespace

FlowTable::FlowTable(const EncapsulationTable& encapsulations)
    : m_encapsulations(encapsulations), m_slots(std::size_t{1} << firstSlotBits), m_unusedBits(32 - firstSlotBits)
{
}

std::size_t FlowTable::slotOf(const PacketView& view, const FlowKey& key) const
{
    const std::size_t mask = m_slots.size() - 1;
    const std::uint32_t tag = tagOf(key);
    for (std::size_t index = placeOf(tag);; index = (index + 1) & mask) {
        const Slot& slot = m_slots[index];
        if (slot.flow == Flow::none || (slot.tag == tag && isBetween(m_flows[slot.flow], view, key.direction)))
            return index;
    }
}

FlowTable::Place FlowTable::find(const PacketView& view, const FlowKey& key) const
{
    return {fitting(m_slots[slotOf(view, key)].flow, key.direction, view.encapsulation), key.direction};
}

FlowTable::Place FlowTable::place(const PacketView& view, const FlowKey& key)
{
    std::size_t index = slotOf(view, key);
    const std::uint32_t first = m_slots[index].flow;
    std::uint32_t found = fitting(first, key.direction, view.encapsulation);
    if (found == Flow::none) {
        if (first == Flow::none && (m_usedSlots + 1) * 2 > m_slots.size()) {
            grow();
            index = slotOf(view, key);
        }
        found = append(view, key);
        m_flows[found].nextOfPair = first;
        m_usedSlots += first == Flow::none ? 1 : 0;
        m_slots[index] = {tagOf(key), found};
    }
    Flow& flow = m_flows[found];
    const auto direction = std::to_underlying(key.direction);
    if (!flow.isSeen[direction]) {
        flow.isSeen[direction] = true;
        flow.encapsulation[direction] = view.encapsulation;
    }
    return {found, key.direction};
}

// A packet of a known flow may come in another wrapping than those before it (unwrapped on a pod's interface, wrapped
// on the wire), or answer through another VLAN than it was asked (a mirror port sees each direction in its own).
std::uint32_t FlowTable::fitting(std::uint32_t first, FlowDirection direction, EncapsulationTable::Id id) const
{
    const auto way = std::to_underlying(direction);
    if (first == Flow::none || (m_flows[first].isSeen[way] && m_flows[first].encapsulation[way] == id))
        return first;
    const auto back = std::to_underlying(opposite(direction));
    std::uint32_t nested = Flow::none;
    std::uint32_t answered = Flow::none;
    std::uint32_t nestedCount = 0;
    std::uint32_t answeredCount = 0;
    int networks = 0;
    for (std::uint32_t index = first; index != Flow::none; index = m_flows[index].nextOfPair) {
        if (++networks > mostNetworksPerPair)
            return first;
        const Flow& flow = m_flows[index];
        const std::size_t known = flow.isSeen[way] ? way : back;
        if (flow.encapsulation[known] == id)
            return index;
        if (m_encapsulations.areNested(flow.encapsulation[known], id)) {
            nested = index;
            ++nestedCount;
        } else if (!flow.isSeen[way]) {
            answered = index;
            ++answeredCount;
        }
    }
    if (nestedCount > 0)
        return nestedCount == 1 ? nested : Flow::none;
    return answeredCount == 1 ? answered : Flow::none;
}

std::uint32_t FlowTable::append(const PacketView& view, const FlowKey& key)
{
    const auto number = static_cast<std::uint32_t>(m_flows.size());
    Flow& flow = m_flows.append();
    flow.lower = {view.source, view.tcp.sourcePort};
    flow.higher = {view.destination, view.tcp.destinationPort};
    if (key.direction == FlowDirection::FromHigher)
        std::swap(flow.lower, flow.higher);
    return number;
}

void FlowTable::grow()
{
    std::vector<Slot> old(m_slots.size() * 2);
    old.swap(m_slots);
    --m_unusedBits;
    const std::size_t mask = m_slots.size() - 1;
    for (const Slot& slot : old) {
        if (slot.flow == Flow::none)
            continue;
        std::size_t index = placeOf(slot.tag);
        while (m_slots[index].flow != Flow::none)
            index = (index + 1) & mask;
        m_slots[index] = slot;
    }
}

} // namespace halfshake
