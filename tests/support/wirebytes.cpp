// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/wirebytes.h"

namespace halfshake::test {

namespace {

std::string addressBytes(const IpAddress& address)
{
    const std::string all(reinterpret_cast<const char*>(address.bytes.data()), address.bytes.size());
    return address.isV4() ? all.substr(12) : all;
}

} // namespace

std::string inIp(const IpEnvelope& envelope, std::string_view payload)
{
    WireBytes header;
    if (envelope.source.isV4()) {
        header.put<std::uint16_t>(0x4500).put(static_cast<std::uint16_t>(20 + payload.size()));
        header.put(envelope.identification).put<std::uint16_t>(0x4000);
        header.put(envelope.hopLimit).put(envelope.protocol).put<std::uint16_t>(0);
    } else {
        header.put<std::uint32_t>(0x60000000).put(static_cast<std::uint16_t>(payload.size()));
        header.put(envelope.protocol).put(envelope.hopLimit);
    }
    return header.text(addressBytes(envelope.source)).text(addressBytes(envelope.destination)).text(payload).str();
}

std::string inUdp(std::uint16_t source, std::uint16_t destination, std::string_view payload)
{
    WireBytes header;
    header.put(source).put(destination).put(static_cast<std::uint16_t>(8 + payload.size())).put<std::uint16_t>(0);
    return header.text(payload).str();
}

std::string inEthernet(std::uint16_t type, std::string_view payload)
{
    WireBytes header;
    header.put<std::uint32_t>(0x02000000).put<std::uint16_t>(1).put<std::uint32_t>(0x02000000).put<std::uint16_t>(2);
    return header.put(type).text(payload).str();
}

std::string inVxlan(std::uint32_t network, std::string_view frame)
{
    return WireBytes().put<std::uint32_t>(0x08000000).put(network << 8).text(frame).str();
}

} // namespace halfshake::test
