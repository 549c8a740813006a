// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/base/endpoint.h"
#include "models/base/timepoint.h"
#include "tests/support/capturefile.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfshake::test {

/// Makes capture files in memory: says what happens on the wire step by step, and gives the file.
///
///     CaptureBuilder().connection("10.0.0.1:40000", "10.0.0.2:80").syn().synAck().repeatSynAck({1s, 3s}).pcap()
class CaptureBuilder
{
public:
    enum class Link : std::uint8_t { Ethernet, LinuxSll, LinuxSll2, Raw, Null, Loop };

    /// Where a packet is seen, for SLL and SLL2.
    struct Point
    {
        std::uint16_t packetType = 0; ///< 0 = to us, 4 = sent by us.
        std::uint32_t interfaceIndex = 2;
        bool operator==(const Point&) const = default;
    };

    /// Everything a segment can be; the steps below fill it from the conversation.
    struct Segment
    {
        bool isFromClient = true;
        std::uint8_t flags = 0;
        std::uint32_t sequence = 0;
        std::uint32_t acknowledgment = 0;
        std::string payload{};
    };

    explicit CaptureBuilder(Link link = Link::Ethernet);

    CaptureBuilder& connection(
        std::string_view client, std::string_view server); ///< The steps after it are of this one.
    CaptureBuilder& initialNumbers(std::uint32_t client, std::uint32_t server);
    CaptureBuilder& newServerNumber(std::uint32_t server); ///< The server has forgotten the first one.
    CaptureBuilder& hopLimits(std::uint8_t client, std::uint8_t server);
    CaptureBuilder& points(Point fromClient, Point fromServer);
    CaptureBuilder& withoutTimestamps();
    CaptureBuilder& withoutIdentification(); ///< IP identification 0, as in a SYN/ACK of Linux.
    CaptureBuilder& vlans(std::vector<std::uint16_t> ids);
    CaptureBuilder& vxlan(std::optional<std::uint32_t> network, std::uint16_t port = 4789);
    CaptureBuilder& snapLength(std::uint32_t bytes);

    CaptureBuilder& wait(Duration time);
    CaptureBuilder& at(Duration sinceStart);

    CaptureBuilder& syn(std::string_view payload = {});
    CaptureBuilder& repeatSyn(std::initializer_list<Duration> sinceSyn);
    CaptureBuilder& synAck();
    CaptureBuilder& repeatSynAck(std::initializer_list<Duration> sinceSynAck);
    CaptureBuilder& ack();
    CaptureBuilder& clientData(std::string_view payload); ///< Advances the client's sequence.
    CaptureBuilder& serverData(std::string_view payload);
    CaptureBuilder& serverAck();
    CaptureBuilder& unacknowledgedData(bool isFromClient, std::string_view payload); ///< Leaves the sequence as it is.
    CaptureBuilder& clientFin();
    CaptureBuilder& serverFin();
    CaptureBuilder& refuse(); ///< RST, ACK of the server for the SYN.
    CaptureBuilder& clientReset();
    CaptureBuilder& serverReset();
    CaptureBuilder& handshake(); ///< syn, synAck, ack, 100 µs apart.
    CaptureBuilder& segment(const Segment& segment);
    /// An ICMP error (IPv4) or ICMPv6 error of \a reporter that quotes the latest packet of the client.
    CaptureBuilder& icmpError(std::uint8_t type, std::uint8_t code, std::string_view reporter);

    /// The latest packet once more, \a later, as seen at \a point; the hop limit lower by \a hops.
    CaptureBuilder& seenAgain(Duration later, int hops = 0, std::optional<Point> point = {});
    CaptureBuilder& seenAgainInVxlan(Duration later, std::uint32_t network, int hops = 0);
    CaptureBuilder& seenAgainFrom(Duration later, std::string_view client, std::string_view server); ///< Translated.
    CaptureBuilder& frame(std::string_view bytes); ///< Anything at all, without a link-layer header of its own.

    /// What happened so far, by time.
    [[nodiscard]] CaptureFile file() const;
    [[nodiscard]] std::string pcap() const { return file().pcap(); }

private:
    /// One packet before it is put on a wire.
    struct Packet
    {
        Endpoint source;
        Endpoint destination;
        Segment segment;
        std::uint8_t hopLimit = 64;
        std::uint16_t identification = 0;
        std::uint32_t timestamp = 0;
        std::uint32_t timestampEcho = 0;
        Point point;
        EvidenceTime time;
    };

    CaptureBuilder& emit(const Packet& packet);
    [[nodiscard]] Packet make(const Segment& segment);
    [[nodiscard]] std::string ipPacket(const Packet& packet) const;
    [[nodiscard]] std::string linked(std::string ip, bool isV6, const Point& point) const;
    [[nodiscard]] std::uint16_t linkType() const;

    Link m_link;
    std::vector<CaptureFile::Record> m_records;
    EvidenceTime m_now;
    Endpoint m_client;
    Endpoint m_server;
    std::uint32_t m_clientInitial = 1000;
    std::uint32_t m_serverInitial = 5000;
    std::uint32_t m_clientNext = 0;
    std::uint32_t m_serverNext = 0;
    std::uint32_t m_clientTimestamp = 0;
    std::uint16_t m_identification = 1;
    std::uint8_t m_clientHopLimit = 64;
    std::uint8_t m_serverHopLimit = 64;
    Point m_fromClient;
    Point m_fromServer;
    bool m_hasTimestamps = true;
    bool m_hasIdentification = true;
    std::vector<std::uint16_t> m_vlans;
    std::optional<std::uint32_t> m_vxlan;
    std::uint16_t m_vxlanPort = 4789;
    std::uint32_t m_snapLength = 262'144;
    EvidenceTime m_synTime;
    EvidenceTime m_synAckTime;
    Packet m_last;
    Packet m_lastOfClient;
};

} // namespace halfshake::test
