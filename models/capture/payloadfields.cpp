// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/text.h"
#include "models/capture/httpmark.h"
#include "models/capture/layerfields.h"

#include <format>
#include <string_view>

namespace halfshake::layerfields {

namespace {

constexpr std::size_t longestLine = 2048;

std::string_view firstLine(std::span<const std::byte> payload)
{
    std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
    return trimmed(text.substr(0, std::min(text.find('\n'), longestLine)));
}

} // namespace

PacketField payload(std::span<const std::byte> packet, const Layer& layer)
{
    const auto bytes = packet.subspan(layer.offset, layer.length);
    const bool isHttp = readHttpRequest(bytes).has_value() || readHttpStatus(bytes).has_value();
    FieldBuilder builder(packet, layer, isHttp ? "Hypertext Transfer Protocol" : "Data");
    builder.setSummary(std::format("{} bytes", layer.length));
    if (isHttp) {
        const auto line = firstLine(bytes);
        builder.setSummary(toValidUtf8(line));
        builder.add(readHttpStatus(bytes) ? "Status Line" : "Request Line", 0, line.size(), toValidUtf8(line));
    }
    return builder.take();
}

} // namespace halfshake::layerfields
