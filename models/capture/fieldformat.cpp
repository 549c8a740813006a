// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/capture/fieldformat.h"

#include "models/base/endpoint.h"
#include "models/capture/byteorder.h"

#include <algorithm>
#include <array>
#include <format>
#include <string_view>

namespace halfshake::fieldformat {

namespace {

struct Named
{
    std::uint16_t number;
    std::string_view name;
};

constexpr std::array etherTypes{Named{0x0800, "IPv4"}, Named{0x0806, "ARP"}, Named{0x6558, "Transparent Ethernet"},
    Named{0x8100, "802.1Q Virtual LAN"}, Named{0x86dd, "IPv6"}, Named{0x8847, "MPLS label switched packet"},
    Named{0x8848, "MPLS multicast"}, Named{0x8863, "PPPoE Discovery"}, Named{0x8864, "PPPoE Session"},
    Named{0x880b, "PPP"}, Named{0x88a8, "802.1ad Provider Bridge"}, Named{0x88be, "ERSPAN"}, Named{0x88cc, "LLDP"},
    Named{0x9100, "Q-in-Q"}};

constexpr std::array ipProtocols{Named{0, "IPv6 Hop-by-Hop Option"}, Named{1, "ICMP"}, Named{2, "IGMP"},
    Named{4, "IPIP"}, Named{6, "TCP"}, Named{17, "UDP"}, Named{41, "IPv6"}, Named{43, "Routing Header for IPv6"},
    Named{44, "Fragment Header for IPv6"}, Named{47, "GRE"}, Named{50, "ESP"}, Named{51, "Authentication Header"},
    Named{58, "ICMPv6"}, Named{60, "Destination Options for IPv6"}, Named{132, "SCTP"}};

constexpr std::array unreachableV4{Named{0, "Network unreachable"}, Named{1, "Host unreachable"},
    Named{2, "Protocol unreachable"}, Named{3, "Port unreachable"}, Named{4, "Fragmentation needed"},
    Named{5, "Source route failed"}, Named{9, "Network administratively prohibited"},
    Named{10, "Host administratively prohibited"}, Named{13, "Communication administratively filtered"}};

constexpr std::array unreachableV6{Named{0, "No route to destination"}, Named{1, "Administratively prohibited"},
    Named{2, "Beyond scope of source address"}, Named{3, "Address unreachable"}, Named{4, "Port unreachable"},
    Named{5, "Source address failed ingress/egress policy"}, Named{6, "Reject route to destination"}};

constexpr std::array icmpTypesV4{Named{0, "Echo reply"}, Named{3, "Destination unreachable"}, Named{4, "Source quench"},
    Named{5, "Redirect"}, Named{8, "Echo request"}, Named{11, "Time-to-live exceeded"}, Named{12, "Parameter problem"}};

constexpr std::array icmpTypesV6{Named{1, "Destination unreachable"}, Named{2, "Packet too big"},
    Named{3, "Time exceeded"}, Named{4, "Parameter problem"}, Named{128, "Echo request"}, Named{129, "Echo reply"},
    Named{133, "Router solicitation"}, Named{134, "Router advertisement"}, Named{135, "Neighbor solicitation"},
    Named{136, "Neighbor advertisement"}};

std::string_view nameOf(std::span<const Named> names, std::uint16_t number)
{
    const auto found = std::ranges::find(names, number, &Named::number);
    return found == names.end() ? std::string_view{} : found->name;
}

} // namespace

std::string decimal(std::uint64_t value)
{
    return std::to_string(value);
}

std::string hex16(std::uint64_t value)
{
    return std::format("{:#06x}", value);
}

std::string hex32(std::uint64_t value)
{
    return std::format("{:#010x}", value);
}

std::string macAddress(std::span<const std::byte> bytes)
{
    std::string text;
    for (const std::byte byte : bytes)
        text += std::format("{}{:02x}", text.empty() ? "" : ":", std::to_integer<unsigned>(byte));
    return text;
}

std::string ipAddress(std::span<const std::byte> bytes)
{
    if (bytes.size() == 4)
        return toString(IpAddress::fromV4(loadBig<std::uint32_t>(bytes.data())));
    IpAddress address;
    std::memcpy(address.bytes.data(), bytes.data(), std::min(bytes.size(), address.bytes.size()));
    return toString(address);
}

std::string etherType(std::uint16_t type)
{
    const auto name = nameOf(etherTypes, type);
    return std::format("{} ({:#06x})", name.empty() ? "Unknown" : name, type);
}

std::string ipProtocol(std::uint8_t protocol)
{
    const auto name = nameOf(ipProtocols, protocol);
    return std::format("{} ({})", name.empty() ? "Unknown" : name, protocol);
}

std::string tcpFlags(std::uint8_t flags)
{
    constexpr std::array names{Named{0x02, "SYN"}, Named{0x01, "FIN"}, Named{0x04, "RST"}, Named{0x08, "PSH"},
        Named{0x10, "ACK"}, Named{0x20, "URG"}, Named{0x40, "ECE"}, Named{0x80, "CWR"}};
    std::string text;
    for (const auto& [bit, name] : names) {
        if ((flags & bit) != 0)
            text += std::format("{}{}", text.empty() ? "" : ", ", name);
    }
    return text.empty() ? "<None>" : text;
}

std::string icmpType(std::uint8_t type, std::uint8_t code, bool isV6)
{
    const auto name = isV6 ? nameOf(icmpTypesV6, type) : nameOf(icmpTypesV4, type);
    const bool isUnreachable = type == (isV6 ? 1 : 3);
    const auto detail = !isUnreachable ? std::string_view{}
        : isV6                         ? nameOf(unreachableV6, code)
                                       : nameOf(unreachableV4, code);
    if (name.empty())
        return std::format("Type {}, code {}", type, code);
    return detail.empty() ? std::string(name) : std::format("{} ({})", name, detail);
}

} // namespace halfshake::fieldformat
