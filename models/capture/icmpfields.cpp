// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/fieldformat.h"
#include "models/capture/layerfields.h"

namespace halfshake::layerfields {

PacketField icmp(std::span<const std::byte> packet, const Layer& layer)
{
    using namespace fieldformat;
    const bool isV6 = layer.kind == LayerKind::Icmpv6;
    FieldBuilder builder(
        packet, layer, isV6 ? "Internet Control Message Protocol v6" : "Internet Control Message Protocol");
    builder.number<std::uint8_t>("Type", 0, decimal);
    builder.number<std::uint8_t>("Code", 1, decimal);
    builder.number<std::uint16_t>("Checksum", 2, hex16);
    if (!builder.has(0, 8))
        return builder.take();
    const auto type = builder.big<std::uint8_t>(0);
    const auto code = builder.big<std::uint8_t>(1);
    builder.setSummary(icmpType(type, code, isV6));
    if (isV6 && type == 2)
        builder.number<std::uint32_t>("MTU", 4, decimal);
    else if (!isV6 && type == 3 && code == 4)
        builder.number<std::uint16_t>("MTU of next hop", 6, decimal);
    return builder.take();
}

} // namespace halfshake::layerfields
