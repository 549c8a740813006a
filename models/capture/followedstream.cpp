// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/followedstream.h"

#include "models/capture/packetdecoder.h"
#include "models/capture/sequencenumber.h"
#include "models/capture/storedpacket.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace halfshake {

namespace {

/// Payload that came before what precedes it.
struct Early
{
    EvidenceTime time;
    std::uint32_t packet = 0;
    std::uint32_t length = 0; ///< On the wire.
    std::string bytes; ///< As far as captured.
};

/// Ahead of the first byte of its direction: comparable although sequence numbers wrap.
using StreamOffset = std::int64_t;
constexpr StreamOffset everything = std::numeric_limits<StreamOffset>::max();

// A gap is not waited for any longer than this many segments.
constexpr std::size_t mostEarly = 1024;

struct Direction
{
    std::optional<std::uint32_t> first; ///< Sequence number of the first byte.
    StreamOffset next = 0;
    StreamOffset acknowledged = 0; ///< By the other side.
    std::map<StreamOffset, Early> early;
    std::uint64_t missing = 0; ///< Since the last byte that was written.

    [[nodiscard]] StreamOffset offsetOf(std::uint32_t sequence) const
    {
        return next + sequenceDistance(*first + static_cast<std::uint32_t>(next), sequence);
    }
};

class Follower
{
public:
    Follower(const Endpoint& client, std::size_t mostBytes) : m_client(client), m_left(mostBytes) { }

    void add(const StoredPacket& packet, const PacketView& view, std::uint32_t number)
    {
        const TcpSegment& segment = view.tcp;
        const bool isFromClient = Endpoint{view.source, segment.sourcePort} == m_client;
        Direction& direction = m_directions[isFromClient ? 0 : 1];
        Direction& other = m_directions[isFromClient ? 1 : 0];
        if ((segment.flags & tcpflag::syn) != 0) {
            direction.first = segment.sequence + 1;
            direction.next = 0;
        }
        if ((segment.flags & tcpflag::ack) != 0 && other.first) {
            other.acknowledged = std::max(other.acknowledged, other.offsetOf(segment.acknowledgment));
            flush(other, !isFromClient, other.acknowledged);
        }
        if (segment.payloadLength == 0)
            return;
        if (!direction.first)
            direction.first = segment.sequence;
        const std::size_t begin = std::min<std::size_t>(segment.payloadOffset, packet.bytes.size());
        const std::size_t size = std::min<std::size_t>(segment.payloadLength, packet.bytes.size() - begin);
        Early early{.time = packet.row.time,
            .packet = number,
            .length = segment.payloadLength,
            .bytes = std::string(reinterpret_cast<const char*>(packet.bytes.data()) + begin, size)};
        direction.early.try_emplace(direction.offsetOf(segment.sequence), std::move(early));
        const bool isWaitingInVain = direction.early.size() > mostEarly;
        flush(direction, isFromClient, isWaitingInVain ? everything : direction.acknowledged);
    }

    [[nodiscard]] bool isFull() const { return m_left == 0; }

    [[nodiscard]] FollowedStream take()
    {
        flush(m_directions[0], true, everything);
        flush(m_directions[1], false, everything);
        m_stream.isCut = isFull();
        return std::move(m_stream);
    }

private:
    /// Writes what follows without a gap, and what the other side has acknowledged although a part was not captured.
    void flush(Direction& direction, bool isFromClient, StreamOffset acknowledged)
    {
        while (!direction.early.empty()) {
            const auto& [begin, early] = *direction.early.begin();
            if (begin > direction.next && begin >= acknowledged)
                return;
            if (begin > direction.next) {
                direction.missing += static_cast<std::uint64_t>(begin - direction.next);
                direction.next = begin;
            }
            const StreamOffset end = begin + early.length;
            if (end > direction.next) {
                const auto known = static_cast<std::size_t>(direction.next - begin);
                write(direction, isFromClient, early, known);
                direction.next = end;
            }
            direction.early.erase(direction.early.begin());
        }
    }

    void write(Direction& direction, bool isFromClient, const Early& early, std::size_t known)
    {
        const std::string_view bytes(early.bytes);
        const auto fresh = bytes.substr(std::min(known, bytes.size()));
        const auto written = fresh.substr(0, m_left);
        const bool goesOn =
            !m_stream.parts.empty() && m_stream.parts.back().isFromClient == isFromClient && direction.missing == 0;
        if (!goesOn)
            m_stream.parts.push_back({.isFromClient = isFromClient,
                .time = early.time,
                .packet = early.packet,
                .missingBefore = std::exchange(direction.missing, 0),
                .bytes = {}});
        m_stream.parts.back().bytes += written;
        m_left -= written.size();
        direction.missing += early.length - known - std::min<std::size_t>(early.length - known, fresh.size());
    }

    Endpoint m_client;
    std::size_t m_left;
    std::array<Direction, 2> m_directions; ///< Of the client, of the server.
    FollowedStream m_stream;
};

} // namespace

Expected<FollowedStream> followStream(const Capture& capture, std::uint32_t attempt, std::size_t mostBytes)
{
    if (attempt >= capture.attempts.size())
        return failure(DiagnosticCode::FileNotReadable, {.evidence = capture.evidence}, {"no such connection"});
    const ConnectionAttempt& connection = capture.attempts[attempt];
    Follower follower(connection.client, mostBytes);
    EncapsulationTable encapsulations;
    PacketView view;
    std::uint32_t left = connection.packetCount;
    for (std::uint64_t number = connection.firstPacket; number <= capture.packets.size() && left > 0; ++number) {
        if (capture.packets.attempt(number - 1) != attempt)
            continue;
        const auto packet = readStoredPacket(capture, number);
        if (!packet)
            return std::unexpected(packet.error());
        if (packet->row.isDuplicate || decodePacket(packet->record(), encapsulations, view) != DecodeTrouble::None
            || view.kind != PacketKind::Tcp)
            continue;
        --left;
        follower.add(*packet, view, static_cast<std::uint32_t>(number));
        if (follower.isFull())
            break;
    }
    return follower.take();
}

} // namespace halfshake
