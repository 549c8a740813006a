// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/capture/attemptstate.h"
#include "models/capture/capture.h"
#include "models/capture/flowtable.h"
#include "models/capture/packetview.h"
#include "models/capture/translationfinder.h"

#include <cstdint>
#include <span>
#include <vector>

namespace halfshake {

/// Turns segments, duplicates folded, into connection attempts (reference: tcp-handshakes 1.2, 1.3).
class HandshakeTracker
{
public:
    /// A packet as the tracker needs it; \c number is counted from 1.
    struct Packet
    {
        const PacketView& view;
        FlowKey key;
        EvidenceTime time;
        std::uint32_t number = 0;
        std::span<const std::byte> payload; ///< As far as captured.
    };
    /// An event whose direction is not yet that of client and server.
    struct Event
    {
        std::uint32_t packet = 0;
        std::uint32_t attempt = 0;
        HandshakeStep step = HandshakeStep::Syn;
        FlowDirection direction = FlowDirection::FromLower;
    };

    /// More attempts would take gigabytes: a capture of nothing but SYNs must not.
    static constexpr std::size_t usualLimit = std::size_t{1} << 23;

    explicit HandshakeTracker(const EncapsulationTable& encapsulations, std::size_t mostAttempts = usualLimit);

    /// Takes a TCP segment and returns the attempt it belongs to; PacketTable::noAttempt for a new one beyond the
    /// limit.
    std::uint32_t addSegment(const Packet& packet);
    /// Takes an ICMP error and returns the attempt it quotes; PacketTable::noAttempt where that was not captured.
    std::uint32_t addIcmpError(const Packet& packet);
    /// Takes another sighting of a packet of \a attempt.
    void addCopy(std::uint32_t attempt, const PacketView& view, const FlowKey& key);

    /// Brings what the next calls will look at nearer to the processor, one step further each.
    void prefetchSlot(const FlowKey& key) const { m_flows.prefetchSlot(key); }
    void prefetchFlow(const FlowKey& key) const { m_flows.prefetchFlow(key); }

    [[nodiscard]] const Arena<AttemptState>& attempts() const { return m_attempts; }
    [[nodiscard]] const FlowTable& flows() const { return m_flows; }
    [[nodiscard]] const std::vector<Event>& events() const { return m_events; }
    [[nodiscard]] std::uint64_t untrackedSegments() const { return m_untrackedSegments; } ///< Beyond the limit.
    [[nodiscard]] std::uint64_t dataSegments() const { return m_dataSegments; }
    [[nodiscard]] std::vector<HttpRequestMark> takeRequests() { return std::move(m_requests); }

    /// Turns attempts met midway round whose server end is that of other attempts.
    void orientMidstream();

private:
    [[nodiscard]] std::uint32_t attemptFor(FlowTable::Place place, const Packet& packet);
    [[nodiscard]] std::uint32_t attemptOfSyn(FlowTable::Place place, std::uint32_t sequence) const;
    [[nodiscard]] std::uint32_t attemptOfSynAck(FlowTable::Place place, const TcpSegment& segment) const;
    std::uint32_t open(FlowTable::Place place, const Packet& packet);
    void addHandshakeSegment(std::uint32_t attempt, FlowDirection direction, const Packet& packet);
    void addPayload(std::uint32_t attempt, FlowDirection direction, const Packet& packet);
    void addHttp(std::uint32_t attempt, FlowDirection direction, const Packet& packet);
    void addEvent(std::uint32_t attempt, FlowDirection direction, const Packet& packet, HandshakeStep step);
    static void notePassage(AttemptState& state, FlowDirection direction, const PacketView& view);

    FlowTable m_flows;
    TranslationFinder m_translations;
    Arena<AttemptState> m_attempts;
    std::vector<Event> m_events;
    std::vector<HttpRequestMark> m_requests;
    bool m_hasMidstream = false;
    std::size_t m_mostAttempts;
    std::uint64_t m_untrackedSegments = 0;
    std::uint64_t m_dataSegments = 0;
};

} // namespace halfshake
