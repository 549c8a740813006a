// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/capturepoint.h"
#include "models/capture/flowkey.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace halfshake {

/// Tells packets captured twice from packets sent twice (reference: tcp-handshakes 1.4).
///
/// A packet seen at several capture points of one file, or twice at one point that duplicates (a mirror port), is one
/// packet. A SYN/ACK carries no IP identification, so there the share of copies among packets that do carry one
/// decides: the duplication profile of the capture point.
class DuplicateFilter
{
public:
    /// Copies arrive within this time of one another...
    static constexpr Duration window = std::chrono::milliseconds{50};
    /// ...and on the far side of a queue on their way within this, where their headers tell them from a packet that was
    /// sent again: a retransmission has another IP identification or a later time stamp.
    static constexpr Duration queueWindow = std::chrono::seconds{1};
    static constexpr std::uint32_t noPacket = 0;

    /// What was seen at one capture point.
    struct Profile
    {
        std::uint64_t tellable = 0; ///< Packets whose twins can be told from a retransmission.
        std::uint64_t twins = 0; ///< Of these, seen before at the same point.

        [[nodiscard]] bool duplicates() const { return tellable > 0 && twins * 5 >= tellable; }
    };

    /// \a packets is about how many there will be: a short file needs no large table.
    DuplicateFilter(const EncapsulationTable& encapsulations, std::uint64_t packets);

    /// Starts with the profiles that \a sample has found.
    void learnFrom(const DuplicateFilter& sample);

    /// A packet to be judged: a TCP segment or an ICMP error, \c number counted from 1.
    struct Candidate
    {
        const PacketView& view;
        EvidenceTime time;
        std::uint64_t identity = 0; ///< identityOf() the packet.
        std::uint32_t number = 0;
        std::uint16_t interface = 0;
    };

    /// A hash of everything that a copy of a packet has in common with it on its whole way; the hop limit it has not.
    [[nodiscard]] static std::uint64_t identityOf(const PacketView& view, const FlowKey& key);
    /// Brings what judge() will look at nearer to the processor.
    void prefetch(std::uint64_t identity) const
    {
        const Set& set = m_sets[setOf(identity)];
        __builtin_prefetch(&set, 1);
        __builtin_prefetch(&set.entries, 1);
    }

    /// The number of the packet that the next one is a copy of, or noPacket.
    [[nodiscard]] std::uint32_t originalOf(const Candidate& candidate);

private:
    struct Sighting
    {
        CapturePointTable::Id point = 0;
        std::uint8_t hopLimit = 0;
        std::uint8_t original = 0; ///< Into Group::originals.
    };
    struct Original
    {
        EvidenceTime time;
        std::uint32_t packet = noPacket;
    };
    /// Sightings of packets that look the same.
    struct Group
    {
        static constexpr std::size_t mostOriginals = 3;
        static constexpr std::size_t mostSightings = 10;

        std::uint8_t originalCount = 0;
        std::uint8_t sightingCount = 0;
        std::array<Original, mostOriginals> originals;
        std::array<Sighting, mostSightings> sightings;
    };
    /// The latest original of one identity. Most packets are seen once: only a second sighting makes a group of it.
    struct Entry
    {
        std::uint32_t packet = noPacket;
        CapturePointTable::Id point = 0;
        std::uint8_t hopLimit = 0;
        bool isGrouped = false; ///< m_groups has its sightings.
    };
    /// A few identities, the oldest of which makes room: two cache lines, of which most packets read one.
    struct alignas(64) Set
    {
        static constexpr std::size_t ways = 4;

        std::array<std::uint64_t, ways> identity{};
        std::array<EvidenceTime, ways> time{}; ///< Of the latest original.
        std::array<Entry, ways> entries;
    };
    /// How a new sighting relates to one original.
    enum class Relation : std::uint8_t { Unrelated, ElsewhereOnItsWay, SamePlaceOtherHop, SamePlace };

    [[nodiscard]] std::size_t setOf(std::uint64_t identity) const { return identity >> 32 & (m_sets.size() - 1); }
    /// The way of \a set that has \a identity.
    [[nodiscard]] static std::optional<std::size_t> wayOf(const Set& set, std::uint64_t identity);
    [[nodiscard]] static std::size_t oldestWayOf(const Set& set);
    [[nodiscard]] Group& groupOf(std::size_t place);
    /// For a candidate that looks like the packet at \a place.
    [[nodiscard]] std::uint32_t originalInGroup(
        const Candidate& candidate, CapturePointTable::Id point, std::size_t place);
    [[nodiscard]] Relation relationTo(const Group& group, std::size_t original, const Sighting& sighting) const;
    [[nodiscard]] EncapsulationTable::Id encapsulationOf(const Group& group, std::size_t original) const;
    /// Which original in \a group the sighting is a copy of.
    [[nodiscard]] std::optional<std::size_t> matching(
        const Group& group, const Sighting& sighting, EvidenceTime time, const PacketView& view);
    [[nodiscard]] bool isTwin(CapturePointTable::Id point, const PacketView& view);

    const EncapsulationTable& m_encapsulations;
    CapturePointTable m_points;
    std::vector<Profile> m_profiles; ///< By capture point.
    std::vector<Set> m_sets;
    std::vector<Group> m_groups; ///< By set and way; empty until a packet is seen twice.
};

} // namespace halfshake
