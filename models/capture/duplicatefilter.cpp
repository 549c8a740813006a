// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/duplicatefilter.h"

#include "models/capture/hashing.h"
#include "models/capture/packettable.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <utility>

namespace halfshake {

namespace {

// At most enough for 50 ms of 600,000 packets/s.
constexpr std::uint64_t fewestSets = 16;
constexpr std::uint64_t mostSets = std::uint64_t{1} << 13;

std::size_t setCountFor(std::uint64_t packets)
{
    return static_cast<std::size_t>(std::bit_ceil(std::clamp(packets, fewestSets, mostSets)));
}

/// Whether twins of packets like this one tell how much its capture point duplicates: a second packet has another IP
/// identification or, being sent again by a timer, a later time stamp.
bool isTellable(const PacketView& view)
{
    return view.ipIdentification != 0 || (view.tcp.hasTimestamps && view.tcp.payloadLength > 0);
}

} // namespace

DuplicateFilter::DuplicateFilter(const EncapsulationTable& encapsulations, std::uint64_t packets)
    : m_encapsulations(encapsulations), m_sets(setCountFor(packets))
{
}

void DuplicateFilter::learnFrom(const DuplicateFilter& sample)
{
    m_points = sample.m_points;
    m_profiles = sample.m_profiles;
}

std::uint64_t DuplicateFilter::identityOf(const PacketView& view, const FlowKey& key)
{
    const TcpSegment& tcp = view.tcp;
    const std::uint64_t kind = view.kind == PacketKind::IcmpError
        ? std::uint64_t{1} << 16 | std::uint64_t{view.icmpType} << 8 | view.icmpCode
        : tcp.flags;
    const std::uint64_t numbers =
        mixed(key.hash + std::to_underlying(key.direction), std::uint64_t{tcp.sequence} << 32 | tcp.acknowledgment);
    const std::uint64_t times =
        tcp.hasTimestamps ? mixed(0, std::uint64_t{tcp.timestampValue} << 32 | tcp.timestampEcho) : 0;
    const std::uint64_t rest =
        mixed(kind << 32 | tcp.payloadLength, std::uint64_t{view.ipIdentification} << 16 | tcp.window);
    return mixed(numbers ^ times, rest) | 1; // 0 is an empty place
}

std::uint32_t DuplicateFilter::originalOf(const Candidate& candidate)
{
    const PacketView& view = candidate.view;
    const auto point = m_points.intern({.interfaceIndex = view.interfaceIndex,
        .interface = candidate.interface,
        .encapsulation = view.encapsulation,
        .direction = view.direction});
    if (point >= m_profiles.size())
        m_profiles.resize(point + std::size_t{1});
    if (isTellable(view))
        ++m_profiles[point].tellable;

    const std::size_t number = setOf(candidate.identity);
    Set& set = m_sets[number];
    const auto known = wayOf(set, candidate.identity);
    const std::size_t way = known ? *known : oldestWayOf(set);
    if (known && std::chrono::abs(candidate.time - set.time[way]) <= queueWindow)
        return originalInGroup(candidate, point, number * Set::ways + way);
    set.identity[way] = candidate.identity;
    set.time[way] = candidate.time;
    set.entries[way] = {.packet = candidate.number, .point = point, .hopLimit = view.hopLimit, .isGrouped = false};
    return noPacket;
}

std::optional<std::size_t> DuplicateFilter::wayOf(const Set& set, std::uint64_t identity)
{
    bool isKnown = false;
    for (const std::uint64_t known : set.identity)
        isKnown |= known == identity;
    if (!isKnown)
        return {};
    return static_cast<std::size_t>(std::ranges::find(set.identity, identity) - set.identity.begin());
}

// Without branches: which one it is cannot be predicted.
std::size_t DuplicateFilter::oldestWayOf(const Set& set)
{
    const std::size_t first = set.time[1] < set.time[0] ? 1 : 0;
    const std::size_t second = set.time[3] < set.time[2] ? 3 : 2;
    return set.time[second] < set.time[first] ? second : first;
}

std::uint32_t DuplicateFilter::originalInGroup(
    const Candidate& candidate, CapturePointTable::Id point, std::size_t place)
{
    Group& group = groupOf(place);
    Sighting sighting{.point = point, .hopLimit = candidate.view.hopLimit, .original = 0};
    std::uint32_t copied = noPacket;
    if (const auto original = matching(group, sighting, candidate.time, candidate.view)) {
        sighting.original = static_cast<std::uint8_t>(*original);
        copied = group.originals[*original].packet;
    } else {
        if (group.originalCount == Group::mostOriginals || group.sightingCount == Group::mostSightings)
            group.originalCount = group.sightingCount = 0;
        sighting.original = group.originalCount;
        m_sets[place / Set::ways].time[place % Set::ways] = candidate.time;
        group.originals[group.originalCount++] = {.time = candidate.time, .packet = candidate.number};
    }
    if (group.sightingCount < Group::mostSightings)
        group.sightings[group.sightingCount++] = sighting;
    return copied;
}

DuplicateFilter::Group& DuplicateFilter::groupOf(std::size_t place)
{
    if (m_groups.empty())
        m_groups.resize(m_sets.size() * Set::ways);
    Set& set = m_sets[place / Set::ways];
    Entry& entry = set.entries[place % Set::ways];
    Group& group = m_groups[place];
    if (!std::exchange(entry.isGrouped, true)) {
        group.originalCount = group.sightingCount = 1;
        group.originals[0] = {.time = set.time[place % Set::ways], .packet = entry.packet};
        group.sightings[0] = {.point = entry.point, .hopLimit = entry.hopLimit, .original = 0};
    }
    return group;
}

DuplicateFilter::Relation DuplicateFilter::relationTo(
    const Group& group, std::size_t original, const Sighting& sighting) const
{
    Relation relation = Relation::Unrelated;
    for (std::size_t i = 0; i < group.sightingCount; ++i) {
        const Sighting& earlier = group.sightings[i];
        if (earlier.original != original)
            continue;
        if (earlier.point == sighting.point) {
            if (earlier.hopLimit == sighting.hopLimit)
                return Relation::SamePlace;
            relation = Relation::SamePlaceOtherHop;
            continue;
        }
        // Two networks with the same addresses: a router between them would have lowered the hop limit.
        if (earlier.hopLimit == sighting.hopLimit
            && !m_encapsulations.areNested(
                m_points[earlier.point].encapsulation, m_points[sighting.point].encapsulation))
            return Relation::Unrelated;
        if (relation == Relation::Unrelated)
            relation = Relation::ElsewhereOnItsWay;
    }
    return relation;
}

EncapsulationTable::Id DuplicateFilter::encapsulationOf(const Group& group, std::size_t original) const
{
    const auto sighting = std::find_if(group.sightings.begin(), group.sightings.begin() + group.sightingCount,
        [&](const Sighting& candidate) { return candidate.original == original; });
    return m_points[sighting->point].encapsulation;
}

std::optional<std::size_t> DuplicateFilter::matching(
    const Group& group, const Sighting& sighting, EvidenceTime time, const PacketView& view)
{
    std::optional<std::size_t> elsewhere;
    std::optional<std::size_t> otherHop;
    std::optional<std::size_t> samePlace;
    const bool isUnmistakable = view.ipIdentification != 0 || view.tcp.hasTimestamps;
    for (std::size_t i = 0; i < group.originalCount; ++i) {
        const Duration apart = std::chrono::abs(time - group.originals[i].time);
        const Relation relation = relationTo(group, i, sighting);
        if (apart > (relation == Relation::ElsewhereOnItsWay && isUnmistakable ? queueWindow : window))
            continue;
        if (relation == Relation::SamePlace && !samePlace)
            samePlace = i;
        if (relation == Relation::SamePlaceOtherHop && !otherHop)
            otherHop = i;
        if (relation != Relation::ElsewhereOnItsWay)
            continue;
        // Unwrapped, and it fits two networks that exclude each other: it is of a third one.
        if (elsewhere && !m_encapsulations.areNested(encapsulationOf(group, *elsewhere), encapsulationOf(group, i)))
            return {};
        if (!elsewhere)
            elsewhere = i;
    }
    if (elsewhere)
        return elsewhere;
    if (otherHop)
        return otherHop;
    return samePlace && isTwin(sighting.point, view) ? samePlace : std::nullopt;
}

bool DuplicateFilter::isTwin(CapturePointTable::Id point, const PacketView& view)
{
    Profile& profile = m_profiles[point];
    if (isTellable(view))
        ++profile.twins;
    return view.ipIdentification != 0 || profile.duplicates();
}

} // namespace halfshake
