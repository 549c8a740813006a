// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packetsummary.h"

#include "models/base/text.h"
#include "models/capture/fieldformat.h"
#include "models/capture/httpmark.h"
#include "models/capture/layerfields.h"
#include "models/capture/packettable.h"

#include <algorithm>
#include <format>
#include <string_view>

namespace halfshake {

namespace {

constexpr std::size_t tcpFixedSize = 20;
constexpr std::size_t longestHttpLine = 200;

std::string fromTo(const PacketView& view)
{
    return std::format("{} → {}", toString(Endpoint{view.source, view.tcp.sourcePort}),
        toString(Endpoint{view.destination, view.tcp.destinationPort}));
}

std::string httpLine(std::span<const std::byte> packet, const TcpSegment& tcp)
{
    const auto payload = packet.subspan(std::min<std::size_t>(tcp.payloadOffset, packet.size()));
    if (!readHttpRequest(payload) && !readHttpStatus(payload))
        return {};
    const std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
    return " " + toValidUtf8(trimmed(text.substr(0, std::min(text.find('\n'), longestHttpLine))));
}

std::string tcpSummary(std::span<const std::byte> packet, const PacketView& view, const Layer& layer)
{
    const TcpSegment& tcp = view.tcp;
    std::string text = std::format("{} [{}] Seq={}", fromTo(view), fieldformat::tcpFlags(tcp.flags), tcp.sequence);
    if ((tcp.flags & tcpflag::ack) != 0)
        text += std::format(" Ack={}", tcp.acknowledgment);
    text += std::format(" Win={} Len={}", tcp.window, tcp.payloadLength);
    if (layer.length > tcpFixedSize) {
        const auto options =
            layerfields::tcpOptionSummary(packet.subspan(layer.offset + tcpFixedSize, layer.length - tcpFixedSize));
        if (!options.empty())
            text += " " + options;
    }
    return text + httpLine(packet, tcp);
}

std::string icmpSummary(const PacketView& view)
{
    return std::format("{} → {} {} quoting {}", toString(view.reporter), toString(view.source),
        fieldformat::icmpType(view.icmpType, view.icmpCode, view.isIcmpV6), fromTo(view));
}

std::string otherSummary(std::span<const std::byte> packet, const PacketView& view, const LayerTrace& trace)
{
    if (trace.empty())
        return std::format("{} bytes", packet.size());
    const Layer& last = trace.back();
    const bool isIp = std::ranges::any_of(
        trace, [](const Layer& layer) { return layer.kind == LayerKind::Ipv4 || layer.kind == LayerKind::Ipv6; });
    const auto icmp = std::ranges::find_if(
        trace, [](const Layer& layer) { return layer.kind == LayerKind::Icmp || layer.kind == LayerKind::Icmpv6; });
    if (icmp != trace.end() && icmp->length >= 2)
        return std::format("{} → {} {}", toString(view.source), toString(view.destination),
            fieldformat::icmpType(loadByte(packet.data() + icmp->offset), loadByte(packet.data() + icmp->offset + 1),
                icmp->kind == LayerKind::Icmpv6));
    if (last.kind == LayerKind::Udp && last.length >= 4)
        return std::format("{} → {} UDP {} → {}", toString(view.source), toString(view.destination),
            loadBig<std::uint16_t>(packet.data() + last.offset),
            loadBig<std::uint16_t>(packet.data() + last.offset + 2));
    if (isIp)
        return std::format("{} → {}", toString(view.source), toString(view.destination));
    if (last.kind == LayerKind::Ethernet && last.length == 14)
        return fieldformat::etherType(loadBig<std::uint16_t>(packet.data() + last.offset + 12));
    return std::format("{} bytes", packet.size());
}

} // namespace

std::string packetSummary(std::span<const std::byte> packet, const PacketView& view, const LayerTrace& trace)
{
    const auto tcp = std::ranges::find_last(trace, LayerKind::Tcp, &Layer::kind);
    if (view.kind == PacketKind::Tcp && !tcp.empty())
        return tcpSummary(packet, view, tcp.front());
    if (view.kind == PacketKind::IcmpError)
        return icmpSummary(view);
    return otherSummary(packet, view, trace);
}

} // namespace halfshake
