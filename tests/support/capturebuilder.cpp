// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/capturebuilder.h"

#include "tests/support/testtime.h"
#include "tests/support/wirebytes.h"

#include <algorithm>
#include <stdexcept>

namespace halfshake::test {

namespace {

using namespace std::chrono_literals;

constexpr std::uint8_t finFlag = 0x01;
constexpr std::uint8_t synFlag = 0x02;
constexpr std::uint8_t rstFlag = 0x04;
constexpr std::uint8_t pshFlag = 0x08;
constexpr std::uint8_t ackFlag = 0x10;

Endpoint endpoint(std::string_view text)
{
    const auto parsed = Endpoint::parse(text);
    if (!parsed)
        throw std::invalid_argument("no endpoint: " + std::string(text));
    return *parsed;
}

} // namespace

CaptureBuilder::CaptureBuilder(Link link) : m_link(link), m_now(testStart()) { }

CaptureBuilder& CaptureBuilder::connection(std::string_view client, std::string_view server)
{
    m_client = endpoint(client);
    m_server = endpoint(server);
    return initialNumbers(m_clientInitial + 100'000, m_serverInitial + 100'000);
}

CaptureBuilder& CaptureBuilder::initialNumbers(std::uint32_t client, std::uint32_t server)
{
    m_clientInitial = client;
    m_clientNext = client + 1;
    return newServerNumber(server);
}

CaptureBuilder& CaptureBuilder::newServerNumber(std::uint32_t server)
{
    m_serverInitial = server;
    m_serverNext = server + 1;
    return *this;
}

CaptureBuilder& CaptureBuilder::hopLimits(std::uint8_t client, std::uint8_t server)
{
    m_clientHopLimit = client;
    m_serverHopLimit = server;
    return *this;
}

CaptureBuilder& CaptureBuilder::points(Point fromClient, Point fromServer)
{
    m_fromClient = fromClient;
    m_fromServer = fromServer;
    return *this;
}

CaptureBuilder& CaptureBuilder::withoutTimestamps()
{
    m_hasTimestamps = false;
    return *this;
}

CaptureBuilder& CaptureBuilder::withoutIdentification()
{
    m_hasIdentification = false;
    return *this;
}

CaptureBuilder& CaptureBuilder::vlans(std::vector<std::uint16_t> ids)
{
    m_vlans = std::move(ids);
    return *this;
}

CaptureBuilder& CaptureBuilder::vxlan(std::optional<std::uint32_t> network, std::uint16_t port)
{
    m_vxlan = network;
    m_vxlanPort = port;
    return *this;
}

CaptureBuilder& CaptureBuilder::snapLength(std::uint32_t bytes)
{
    m_snapLength = bytes;
    return *this;
}

CaptureBuilder& CaptureBuilder::wait(Duration time)
{
    m_now += time;
    return *this;
}

CaptureBuilder& CaptureBuilder::at(Duration sinceStart)
{
    m_now = testStart() + sinceStart;
    return *this;
}

CaptureBuilder& CaptureBuilder::syn(std::string_view payload)
{
    m_synTime = m_now;
    return segment({.flags = synFlag, .sequence = m_clientInitial, .payload = std::string(payload)});
}

CaptureBuilder& CaptureBuilder::repeatSyn(std::initializer_list<Duration> sinceSyn)
{
    for (const Duration offset : sinceSyn) {
        m_now = m_synTime + offset;
        segment({.flags = synFlag, .sequence = m_clientInitial});
    }
    return *this;
}

CaptureBuilder& CaptureBuilder::synAck()
{
    m_synAckTime = m_now;
    return segment({.isFromClient = false,
        .flags = synFlag | ackFlag,
        .sequence = m_serverInitial,
        .acknowledgment = m_clientInitial + 1});
}

CaptureBuilder& CaptureBuilder::repeatSynAck(std::initializer_list<Duration> sinceSynAck)
{
    const EvidenceTime first = m_synAckTime;
    for (const Duration offset : sinceSynAck) {
        m_now = first + offset;
        synAck();
    }
    m_synAckTime = first;
    return *this;
}

CaptureBuilder& CaptureBuilder::ack()
{
    return segment({.flags = ackFlag, .sequence = m_clientNext, .acknowledgment = m_serverNext});
}

CaptureBuilder& CaptureBuilder::clientData(std::string_view payload)
{
    segment({.flags = pshFlag | ackFlag,
        .sequence = m_clientNext,
        .acknowledgment = m_serverNext,
        .payload = std::string(payload)});
    m_clientNext += static_cast<std::uint32_t>(payload.size());
    return *this;
}

CaptureBuilder& CaptureBuilder::serverData(std::string_view payload)
{
    segment({.isFromClient = false,
        .flags = pshFlag | ackFlag,
        .sequence = m_serverNext,
        .acknowledgment = m_clientNext,
        .payload = std::string(payload)});
    m_serverNext += static_cast<std::uint32_t>(payload.size());
    return *this;
}

CaptureBuilder& CaptureBuilder::serverAck()
{
    return segment({.isFromClient = false, .flags = ackFlag, .sequence = m_serverNext, .acknowledgment = m_clientNext});
}

CaptureBuilder& CaptureBuilder::unacknowledgedData(bool isFromClient, std::string_view payload)
{
    return segment({.isFromClient = isFromClient,
        .flags = pshFlag | ackFlag,
        .sequence = isFromClient ? m_clientNext : m_serverNext,
        .acknowledgment = isFromClient ? m_serverNext : m_clientNext,
        .payload = std::string(payload)});
}

CaptureBuilder& CaptureBuilder::clientFin()
{
    return segment({.flags = finFlag | ackFlag, .sequence = m_clientNext++, .acknowledgment = m_serverNext});
}

CaptureBuilder& CaptureBuilder::serverFin()
{
    return segment({.isFromClient = false,
        .flags = finFlag | ackFlag,
        .sequence = m_serverNext++,
        .acknowledgment = m_clientNext});
}

CaptureBuilder& CaptureBuilder::refuse()
{
    return segment(
        {.isFromClient = false, .flags = rstFlag | ackFlag, .sequence = 0, .acknowledgment = m_clientInitial + 1});
}

CaptureBuilder& CaptureBuilder::clientReset()
{
    return segment({.flags = rstFlag, .sequence = m_clientNext});
}

CaptureBuilder& CaptureBuilder::serverReset()
{
    return segment({.isFromClient = false, .flags = rstFlag, .sequence = m_serverNext});
}

CaptureBuilder& CaptureBuilder::handshake()
{
    return syn().wait(100us).synAck().wait(100us).ack().wait(100us);
}

CaptureBuilder& CaptureBuilder::segment(const Segment& segment)
{
    return emit(make(segment));
}

CaptureBuilder::Packet CaptureBuilder::make(const Segment& segment)
{
    Packet packet;
    packet.source = segment.isFromClient ? m_client : m_server;
    packet.destination = segment.isFromClient ? m_server : m_client;
    packet.segment = segment;
    packet.hopLimit = segment.isFromClient ? m_clientHopLimit : m_serverHopLimit;
    // As Linux does it: no identification in a SYN/ACK or RST.
    const bool hasIdentification = m_hasIdentification && (segment.flags & rstFlag) == 0
        && (segment.flags & (synFlag | ackFlag)) != (synFlag | ackFlag);
    packet.identification = hasIdentification ? m_identification++ : std::uint16_t{0};
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(m_now.time_since_epoch()).count();
    packet.timestamp = static_cast<std::uint32_t>(milliseconds + (segment.isFromClient ? 77 : 990'000));
    packet.timestampEcho = segment.isFromClient ? 0 : m_clientTimestamp;
    if (segment.isFromClient)
        m_clientTimestamp = packet.timestamp;
    packet.point = segment.isFromClient ? m_fromClient : m_fromServer;
    packet.time = m_now;
    return packet;
}

CaptureBuilder& CaptureBuilder::emit(const Packet& packet)
{
    m_last = packet;
    if (packet.segment.isFromClient)
        m_lastOfClient = packet;
    m_records.push_back({packet.time, linked(ipPacket(packet), !packet.source.address.isV4(), packet.point)});
    return *this;
}

std::string CaptureBuilder::ipPacket(const Packet& packet) const
{
    const Segment& segment = packet.segment;
    WireBytes options;
    if ((segment.flags & synFlag) != 0)
        options.put<std::uint32_t>(0x020405b4).put<std::uint32_t>(0x01030307).put<std::uint32_t>(0x04020101);
    if (m_hasTimestamps && (segment.flags & rstFlag) == 0)
        options.put<std::uint32_t>(0x0101080a).put(packet.timestamp).put(packet.timestampEcho);
    const auto words = static_cast<std::uint8_t>(5 + options.str().size() / 4);
    WireBytes tcp;
    tcp.put(packet.source.port).put(packet.destination.port).put(segment.sequence).put(segment.acknowledgment);
    tcp.put(static_cast<std::uint8_t>(words << 4)).put(segment.flags).put<std::uint16_t>(64240);
    tcp.put<std::uint32_t>(0).text(options.str()).text(segment.payload);
    return inIp({.source = packet.source.address,
                    .destination = packet.destination.address,
                    .hopLimit = packet.hopLimit,
                    .identification = packet.identification},
        tcp.str());
}

std::string CaptureBuilder::linked(std::string ip, bool isV6, const Point& point) const
{
    std::uint16_t type = isV6 ? 0x86dd : 0x0800;
    if (m_vxlan) {
        const IpEnvelope outer{
            .source = IpAddress::fromV4(0xac100001), .destination = IpAddress::fromV4(0xac100002), .protocol = 17};
        ip = inIp(outer, inUdp(50'000, m_vxlanPort, inVxlan(*m_vxlan, inEthernet(type, ip))));
        type = 0x0800;
    }
    for (auto id = m_vlans.rbegin(); id != m_vlans.rend(); ++id) {
        ip = WireBytes().put(*id).put(type).text(ip).str();
        type = 0x8100;
    }
    WireBytes frame;
    switch (m_link) {
    case Link::Ethernet:
        return inEthernet(type, ip);
    case Link::LinuxSll:
        frame.put(point.packetType).put<std::uint16_t>(1).put<std::uint16_t>(6).put<std::uint64_t>(0).put(type);
        break;
    case Link::LinuxSll2:
        frame.put(type).put<std::uint16_t>(0).put(point.interfaceIndex).put<std::uint16_t>(1);
        frame.put(static_cast<std::uint8_t>(point.packetType)).put<std::uint8_t>(6).put<std::uint64_t>(0);
        break;
    case Link::Null:
        return WireBytes(false).put<std::uint32_t>(isV6 ? 30 : 2).text(ip).str();
    case Link::Loop:
        frame.put<std::uint32_t>(isV6 ? 24 : 2);
        break;
    case Link::Raw:
        break;
    }
    return frame.text(ip).str();
}

CaptureBuilder& CaptureBuilder::icmpError(std::uint8_t type, std::uint8_t code, std::string_view reporter)
{
    const auto from = IpAddress::parse(reporter).value();
    const std::string quote = ipPacket(m_lastOfClient).substr(0, 128);
    WireBytes message;
    message.put(type).put(code).put<std::uint16_t>(0).put<std::uint32_t>(0).text(quote);
    const IpEnvelope envelope{.source = from,
        .destination = m_client.address,
        .protocol = static_cast<std::uint8_t>(from.isV4() ? 1 : 58),
        .identification = m_identification++};
    m_records.push_back({m_now, linked(inIp(envelope, message.str()), !from.isV4(), m_fromServer)});
    return *this;
}

CaptureBuilder& CaptureBuilder::seenAgain(Duration later, int hops, std::optional<Point> point)
{
    Packet copy = m_last;
    copy.time += later;
    copy.hopLimit = static_cast<std::uint8_t>(copy.hopLimit - hops);
    copy.point = point.value_or(copy.point);
    m_records.push_back({copy.time, linked(ipPacket(copy), !copy.source.address.isV4(), copy.point)});
    return *this;
}

CaptureBuilder& CaptureBuilder::seenAgainInVxlan(Duration later, std::uint32_t network, int hops)
{
    const auto before = m_vxlan;
    m_vxlan = network;
    seenAgain(later, hops);
    m_vxlan = before;
    return *this;
}

CaptureBuilder& CaptureBuilder::seenAgainFrom(Duration later, std::string_view client, std::string_view server)
{
    Packet copy = m_last;
    copy.time += later;
    --copy.hopLimit;
    copy.source = endpoint(copy.segment.isFromClient ? client : server);
    copy.destination = endpoint(copy.segment.isFromClient ? server : client);
    copy.point.packetType = 4;
    m_records.push_back({copy.time, linked(ipPacket(copy), !copy.source.address.isV4(), copy.point)});
    return *this;
}

CaptureBuilder& CaptureBuilder::frame(std::string_view bytes)
{
    m_records.push_back({m_now, std::string(bytes)});
    return *this;
}

std::uint16_t CaptureBuilder::linkType() const
{
    switch (m_link) {
    case Link::Ethernet:
        return 1;
    case Link::LinuxSll:
        return 113;
    case Link::LinuxSll2:
        return 276;
    case Link::Raw:
        return 101;
    case Link::Null:
        return 0;
    case Link::Loop:
        return 108;
    }
    return 0;
}

CaptureFile CaptureBuilder::file() const
{
    CaptureFile file{.records = m_records, .snapLength = m_snapLength, .linkType = linkType(), .isBigEndian = false};
    std::ranges::stable_sort(file.records, {}, &CaptureFile::Record::time);
    return file;
}

} // namespace halfshake::test
