// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace halfshake {

/// An IPv4 or IPv6 address. IPv4 is kept mapped (::ffff:a.b.c.d), so that both compare and hash alike.
struct IpAddress
{
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] static IpAddress fromV4(std::uint32_t hostOrder) noexcept;
    [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);
    [[nodiscard]] bool isV4() const noexcept;
    [[nodiscard]] bool isLoopback() const noexcept;

    auto operator<=>(const IpAddress&) const noexcept = default;
};

/// One end of a TCP connection.
struct Endpoint
{
    IpAddress address;
    std::uint16_t port = 0;

    /// Reads "10.0.0.1:80" and "[2001:db8::1]:80".
    [[nodiscard]] static std::optional<Endpoint> parse(std::string_view text);

    auto operator<=>(const Endpoint&) const noexcept = default;
};

/// "10.0.0.1" or "2001:db8::1" (RFC 5952).
[[nodiscard]] std::string toString(const IpAddress& address);
/// "10.0.0.1:80" or "[2001:db8::1]:80".
[[nodiscard]] std::string toString(const Endpoint& endpoint);

} // namespace halfshake

template<>
struct std::hash<halfshake::IpAddress>
{
    std::size_t operator()(const halfshake::IpAddress& address) const noexcept;
};

template<>
struct std::hash<halfshake::Endpoint>
{
    std::size_t operator()(const halfshake::Endpoint& endpoint) const noexcept
    {
        return (std::hash<halfshake::IpAddress>{}(endpoint.address) * 31) + endpoint.port;
    }
};
