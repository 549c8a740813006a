// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packetdecoder.h"

#include "models/capture/captureinterface.h"
#include "models/capture/decodestate.h"
#include "models/capture/ipheader.h"
#include "models/capture/linklayer.h"
#include "models/capture/tcpsegment.h"
#include "models/capture/tunnel.h"

namespace halfshake {

namespace {

using Kind = NextHeader::Kind;

/// The transport header, or the tunnel that is in its place.
NextHeader passIpPayload(std::uint8_t protocol, DecodeState& state, PacketView& view)
{
    switch (protocol) {
    case ipprotocol::tcp:
        if (!readTcp(state, view))
            return {Kind::CutOff, 0};
        view.kind = PacketKind::Tcp;
        return {};
    case ipprotocol::icmp:
    case ipprotocol::icmpv6:
        if (readIcmpError(state, protocol == ipprotocol::icmpv6, view))
            view.kind = PacketKind::IcmpError;
        return {};
    default:
        return state.tunnels++ < deepestTunnel ? passTunnel(protocol, state) : NextHeader{};
    }
}

} // namespace

DecodeTrouble decodePacket(
    const PacketRecord& record, EncapsulationTable& encapsulations, PacketView& view, LayerTrace* trace)
{
    DecodeState state;
    state.bytes = record.bytes;
    state.trace = trace;
    state.originalLength = record.originalLength;
    view.kind = PacketKind::Other;
    view.isTcp = false;
    view.direction = record.direction;
    view.interfaceIndex = 0;

    NextHeader next{Kind::LinkLayer, record.linkType};
    for (;;) {
        switch (next.kind) {
        case Kind::LinkLayer: {
            // Only the outermost header speaks of the capturing host.
            PacketView inner;
            next = passLinkLayer(LinkType{next.value}, state, state.offset == 0 ? view : inner);
            break;
        }
        case Kind::EtherType:
            next = passEtherType(next.value, state);
            break;
        case Kind::Ip:
            next = passIp(state, view);
            break;
        case Kind::IpProtocol:
            next = passIpPayload(static_cast<std::uint8_t>(next.value), state, view);
            break;
        case Kind::Nothing:
            view.encapsulation = encapsulations.intern(state.encapsulation);
            return DecodeTrouble::None;
        case Kind::CutOff:
            view.kind = PacketKind::Undecodable;
            return DecodeTrouble::CutOff;
        case Kind::Unsupported:
            view.kind = PacketKind::Undecodable;
            return DecodeTrouble::LinkTypeUnsupported;
        }
    }
}

} // namespace halfshake
