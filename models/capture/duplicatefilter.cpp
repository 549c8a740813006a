// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/duplicatefilter.h"

#include "models/capture/hashing.h"
#include "models/capture/packettable.h"

#include <algorithm>
#include <bit>
#include <chrono>

namespace halfshake {

namespace {

// Sets of a few groups, the oldest of which makes room: at most enough for 50 ms of 600,000 packets/s.
constexpr std::size_t waysPerSet = 4;
constexpr std::uint64_t fewestSets = 16;
constexpr std::uint64_t mostSets = std::uint64_t{1} << 13;

std::size_t groupCountFor(std::uint64_t packets)
{
    return static_cast<std::size_t>(std::bit_ceil(std::clamp(packets, fewestSets, mostSets))) * waysPerSet;
}

/// Everything that a copy of a packet has in common with it on its whole way; the hop limit it has not.
std::uint64_t identityOf(const PacketView& view)
{
    const TcpSegment& tcp = view.tcp;
    const std::uint64_t kind = view.kind == PacketKind::IcmpError
        ? std::uint64_t{1} << 40 | std::uint64_t{view.icmpType} << 8 | view.icmpCode
        : tcp.flags;
    std::uint64_t hash = mixed(mixed(0, view.source), view.destination);
    hash = mixed(hash, std::uint64_t{tcp.sequence} << 32 | tcp.acknowledgment);
    if (tcp.hasTimestamps)
        hash = mixed(hash, std::uint64_t{tcp.timestampValue} << 32 | tcp.timestampEcho);
    hash = mixed(hash,
        std::uint64_t{tcp.sourcePort} << 48 | std::uint64_t{tcp.destinationPort} << 32
            | std::uint64_t{view.ipIdentification} << 16 | tcp.window);
    return mixed(mixed(hash, tcp.payloadLength), kind);
}

/// Whether twins of packets like this one tell how much its capture point duplicates: a second packet has another IP
/// identification or, being sent again by a timer, a later time stamp.
bool isTellable(const PacketView& view)
{
    return view.ipIdentification != 0 || (view.tcp.hasTimestamps && view.tcp.payloadLength > 0);
}

} // namespace

DuplicateFilter::DuplicateFilter(const EncapsulationTable& encapsulations, std::uint64_t packets)
    : m_encapsulations(encapsulations), m_groups(groupCountFor(packets))
{
}

void DuplicateFilter::learnFrom(const DuplicateFilter& sample)
{
    m_points = sample.m_points;
    m_profiles = sample.m_profiles;
}

DuplicateFilter::Judgement DuplicateFilter::judge(
    const PacketView& view, EvidenceTime time, std::uint16_t interface, std::uint32_t number)
{
    const auto point = m_points.intern({.interfaceIndex = view.interfaceIndex,
        .interface = interface,
        .encapsulation = view.encapsulation,
        .direction = view.direction});
    if (point >= m_profiles.size())
        m_profiles.resize(point + std::size_t{1});
    if (isTellable(view))
        ++m_profiles[point].tellable;

    const std::size_t slot = groupFor(identityOf(view), time);
    Group& group = m_groups[slot];
    Sighting sighting{.point = point, .hopLimit = view.hopLimit, .original = 0};
    Judgement judgement{.original = noPacket, .attempt = 0, .slot = slot};
    if (const auto original = originalOf(group, sighting, time, view)) {
        sighting.original = static_cast<std::uint8_t>(*original);
        judgement.original = group.originals[*original].packet;
        judgement.attempt = group.originals[*original].attempt;
    } else {
        if (group.originalCount == Group::mostOriginals || group.sightingCount == Group::mostSightings)
            group.originalCount = group.sightingCount = 0;
        sighting.original = group.originalCount;
        group.originals[group.originalCount++] = {.time = time, .packet = number, .attempt = 0};
    }
    if (group.sightingCount < Group::mostSightings)
        group.sightings[group.sightingCount++] = sighting;
    return judgement;
}

void DuplicateFilter::remember(const Judgement& judgement, std::uint32_t attempt)
{
    Group& group = m_groups[judgement.slot];
    group.originals[group.originalCount - std::size_t{1}].attempt = attempt;
}

std::size_t DuplicateFilter::groupFor(std::uint64_t identity, EvidenceTime time)
{
    const std::size_t first = (identity & (m_groups.size() / waysPerSet - 1)) * waysPerSet;
    std::size_t oldest = first;
    for (std::size_t slot = first; slot < first + waysPerSet; ++slot) {
        const Group& group = m_groups[slot];
        if (group.originalCount == 0) {
            oldest = slot;
            break;
        }
        if (group.identity == identity) {
            if (std::chrono::abs(time - group.originals[group.originalCount - std::size_t{1}].time) <= queueWindow)
                return slot;
            oldest = slot;
            break;
        }
        if (group.originals[0].time < m_groups[oldest].originals[0].time)
            oldest = slot;
    }
    Group& group = m_groups[oldest];
    group.identity = identity;
    group.originalCount = 0;
    group.sightingCount = 0;
    return oldest;
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

std::optional<std::size_t> DuplicateFilter::originalOf(
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
