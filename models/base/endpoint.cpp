// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/base/endpoint.h"

#include "models/base/text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <span>

namespace halfshake {

namespace {

constexpr std::array<std::uint8_t, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

std::optional<IpAddress> parseV4(std::string_view text)
{
    std::uint32_t address = 0;
    for (int octet = 0; octet < 4; ++octet) {
        const auto length = octet < 3 ? text.find('.') : text.size();
        if (length == 0 || length > 3)
            return {};
        const auto digits = text.substr(0, length);
        const auto value = toInteger<std::uint8_t>(digits);
        if (!value || (length > 1 && digits.front() == '0')) // 010 is 8 to some readers and 10 to others
            return {};
        address = address << 8 | *value;
        text.remove_prefix(std::min(length + 1, text.size()));
    }
    return IpAddress::fromV4(address);
}

std::optional<IpAddress> parseV6(std::string_view text)
{
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.size() >= terminated.size() || text.contains('\0'))
        return {};
    std::ranges::copy(text, terminated.begin());
    IpAddress address;
    if (inet_pton(AF_INET6, terminated.data(), address.bytes.data()) != 1)
        return {};
    return address;
}

struct GroupRun
{
    std::size_t first = 0;
    std::size_t count = 0;
};

/// The zeros that "::" stands for: the longest run of at least two groups, the first of equals (RFC 5952 4.2).
GroupRun longestZeroRun(std::span<const std::uint16_t, 8> groups)
{
    GroupRun longest;
    for (std::size_t first = 0; first < groups.size();) {
        auto end = first;
        while (end < groups.size() && groups[end] == 0)
            ++end;
        if (end - first >= 2 && end - first > longest.count)
            longest = {first, end - first};
        first = std::max(end, first + 1);
    }
    return longest;
}

void appendNumber(std::string& text, unsigned value, int base)
{
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, base).ptr;
    text.append(digits.data(), end);
}

} // namespace

IpAddress IpAddress::fromV4(std::uint32_t hostOrder) noexcept
{
    IpAddress address;
    std::ranges::copy(mappedPrefix, address.bytes.begin());
    for (std::size_t i = 0; i < 4; ++i)
        address.bytes[12 + i] = static_cast<std::uint8_t>(hostOrder >> (24 - (8 * i)));
    return address;
}

std::optional<IpAddress> IpAddress::parse(std::string_view text)
{
    return text.contains(':') ? parseV6(text) : parseV4(text);
}

bool IpAddress::isV4() const noexcept
{
    return std::ranges::equal(std::span{bytes}.first<12>(), mappedPrefix);
}

bool IpAddress::isLoopback() const noexcept
{
    if (isV4())
        return bytes[12] == 127;
    return bytes[15] == 1 && std::ranges::all_of(std::span{bytes}.first<15>(), [](auto byte) { return byte == 0; });
}

std::optional<Endpoint> Endpoint::parse(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return {};
    auto host = text.substr(0, colon);
    const bool isBracketed = host.starts_with('[') && host.ends_with(']');
    if (isBracketed)
        host = host.substr(1, host.size() - 2);
    if (isBracketed != host.contains(':'))
        return {};
    const auto address = IpAddress::parse(host);
    const auto port = toInteger<std::uint16_t>(text.substr(colon + 1));
    if (!address || !port)
        return {};
    return Endpoint{*address, *port};
}

std::string toString(const IpAddress& address)
{
    std::string text;
    if (address.isV4()) {
        for (std::size_t i = 12; i < 16; ++i) {
            if (i > 12)
                text += '.';
            appendNumber(text, address.bytes[i], 10);
        }
        return text;
    }

    std::array<std::uint16_t, 8> groups{};
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i] = static_cast<std::uint16_t>(address.bytes[2 * i] << 8 | address.bytes[(2 * i) + 1]);
    const auto zeros = longestZeroRun(groups);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (zeros.count > 0 && i == zeros.first) {
            text += "::";
            i += zeros.count - 1;
            continue;
        }
        if (!text.empty() && !text.ends_with(':'))
            text += ':';
        appendNumber(text, groups[i], 16);
    }
    return text;
}

std::string toString(const Endpoint& endpoint)
{
    const auto address = toString(endpoint.address);
    const auto port = ':' + std::to_string(endpoint.port);
    return endpoint.address.isV4() ? address + port : '[' + address + ']' + port;
}

} // namespace halfshake

std::size_t std::hash<halfshake::IpAddress>::operator()(const halfshake::IpAddress& address) const noexcept
{
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::memcpy(&high, address.bytes.data(), sizeof high);
    std::memcpy(&low, address.bytes.data() + sizeof high, sizeof low);
    auto mixed = (high * 0x9E37'79B9'7F4A'7C15u) ^ low;
    mixed = (mixed ^ mixed >> 33) * 0xFF51'AFD7'ED55'8CCDu;
    mixed = (mixed ^ mixed >> 33) * 0xC4CE'B9FE'1A85'EC53u;
    return mixed ^ mixed >> 33;
}
