// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/packetreader.h"

#include "models/capture/pcapngreader.h"
#include "models/capture/pcapreader.h"

#include <array>

namespace halfshake {

Expected<std::unique_ptr<PacketReader>> openPacketReader(const ByteSource& source)
{
    std::array<std::byte, 12> head{};
    const auto got = source.read(0, head);
    if (!got)
        return std::unexpected(got.error());
    const auto read = std::span(head).first(*got);
    if (PcapReader::isMagic(read))
        return PcapReader::open(source);
    if (PcapngReader::isMagic(read))
        return PcapngReader::open(source);
    return failure(DiagnosticCode::UnknownFormat, {}, {"pcap, pcapng"});
}

} // namespace halfshake
