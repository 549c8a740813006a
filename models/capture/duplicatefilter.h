// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/capturepoint.h"

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

    /// How one packet was judged.
    struct Judgement
    {
        std::uint32_t original = noPacket; ///< Number of the packet this is a copy of.
        std::uint32_t attempt = 0; ///< What remember() was told for the original.
        std::size_t slot = 0; ///< For remember().
        [[nodiscard]] bool isCopy() const { return original != noPacket; }
    };

    /// \a packets is about how many there will be: a short file needs no large table.
    DuplicateFilter(const EncapsulationTable& encapsulations, std::uint64_t packets);

    /// Starts with the profiles that \a sample has found.
    void learnFrom(const DuplicateFilter& sample);

    /// Judges the next packet, a TCP segment or an ICMP error, \a number counted from 1.
    [[nodiscard]] Judgement judge(
        const PacketView& view, EvidenceTime time, std::uint16_t interface, std::uint32_t number);

    /// Notes which attempt the packet just judged belongs to.
    void remember(const Judgement& judgement, std::uint32_t attempt);

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
        std::uint32_t attempt = 0;
    };
    /// Sightings of packets that look the same.
    struct Group
    {
        static constexpr std::size_t mostOriginals = 3;
        static constexpr std::size_t mostSightings = 10;

        std::uint64_t identity = 0;
        std::uint8_t originalCount = 0;
        std::uint8_t sightingCount = 0;
        std::array<Original, mostOriginals> originals;
        std::array<Sighting, mostSightings> sightings;
    };
    /// How a new sighting relates to one original.
    enum class Relation : std::uint8_t { Unrelated, ElsewhereOnItsWay, SamePlaceOtherHop, SamePlace };

    [[nodiscard]] std::size_t groupFor(std::uint64_t identity, EvidenceTime time);
    [[nodiscard]] Relation relationTo(const Group& group, std::size_t original, const Sighting& sighting) const;
    [[nodiscard]] EncapsulationTable::Id encapsulationOf(const Group& group, std::size_t original) const;
    /// Which original in \a group the sighting is a copy of.
    [[nodiscard]] std::optional<std::size_t> originalOf(
        const Group& group, const Sighting& sighting, EvidenceTime time, const PacketView& view);
    [[nodiscard]] bool isTwin(CapturePointTable::Id point, const PacketView& view);

    const EncapsulationTable& m_encapsulations;
    CapturePointTable m_points;
    std::vector<Profile> m_profiles; ///< By capture point.
    std::vector<Group> m_groups;
};

} // namespace halfshake
