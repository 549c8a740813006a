// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/storedpacket.h"

namespace halfshake {

PacketRecord StoredPacket::record() const
{
    return {.time = row.time,
        .bytes = bytes,
        .offset = row.location.offset,
        .originalLength = row.location.originalLength,
        .linkType = linkType,
        .interface = row.location.interface};
}

Expected<StoredPacket> readStoredPacket(const Capture& capture, std::uint64_t number)
{
    constexpr std::uint16_t unknownLinkType = 0xffff;
    const SourceRef where{.evidence = capture.evidence, .packet = number};
    if (number == 0 || number > capture.packets.size())
        return failure(DiagnosticCode::FileNotReadable, where, {"no such packet"});
    StoredPacket packet;
    packet.row = capture.packets.row(number - 1);
    const PacketLocation& location = packet.row.location;
    packet.linkType = location.interface < capture.interfaces.size() ? capture.interfaces[location.interface].linkType
                                                                     : unknownLinkType;
    packet.bytes.resize(location.capturedLength);
    if (packet.bytes.empty())
        return packet;
    const auto got = capture.bytes->read(location.offset, packet.bytes);
    if (!got)
        return std::unexpected(got.error());
    if (*got != packet.bytes.size())
        return failure(DiagnosticCode::FileChangedSinceImport, where);
    return packet;
}

} // namespace halfshake
