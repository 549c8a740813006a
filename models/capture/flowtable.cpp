// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/flowtable.h"

#include "models/capture/hashing.h"

#include <utility>

namespace halfshake {

namespace {

constexpr std::size_t firstSlotCount = std::size_t{1} << 12;

// The same endpoints in more networks than this is hostile; the rest share the first one found.
constexpr int mostNetworksPerPair = 64;

} // namespace

FlowTable::FlowTable(const EncapsulationTable& encapsulations)
    : m_encapsulations(encapsulations), m_slots(firstSlotCount)
{
}

FlowTable::Pair FlowTable::pairOf(const PacketView& view)
{
    Pair pair{.lower = {view.source, view.tcp.sourcePort},
        .higher = {view.destination, view.tcp.destinationPort},
        .hash = 0,
        .direction = FlowDirection::FromLower};
    if (pair.higher < pair.lower) {
        std::swap(pair.lower, pair.higher);
        pair.direction = FlowDirection::FromHigher;
    }
    std::uint64_t hash = mixed(mixed(0, pair.lower.address), pair.higher.address);
    hash = mixed(hash, std::uint64_t{pair.lower.port} << 16 | pair.higher.port);
    pair.hash = static_cast<std::uint32_t>(hash);
    return pair;
}

std::size_t FlowTable::slotOf(const Pair& pair) const
{
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t index = pair.hash & mask;; index = (index + 1) & mask) {
        const Slot& slot = m_slots[index];
        if (slot.flow == Flow::none)
            return index;
        if (slot.hash != pair.hash)
            continue;
        const Flow& flow = m_flows[slot.flow];
        if (flow.lower == pair.lower && flow.higher == pair.higher)
            return index;
    }
}

FlowTable::Place FlowTable::find(const PacketView& view) const
{
    const Pair pair = pairOf(view);
    return {fitting(m_slots[slotOf(pair)].flow, pair.direction, view.encapsulation), pair.direction};
}

FlowTable::Place FlowTable::place(const PacketView& view)
{
    const Pair pair = pairOf(view);
    std::size_t index = slotOf(pair);
    const std::uint32_t first = m_slots[index].flow;
    std::uint32_t found = fitting(first, pair.direction, view.encapsulation);
    if (found == Flow::none) {
        if (first == Flow::none && (m_usedSlots + 1) * 2 > m_slots.size()) {
            grow();
            index = slotOf(pair);
        }
        found = append(pair);
        m_flows[found].nextOfPair = first;
        m_usedSlots += first == Flow::none ? 1 : 0;
        m_slots[index] = {pair.hash, found};
    }
    Flow& flow = m_flows[found];
    const auto direction = std::to_underlying(pair.direction);
    if (!flow.isSeen[direction]) {
        flow.isSeen[direction] = true;
        flow.encapsulation[direction] = view.encapsulation;
    }
    return {found, pair.direction};
}

// A packet of a known flow may come in another wrapping than those before it (unwrapped on a pod's interface, wrapped
// on the wire), or answer through another VLAN than it was asked (a mirror port sees each direction in its own).
std::uint32_t FlowTable::fitting(std::uint32_t first, FlowDirection direction, EncapsulationTable::Id id) const
{
    const auto way = std::to_underlying(direction);
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

std::uint32_t FlowTable::append(const Pair& pair)
{
    Flow flow;
    flow.lower = pair.lower;
    flow.higher = pair.higher;
    m_flows.push_back(flow);
    return static_cast<std::uint32_t>(m_flows.size() - 1);
}

void FlowTable::grow()
{
    std::vector<Slot> old(m_slots.size() * 2);
    old.swap(m_slots);
    const std::size_t mask = m_slots.size() - 1;
    for (const Slot& slot : old) {
        if (slot.flow == Flow::none)
            continue;
        std::size_t index = slot.hash & mask;
        while (m_slots[index].flow != Flow::none)
            index = (index + 1) & mask;
        m_slots[index] = slot;
    }
}

} // namespace halfshake
