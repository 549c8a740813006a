// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/tcpsegment.h"

#include "models/capture/ipheader.h"

#include <algorithm>

namespace halfshake {

namespace {

constexpr std::size_t smallestHeader = 20;
constexpr std::size_t upToFlags = 14;

std::size_t statedHeaderLength(const DecodeState& state)
{
    return static_cast<std::size_t>(state.byte(12) >> 4) * 4;
}

void readTimestamps(const std::byte* option, TcpSegment& segment)
{
    segment.hasTimestamps = true;
    segment.timestampValue = loadBig<std::uint32_t>(option + 2);
    segment.timestampEcho = loadBig<std::uint32_t>(option + 6);
}

void readOptions(std::span<const std::byte> options, TcpSegment& segment)
{
    constexpr std::uint8_t endOfList = 0;
    constexpr std::uint8_t noOperation = 1;
    constexpr std::uint8_t timestamps = 8;
    constexpr std::size_t timestampsLength = 10;
    // Nearly every segment of an open connection: two paddings and the time stamps.
    if (options.size() >= 12 && loadBig<std::uint32_t>(options.data()) == 0x0101'080a) {
        readTimestamps(options.data() + 2, segment);
        return;
    }
    std::size_t offset = 0;
    while (offset < options.size()) {
        const auto kind = loadByte(options.data() + offset);
        if (kind == endOfList)
            return;
        if (kind == noOperation) {
            ++offset;
            continue;
        }
        if (offset + 2 > options.size())
            return;
        const std::size_t length = loadByte(options.data() + offset + 1);
        if (length < 2 || offset + length > options.size())
            return;
        if (kind == timestamps && length == timestampsLength) {
            readTimestamps(options.data() + offset, segment);
            return;
        }
        offset += length;
    }
}

} // namespace

bool readTcp(DecodeState& state, PacketView& view)
{
    TcpSegment& segment = view.tcp;
    view.isTcp = true;
    if (!state.has(upToFlags))
        return false;
    segment.sourcePort = state.big<std::uint16_t>(0);
    segment.destinationPort = state.big<std::uint16_t>(2);
    segment.sequence = state.big<std::uint32_t>(4);
    segment.acknowledgment = state.big<std::uint32_t>(8);
    segment.flags = state.byte(13);
    segment.window = state.has(16) ? state.big<std::uint16_t>(14) : std::uint16_t{0};
    const std::size_t headerLength = std::max(statedHeaderLength(state), smallestHeader);
    segment.payloadLength =
        state.ipPayloadLength - std::min(state.ipPayloadLength, static_cast<std::uint32_t>(headerLength));
    segment.payloadOffset = static_cast<std::uint32_t>(state.offset + headerLength);
    segment.hasTimestamps = false;
    const std::size_t present = std::min(headerLength, state.left());
    if (present > smallestHeader)
        readOptions({state.here() + smallestHeader, present - smallestHeader}, segment);
    state.pass(LayerKind::Tcp, headerLength);
    return true;
}

bool readIcmpError(DecodeState& state, bool isV6, PacketView& view)
{
    constexpr std::size_t headerSize = 8;
    if (!state.has(headerSize))
        return false;
    const std::uint8_t type = state.byte(0);
    const std::uint8_t code = state.byte(1);
    const bool isError = isV6 ? type >= 1 && type <= 4 : type == 3 || type == 4 || type == 11 || type == 12;
    state.pass(isV6 ? LayerKind::Icmpv6 : LayerKind::Icmp, headerSize);
    if (!isError)
        return false;
    const std::size_t quoteBegins = state.trace ? state.trace->size() : 0;
    PacketView quoted;
    const NextHeader next = passIp(state, quoted);
    constexpr std::size_t portsAndSequence = 8;
    const bool isTcp =
        next.kind == NextHeader::Kind::IpProtocol && next.value == ipprotocol::tcp && state.has(portsAndSequence);
    if (isTcp) {
        view.reporter = view.source;
        view.source = quoted.source;
        view.destination = quoted.destination;
        view.tcp = {};
        view.tcp.sourcePort = state.big<std::uint16_t>(0);
        view.tcp.destinationPort = state.big<std::uint16_t>(2);
        view.tcp.sequence = state.big<std::uint32_t>(4);
        view.icmpType = type;
        view.icmpCode = code;
        view.isIcmpV6 = isV6;
        if (state.trace)
            state.pass(LayerKind::Tcp, state.has(13) ? statedHeaderLength(state) : portsAndSequence);
    }
    if (state.trace)
        std::for_each(state.trace->begin() + static_cast<std::ptrdiff_t>(quoteBegins), state.trace->end(),
            [](Layer& layer) { layer.isQuoted = true; });
    return isTcp;
}

} // namespace halfshake
