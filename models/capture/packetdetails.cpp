// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packetdetails.h"

#include "models/base/timeformat.h"
#include "models/capture/layerfields.h"
#include "models/capture/packetdecoder.h"
#include "models/capture/packetsummary.h"
#include "models/capture/storedpacket.h"

#include <algorithm>
#include <format>
#include <utility>

namespace halfshake {

namespace {

PacketField frameField(const Capture& capture, const PacketDetails& details, const PacketTable::Row& row)
{
    const auto captured = static_cast<std::uint32_t>(details.bytes.size());
    PacketField frame{.name = std::format("Frame {}", details.number),
        .value = std::format("{} bytes on wire, {} bytes captured", details.originalLength, captured),
        .offset = 0,
        .length = captured,
        .fields = {}};
    const auto add = [&](std::string name, std::string value) {
        frame.fields.push_back({std::move(name), std::move(value), 0, captured, {}});
    };
    add("Arrival Time", toIsoString(details.time));
    add("Frame Length", std::format("{} bytes", details.originalLength));
    add("Capture Length", std::format("{} bytes", captured));
    if (row.location.interface < capture.interfaces.size()) {
        const std::string& name = capture.interfaces[row.location.interface].name;
        add("Interface", name.empty() ? std::to_string(row.location.interface) : name);
    }
    if (row.isDuplicate)
        add("Captured twice", "A copy of an earlier packet");
    return frame;
}

PacketField layerField(std::span<const std::byte> packet, const Layer& layer)
{
    switch (layer.kind) {
    case LayerKind::Ethernet:
    case LayerKind::LinuxSll:
    case LayerKind::LinuxSll2:
    case LayerKind::Null:
    case LayerKind::Nflog:
    case LayerKind::Vlan:
    case LayerKind::Mpls:
    case LayerKind::Pppoe:
    case LayerKind::Ppp:
        return layerfields::linkLayer(packet, layer);
    case LayerKind::Ipv4:
    case LayerKind::Ipv6:
    case LayerKind::Ipv6Extension:
        return layerfields::ip(packet, layer);
    case LayerKind::Gre:
    case LayerKind::Erspan:
    case LayerKind::Udp:
    case LayerKind::Vxlan:
    case LayerKind::Geneve:
    case LayerKind::Gtp:
        return layerfields::tunnel(packet, layer);
    case LayerKind::Tcp:
        return layerfields::tcp(packet, layer);
    case LayerKind::Icmp:
    case LayerKind::Icmpv6:
        return layerfields::icmp(packet, layer);
    case LayerKind::Payload:
        return layerfields::payload(packet, layer);
    }
    return layerfields::payload(packet, layer);
}

/// What follows the last header: the segment's payload, then padding.
void addPayloadLayers(const PacketView& view, std::size_t size, LayerTrace& trace)
{
    const std::size_t begin = trace.empty() ? 0 : trace.back().offset + trace.back().length;
    std::size_t end = size;
    if (view.kind == PacketKind::Tcp)
        end = std::min<std::size_t>(size, begin + view.tcp.payloadLength);
    const auto add = [&](std::size_t from, std::size_t to) {
        if (from < to)
            trace.push_back({.kind = LayerKind::Payload,
                .detail = 0,
                .isQuoted = false,
                .offset = static_cast<std::uint32_t>(from),
                .length = static_cast<std::uint32_t>(to - from)});
    };
    add(begin, end);
    add(end, size);
}

void addLayers(const LayerTrace& trace, PacketDetails& details)
{
    for (const Layer& layer : trace) {
        PacketField field = layerField(details.bytes, layer);
        // Quoted headers belong to the ICMP error in front of them.
        if (layer.isQuoted && !details.layers.empty())
            details.layers.back().fields.push_back(std::move(field));
        else
            details.layers.push_back(std::move(field));
    }
}

} // namespace

Expected<PacketDetails> packetDetails(const Capture& capture, std::uint64_t number)
{
    auto packet = readStoredPacket(capture, number);
    if (!packet)
        return std::unexpected(std::move(packet.error()));
    const PacketRecord record = packet->record();
    PacketDetails details;
    details.number = number;
    details.time = record.time;
    details.originalLength = record.originalLength;
    EncapsulationTable encapsulations;
    PacketView view;
    LayerTrace trace;
    static_cast<void>(decodePacket(record, encapsulations, view, &trace));
    details.bytes = std::move(packet->bytes);
    details.summary = packetSummary(details.bytes, view, trace);
    addPayloadLayers(view, details.bytes.size(), trace);
    details.layers.push_back(frameField(capture, details, packet->row));
    addLayers(trace, details);
    return details;
}

} // namespace halfshake
