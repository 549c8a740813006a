// SPDX-FileCopyrightText: The Halfshake authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

/// Values as protocol analysers write them.
namespace halfshake::fieldformat {

[[nodiscard]] std::string decimal(std::uint64_t value);
[[nodiscard]] std::string hex16(std::uint64_t value); ///< "0x1a2b"
[[nodiscard]] std::string hex32(std::uint64_t value); ///< "0x01020304"
[[nodiscard]] std::string macAddress(std::span<const std::byte> bytes); ///< "02:42:0a:f4:01:0b"
[[nodiscard]] std::string ipAddress(std::span<const std::byte> bytes); ///< Of 4 or 16 bytes.
[[nodiscard]] std::string etherType(std::uint16_t type); ///< "IPv4 (0x0800)"
[[nodiscard]] std::string ipProtocol(std::uint8_t protocol); ///< "TCP (6)"
[[nodiscard]] std::string tcpFlags(std::uint8_t flags); ///< "SYN, ACK"
[[nodiscard]] std::string icmpType(
    std::uint8_t type, std::uint8_t code, bool isV6); ///< "Destination unreachable (Port unreachable)"

} // namespace halfshake::fieldformat
